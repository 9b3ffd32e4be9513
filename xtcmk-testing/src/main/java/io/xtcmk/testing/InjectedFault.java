package io.xtcmk.testing;

/** A fault that was injected into a {@link FakeAzure}. */
public interface InjectedFault {
    /**
     * What was injected.
     *
     * @return the fault
     */
    Fault fault();

    /**
     * How many calls it has struck.
     *
     * @return the number
     */
    int strikes();

    /** Takes it away: it strikes no more. To do so again is harmless. */
    void remove();
}

package io.xtcmk.exception;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change did not take effect in time. Running the same call again continues to wait. */
public final class PropagationTimeoutException extends CrossTenantCmkException {
    private static final long serialVersionUID = 1L;

    /** What was waited for. */
    private final String waitedFor;
    /** How long. */
    private final Duration waited;
    /** How many times it was looked for. */
    private final int probes;

    /**
     * A time-out.
     *
     * @param failure what is known of it
     * @param waitedFor what was waited for
     * @param waited how long, on the connection's clock
     * @param probes how many times it was looked for
     * @param cause the last answer, or null
     */
    public PropagationTimeoutException(
            Failure failure, String waitedFor, Duration waited, int probes, @Nullable Throwable cause) {
        super(failure, List.of("Waited " + waited + " for " + waitedFor + ", and looked " + probes + " times"), cause);
        this.waitedFor = waitedFor;
        this.waited = waited;
        this.probes = probes;
    }

    /**
     * What was waited for.
     *
     * @return a phrase such as "the role assignment to be honoured"
     */
    public String waitedFor() {
        return waitedFor;
    }

    /**
     * How long it was waited for.
     *
     * @return the time on the connection's clock
     */
    public Duration waited() {
        return waited;
    }

    /**
     * How many times it was looked for.
     *
     * @return the number of probes
     */
    public int probes() {
        return probes;
    }
}

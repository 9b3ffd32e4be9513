package io.xtcmk.exception;

import java.time.Duration;
import java.util.List;

/**
 * A call took longer than {@link io.xtcmk.Definition#timeout} allows. {@link #done()} lists the finished steps. Nobody knows
 * how far the steps got that were {@linkplain #underWay() under way}; running the same call again finds out and continues.
 */
public final class CallTimeoutException extends CrossTenantCmkException {
    private static final long serialVersionUID = 1L;

    /** How long it was given. */
    private final Duration timeout;
    /** The steps that had begun and were not finished. */
    private final String[] underWay;

    /**
     * A time-out.
     *
     * @param failure what is known of it; its step is the first under way, or the first to come
     * @param timeout how long the call was given, on the connection's clock
     * @param underWay the steps that had begun and were not finished, by their names and resources
     */
    public CallTimeoutException(Failure failure, Duration timeout, List<String> underWay) {
        super(failure, List.of("Under way: " + (underWay.isEmpty() ? "nothing" : String.join(", ", underWay))), null);
        this.timeout = timeout;
        this.underWay = underWay.toArray(String[]::new);
    }

    /**
     * How long the call was given.
     *
     * @return the time on the connection's clock
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * What had begun and was not finished.
     *
     * @return steps, each with its resource, such as {@code storageAccount /subscriptions/...}
     */
    public List<String> underWay() {
        return List.of(underWay);
    }
}

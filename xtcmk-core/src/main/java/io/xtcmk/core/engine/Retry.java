package io.xtcmk.core.engine;

import io.xtcmk.TimeSource;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Tries a request again while it fails for a passing reason, and pauses; on the connection's clock. What needs time to
 * become visible is {@link Perseverance}'s.
 */
public final class Retry {
    private static final int ATTEMPTS = 6;
    /** A service that asks for more patience than this is taken at its word that it will not answer now. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);

    private final TimeSource time;
    private final int attempts;
    private final Duration longestRetryAfter;

    public Retry(TimeSource time) {
        this(time, ATTEMPTS, LONGEST_RETRY_AFTER);
    }

    private Retry(TimeSource time, int attempts, Duration longestRetryAfter) {
        this.time = time;
        this.attempts = attempts;
        this.longestRetryAfter = longestRetryAfter;
    }

    /** For who wants to know how things are, and soon: three attempts within some seconds. */
    public static Retry brief(TimeSource time) {
        return new Retry(time, 3, Duration.ofSeconds(10));
    }

    /** Sends a request that is safe to repeat, again while it fails for a passing reason. */
    public <T> T call(Supplier<T> request) {
        Backoff pauses = new Backoff();
        for (int attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (AzureFailure failure) {
                Duration wait = failure.retryAfter().orElseGet(pauses::next);
                if (!failure.isTransient() || attempt == attempts || wait.compareTo(longestRetryAfter) > 0) {
                    throw failure;
                }
                pause(wait);
            }
        }
    }

    /** Waits on the connection's clock. */
    public void pause(Duration duration) {
        try {
            time.pause(duration);
        } catch (InterruptedException e) {
            throw new Interrupted(e);
        }
    }

    public TimeSource time() {
        return time;
    }

    /** A deadline passed before something became visible. */
    public static final class NotYet extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String what;
        private final Duration waited;
        private final int probes;
        private final AzureFailure last;

        NotYet(String what, Duration waited, int probes, AzureFailure last) {
            super("waited " + waited + " for " + what, last);
            this.what = what;
            this.waited = waited;
            this.probes = probes;
            this.last = last;
        }

        public String what() {
            return what;
        }

        public Duration waited() {
            return waited;
        }

        public int probes() {
            return probes;
        }

        public AzureFailure last() {
            return last;
        }
    }

    /** The thread was told to stop. */
    public static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Interrupted(Throwable cause) {
            super("interrupted", cause);
        }
    }
}

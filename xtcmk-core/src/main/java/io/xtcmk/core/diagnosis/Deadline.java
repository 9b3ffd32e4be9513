package io.xtcmk.core.diagnosis;

import io.xtcmk.TimeSource;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Retry;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The end of a verification's time, on the connection's clock: a service that does not answer holds nobody up for longer.
 * What is under way then is interrupted, and nothing more is asked.
 */
final class Deadline implements AutoCloseable {
    /** The code of what was not asked, or not answered, in time. */
    static final String CODE = "VerificationTimeout";

    private final Thread thread = Thread.currentThread();
    private final Duration limit;
    private final Runnable alarm;
    private boolean asking;
    private boolean over;

    /**
     * Begins to count; to be closed by the same thread.
     *
     * @param time the clock
     * @param limit how long
     */
    Deadline(TimeSource time, Duration limit) {
        this.limit = limit;
        this.alarm = time.at(time.now().plus(limit), this::expire);
    }

    private synchronized void expire() {
        over = true;
        if (asking) {
            thread.interrupt();
        }
    }

    synchronized boolean isOver() {
        return over;
    }

    /**
     * Asks something, if there is time.
     *
     * @throws AzureFailure with {@link #CODE}, if the time is over before it is answered
     */
    <T> T ask(Supplier<T> question) {
        if (!begin()) {
            throw failure(null);
        }
        try {
            return question.get();
        } catch (Retry.Interrupted e) {
            if (isOver()) {
                throw failure(e);
            }
            throw e;
        } finally {
            end();
        }
    }

    private synchronized boolean begin() {
        asking = !over;
        return asking;
    }

    /** An interruption of ours must not reach what the thread does next. */
    private synchronized void end() {
        asking = false;
        if (over) {
            Thread.interrupted();
        }
    }

    private AzureFailure failure(@org.jspecify.annotations.Nullable Throwable cause) {
        return new AzureFailure(
                0, CODE, "not answered within the " + limit + " that a verification takes at most", null, null, cause);
    }

    @Override
    public void close() {
        alarm.run();
    }
}

package io.xtcmk;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The clock that a connection reads and waits on. Everything in this library that looks at the time or waits goes
 * through the {@link TenantConnection}'s time source, so that a test can run hours of propagation in milliseconds.
 *
 * <p>The default is {@link #system()}. A virtual clock must also be told when a thread waits for the work of another
 * thread, or it could not know that nobody is busy any more; {@link #await} is that call.
 */
public interface TimeSource {

    /**
     * The time of day.
     *
     * @return the current instant
     */
    Instant now();

    /**
     * Waits.
     *
     * @param duration how long; zero and negative durations return at once
     * @throws InterruptedException if the thread is interrupted before or while it waits
     */
    void pause(Duration duration) throws InterruptedException;

    /**
     * Waits for a result that another thread makes.
     *
     * @param result what to wait for
     * @param <T> the result's type
     * @return the result
     * @throws InterruptedException if the thread is interrupted before or while it waits
     * @throws ExecutionException if the result is a failure; the cause is that failure
     */
    default <T> T await(CompletableFuture<T> result) throws InterruptedException, ExecutionException {
        return result.get();
    }

    /**
     * Does something at a later time, on a thread of its own. By default on one that pauses until then.
     *
     * @param when at what time; if that is over, at once
     * @param task what to do
     * @return has it not be done; harmless if it is done or under way
     */
    default Runnable at(Instant when, Runnable task) {
        return Alarm.set(this, when, task);
    }

    /**
     * The machine's clock.
     *
     * @return a time source that reads the system clock and really sleeps
     */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }
}

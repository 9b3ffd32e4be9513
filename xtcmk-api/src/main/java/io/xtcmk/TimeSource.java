package io.xtcmk;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The clock that a connection reads and waits on. Everything in this library that looks at the time or waits goes
 * through the {@link TenantConnection}'s time source, so a test can run hours of propagation in milliseconds.
 *
 * <p>The default is {@link #system()}. A virtual clock also has to know when a thread waits for the work of another thread:
 * otherwise it could not see that nobody is busy any more. {@link #await} tells it.
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
     * Waits for the result of another thread.
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
     * Runs a task at a later time, on a thread of its own. By default that thread pauses until then.
     *
     * @param when the time; if it has passed, the task runs at once
     * @param task what to do
     * @return cancels the task; does nothing if the task has started
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

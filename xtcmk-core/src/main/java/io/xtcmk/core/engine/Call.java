package io.xtcmk.core.engine;

import io.xtcmk.TimeSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call under way: which threads work on which steps for it, what is done, and its end, which a cancellation or a
 * deadline may bring about before the steps do.
 */
final class Call<R> {
    private final List<Step<?>> steps;
    private final TimeSource time;
    private final Ledger ledger = new Ledger();
    private final CompletableFuture<R> result = new CompletableFuture<>();
    private final Map<Thread, Step<?>> working = new LinkedHashMap<>();
    private final Set<Thread> interrupted = new HashSet<>();
    private volatile Runnable alarm = () -> {};
    private final AtomicReference<Consumer<@Nullable Throwable>> ending = new AtomicReference<>(failure -> {});
    private boolean stopped;
    /** How it ends, if that was decided before its steps have ended. */
    private @Nullable Throwable decided;

    Call(List<Step<?>> steps, TimeSource time) {
        this.steps = steps;
        this.time = time;
    }

    Ledger ledger() {
        return ledger;
    }

    CompletableFuture<R> result() {
        return result;
    }

    /** Runs something once, just before anybody learns of the end: a failure, or null. */
    void onEnd(Consumer<@Nullable Throwable> listener) {
        ending.set(listener);
    }

    private void ended(@Nullable Throwable failure) {
        ending.getAndSet(again -> {}).accept(failure);
    }

    /** Gives it so long, from now. */
    void limit(@Nullable Duration timeout) {
        if (timeout != null) {
            alarm = time.at(time.now().plus(timeout), () -> expire(timeout));
            CompletableFuture<R> unused = result.whenComplete((value, error) -> alarm.run());
        }
    }

    /** This thread begins with a step; not if all is to stop. */
    boolean begin(Step<?> step) {
        synchronized (working) {
            if (!stopped) {
                working.put(Thread.currentThread(), step);
            }
            return !stopped;
        }
    }

    /** This thread is done with its step. An interruption of ours must not reach what it does next. */
    void leave() {
        synchronized (working) {
            working.remove(Thread.currentThread());
            if (interrupted.remove(Thread.currentThread())) {
                Thread.interrupted();
            }
        }
    }

    /** No further step begins; those under way come to their end. */
    void stop() {
        synchronized (working) {
            stopped = true;
        }
    }

    /** No further step begins, and those under way are interrupted: nobody waits for the end any more. */
    void cancel() {
        alarm.run();
        synchronized (working) {
            interrupt();
        }
    }

    private void expire(Duration timeout) {
        Throwable end;
        synchronized (working) {
            end = Translator.timedOut(steps, List.copyOf(working.values()), timeout, ledger);
            decided = end;
            interrupt();
        }
        ended(end);
        result.completeExceptionally(end);
    }

    private void interrupt() {
        stopped = true;
        working.keySet().forEach(Thread::interrupt);
        interrupted.addAll(working.keySet());
    }

    /** The steps are done. */
    void complete(R value) {
        ended(null);
        result.complete(value);
    }

    /** The steps have failed; if they were told to stop because the time is over, that is what it ends with. */
    void fail(Throwable failure) {
        synchronized (working) {
            if (decided != null) {
                return;
            }
        }
        ended(failure);
        result.completeExceptionally(failure);
    }

    /** Waits for the end. */
    R await() {
        try {
            return time.await(result);
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw cancelled(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** What a call that was told to stop ends with. */
    CancellationException cancelled(Throwable cause) {
        CancellationException cancelled = new CancellationException(
                "interrupted; running again goes on from what is done so far: " + ledger.outcomes());
        cancelled.initCause(cause);
        return cancelled;
    }
}

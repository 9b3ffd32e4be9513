package io.xtcmk.core.engine;

import io.xtcmk.TimeSource;
import io.xtcmk.core.errors.Translator;
import io.xtcmk.model.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a phase's steps: each as soon as those that it needs are done, independent ones at the same time. The first
 * failure keeps further steps from starting; those under way come to their end, so that what is done is known.
 */
final class Run {
    private final List<Step<?>> steps;
    private final TimeSource time;
    private final Executor executor;
    private final Consumer<StepOutcome> listener;
    private final Retry retry;
    private final Ledger ledger = new Ledger();
    private final CompletableFuture<Ledger> result = new CompletableFuture<>();
    private final Object listening = new Object();
    private final Set<Thread> working = new HashSet<>();
    private boolean stopped;
    private @Nullable Throwable firstFailure;

    Run(List<Step<?>> steps, TimeSource time, Executor executor, Consumer<StepOutcome> listener) {
        this.steps = steps;
        this.time = time;
        this.executor = executor;
        this.listener = listener;
        this.retry = new Retry(time);
    }

    /** Starts the run and waits for its end. */
    Ledger await() {
        try {
            return time.await(start());
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException(
                    "interrupted; running again goes on from what is done so far: " + ledger.outcomes());
            cancelled.initCause(e);
            throw cancelled;
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

    /**
     * Starts the run. The steps are handed out by a task of the executor itself, so that a virtual clock sees all first
     * steps begin at the same instant.
     */
    CompletableFuture<Ledger> start() {
        executor.execute(this::handOut);
        return result;
    }

    /** Stops: no further step starts, and those under way are interrupted. */
    void cancel() {
        synchronized (working) {
            stopped = true;
            working.forEach(Thread::interrupt);
        }
    }

    private void handOut() {
        try {
            Map<Step<?>, CompletableFuture<Void>> ends = new HashMap<>();
            for (Step<?> step : steps) {
                CompletableFuture<?>[] needed =
                        step.needs().stream().map(ends::get).toArray(CompletableFuture[]::new);
                ends.put(step, CompletableFuture.allOf(needed).thenRunAsync(() -> perform(step), executor));
            }
            CompletableFuture<Void> unused = CompletableFuture.allOf(
                            ends.values().toArray(CompletableFuture[]::new))
                    .whenComplete(this::end);
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private void end(@Nullable Void nothing, @Nullable Throwable error) {
        Throwable failure;
        synchronized (working) {
            failure = firstFailure;
        }
        if (error == null) {
            result.complete(ledger);
        } else {
            result.completeExceptionally(failure == null ? error : told(failure));
        }
    }

    /** A failure as the caller is told of it, and the others behind it. */
    private Throwable told(Throwable failure) {
        Throwable told = failure;
        if (failure instanceof Stopped stop) {
            told = Translator.exception(stop.step, stop.cause, ledger);
        } else if (failure instanceof Retry.Interrupted) {
            told = new CancellationException(
                    "interrupted; running again goes on from what is done so far: " + ledger.outcomes());
        }
        if (told != failure) {
            for (Throwable other : failure.getSuppressed()) {
                told.addSuppressed(told(other));
            }
        }
        return told;
    }

    private void perform(Step<?> step) {
        if (!begin()) {
            throw new CancellationException();
        }
        try {
            Instant began = time.now();
            Done<?> done = persevere(step);
            ledger.add(step, done);
            if (!step.isCheck()) {
                report(new StepOutcome(
                        step.name(),
                        step.tenantId(),
                        step.resource(),
                        done.change(),
                        Duration.between(began, time.now())));
            }
        } catch (AzureFailure | Retry.NotYet | Conflict known) {
            fail(new Stopped(step, known));
        } catch (Retry.Interrupted interrupted) {
            CancellationException cancelled = new CancellationException("interrupted");
            cancelled.initCause(interrupted);
            fail(cancelled);
        } catch (RuntimeException | Error unknown) {
            fail(unknown);
        } finally {
            leave();
        }
    }

    private boolean begin() {
        synchronized (working) {
            if (!stopped) {
                working.add(Thread.currentThread());
            }
            return !stopped;
        }
    }

    private void leave() {
        synchronized (working) {
            working.remove(Thread.currentThread());
        }
    }

    private void fail(Throwable failure) {
        synchronized (working) {
            stopped = true;
            if (firstFailure == null) {
                firstFailure = failure;
            } else {
                firstFailure.addSuppressed(failure);
            }
        }
        throw new CancellationException();
    }

    private void report(StepOutcome outcome) {
        synchronized (listening) {
            ledger.add(outcome);
            listener.accept(outcome);
        }
    }

    /** Makes sure of a step; again while it fails for a passing reason, lost a race, or waits for something. */
    private <T> Done<T> persevere(Step<T> step) {
        Perseverance<T> perseverance = new Perseverance<>(step, ledger, retry);
        return perseverance.ensure();
    }

    /** A step that could not be done. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Step<?> step;
        private final RuntimeException cause;

        Stopped(Step<?> step, RuntimeException cause) {
            super(cause);
            this.step = step;
            this.cause = cause;
        }
    }
}

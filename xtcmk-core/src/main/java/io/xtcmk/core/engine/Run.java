package io.xtcmk.core.engine;

import com.azure.core.util.Context;
import io.xtcmk.model.StepOutcome;
import io.xtcmk.model.StepOutcome.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of a phase's steps: each as soon as those that it needs are done, independent ones at the same time. The first
 * failure keeps further steps from starting; those under way come to their end, so that what is done is known.
 */
final class Run<R> {
    private final List<Step<?>> steps;
    private final Function<Ledger, R> value;
    private final Terms terms;
    private final Executor executor;
    private final Retry retry;
    private final Call<R> call;
    private final Telemetry telemetry;
    private final Object listening = new Object();
    private volatile Context span = Context.NONE;
    private @Nullable Throwable firstFailure;

    Run(List<Step<?>> steps, Function<Ledger, R> value, Terms terms) {
        this.steps = steps;
        this.value = value;
        this.terms = terms;
        this.executor = terms.executor();
        this.retry = new Retry(terms.time());
        this.call = new Call<>(steps, terms.time());
        this.telemetry = terms.telemetry();
    }

    /**
     * Starts the run. The steps are handed out by a task of the executor itself, so that a virtual clock sees all first
     * steps begin at the same instant.
     */
    Call<R> start(Context caller) {
        span = telemetry.begin(terms.verb(), caller);
        call.onEnd(failure -> telemetry.end(span, failure));
        call.limit(terms.timeout());
        executor.execute(this::handOut);
        return call;
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
            call.fail(e);
        }
    }

    private void end(@Nullable Void nothing, @Nullable Throwable error) {
        try {
            if (error == null) {
                call.complete(value.apply(call.ledger()));
            } else {
                Throwable failure = firstFailure();
                call.fail(failure == null ? error : told(failure));
            }
        } catch (RuntimeException | Error e) {
            call.fail(e);
        }
    }

    /** A failure as the caller is told of it, and the others behind it. */
    private Throwable told(Throwable failure) {
        Throwable told = failure;
        if (failure instanceof Stopped stop) {
            told = Translator.exception(stop.step, stop.cause, call.ledger());
        } else if (failure instanceof Retry.Interrupted) {
            told = call.cancelled(failure);
        }
        if (told != failure) {
            for (Throwable other : failure.getSuppressed()) {
                told.addSuppressed(told(other));
            }
        }
        return told;
    }

    private void perform(Step<?> step) {
        if (!call.begin(step)) {
            throw new CancellationException();
        }
        Instant began = terms.time().now();
        Telemetry.Observed observed = telemetry.begin(step, span);
        String outcome = "interrupted";
        boolean failed = true;
        try {
            Done<?> done = persevere(step);
            outcome = done.change().name();
            failed = false;
            call.ledger().add(step, done);
            boolean hidden = step.isShownOnlyIfNeeded() && done.change() == Change.UNCHANGED;
            if (!step.isCheck() && !hidden) {
                report(new StepOutcome(
                        step.name(),
                        step.tenantId(),
                        step.resource(),
                        done.change(),
                        Duration.between(began, terms.time().now())));
            }
        } catch (AzureFailure | Retry.NotYet | Conflict known) {
            outcome = known instanceof AzureFailure azure
                    ? azure.code()
                    : known.getClass().getSimpleName();
            fail(new Stopped(step, known));
        } catch (Retry.Interrupted interrupted) {
            // Whose thread it is must know.
            Thread.currentThread().interrupt();
            fail(interrupted);
        } catch (RuntimeException | Error unknown) {
            outcome = unknown.getClass().getSimpleName();
            fail(unknown);
        } finally {
            observed.end(outcome, failed, Duration.between(began, terms.time().now()));
            call.leave();
        }
    }

    private void fail(Throwable failure) {
        call.stop();
        synchronized (listening) {
            if (firstFailure == null) {
                firstFailure = failure;
            } else {
                firstFailure.addSuppressed(failure);
            }
        }
        throw new CancellationException();
    }

    private @Nullable Throwable firstFailure() {
        synchronized (listening) {
            return firstFailure;
        }
    }

    /** Not of a call that is over: it has said what is done. */
    private void report(StepOutcome outcome) {
        synchronized (listening) {
            if (!call.result().isDone()) {
                call.ledger().add(outcome);
                terms.listener().accept(outcome);
            }
        }
    }

    /** Makes sure of a step; again while it fails for a passing reason, lost a race, or waits for something. */
    private <T> Done<T> persevere(Step<T> step) {
        Perseverance<T> perseverance = new Perseverance<>(step, call.ledger(), retry);
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

package io.xtcmk.core.engine;

import io.xtcmk.TenantConnection;
import io.xtcmk.core.errors.Translator;
import io.xtcmk.model.Plan;
import io.xtcmk.model.PlannedStep;
import io.xtcmk.model.PlannedStep.Action;
import io.xtcmk.model.StepOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * The steps of a terminal verb, each after those that it needs, and what their results add up to. Runs blocking or
 * subscribed to, by the same code; or only looks.
 *
 * @param steps the steps
 * @param result makes the verb's result of the finished steps
 * @param <R> the verb's result
 */
public record Phase<R>(List<Step<?>> steps, Function<Ledger, R> result) {

    /** Does it, and waits for the end. */
    public R run(TenantConnection connection, Consumer<StepOutcome> listener) {
        return result.apply(newRun(connection, listener).await());
    }

    /** Does it when subscribed to; stops when the subscription is cancelled. */
    public Mono<R> runAsync(TenantConnection connection, Consumer<StepOutcome> listener) {
        return Mono.defer(() -> {
            Run run = newRun(connection, listener);
            return Mono.fromFuture(run.start(), true).map(result).doOnCancel(run::cancel);
        });
    }

    private Run newRun(TenantConnection connection, Consumer<StepOutcome> listener) {
        return new Run(steps, connection.timeSource(), executor(connection), listener);
    }

    /** Looks only. */
    public Plan plan(TenantConnection connection) {
        try {
            return looked(connection);
        } catch (Retry.Interrupted e) {
            Thread.currentThread().interrupt();
            throw cancelled(e);
        }
    }

    private static CancellationException cancelled(Retry.Interrupted cause) {
        CancellationException cancelled = new CancellationException("interrupted");
        cancelled.initCause(cause);
        return cancelled;
    }

    private Plan looked(TenantConnection connection) {
        Retry retry = new Retry(connection.timeSource());
        Ledger ledger = new Ledger();
        List<PlannedStep> planned = new ArrayList<>();
        for (Step<?> step : steps) {
            planned.add(plan(step, ledger, retry));
        }
        return new Plan(planned);
    }

    /** Looks only, when subscribed to. */
    public Mono<Plan> planAsync(TenantConnection connection) {
        return Mono.<Plan>create(sink -> {
            PlanTask task = new PlanTask(() -> plan(connection), sink::success, sink::error);
            sink.onCancel(task::cancel);
            executor(connection).execute(task);
        });
    }

    private static <T> PlannedStep plan(Step<T> step, Ledger ledger, Retry retry) {
        try {
            State<T> state = retry.call(() -> step.look(ledger));
            state.found().ifPresent(value -> ledger.add(step, Done.unchanged(value)));
            return new PlannedStep(
                    step.name(), step.tenantId(), step.resource(), action(state), state.all(), step.roles());
        } catch (AzureFailure | Conflict failure) {
            throw Translator.exception(step, failure, ledger);
        }
    }

    private static Action action(State<?> state) {
        if (!state.conflicts().isEmpty()) {
            return Action.CONFLICT;
        }
        if (state.isAbsent()) {
            return Action.CREATE;
        }
        return state.differences().isEmpty() ? Action.NONE : Action.UPDATE;
    }

    private static Executor executor(TenantConnection connection) {
        return connection.executor().orElseGet(Executors::perTask);
    }

    /** A plan made on another thread, which can be interrupted. */
    private static final class PlanTask implements Runnable {
        private final java.util.function.Supplier<Plan> work;
        private final Consumer<Plan> success;
        private final Consumer<Throwable> failure;
        private @org.jspecify.annotations.Nullable Thread thread;
        private boolean cancelled;

        PlanTask(java.util.function.Supplier<Plan> work, Consumer<Plan> success, Consumer<Throwable> failure) {
            this.work = work;
            this.success = success;
            this.failure = failure;
        }

        @Override
        public void run() {
            synchronized (this) {
                if (cancelled) {
                    return;
                }
                thread = Thread.currentThread();
            }
            try {
                success.accept(work.get());
            } catch (RuntimeException | Error e) {
                failure.accept(e);
            } finally {
                synchronized (this) {
                    thread = null;
                }
            }
        }

        synchronized void cancel() {
            cancelled = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}

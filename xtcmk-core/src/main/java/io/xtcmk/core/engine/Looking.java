package io.xtcmk.core.engine;

import com.azure.core.util.Context;
import io.xtcmk.model.Plan;
import io.xtcmk.model.PlannedStep;
import io.xtcmk.model.PlannedStep.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** A run that only looks: at one step after the other, on one thread. */
final class Looking {
    private final List<Step<?>> steps;
    private final Terms terms;
    private final Retry retry;
    private final Call<Plan> call;

    Looking(List<Step<?>> steps, Terms terms) {
        this.steps = steps;
        this.terms = terms;
        this.retry = new Retry(terms.time());
        this.call = new Call<>(steps, terms.time());
    }

    Call<Plan> start(Context caller) {
        Telemetry telemetry = terms.telemetry();
        Context span = telemetry.begin(terms.verb(), caller);
        call.onEnd(failure -> telemetry.end(span, failure));
        call.limit(terms.timeout());
        terms.executor().execute(this::lookAll);
        return call;
    }

    private void lookAll() {
        try {
            List<PlannedStep> planned = new ArrayList<>();
            for (Step<?> step : steps) {
                PlannedStep seen = look(step);
                if (seen.action() != Action.NONE || !step.isShownOnlyIfNeeded()) {
                    planned.add(seen);
                }
            }
            call.complete(new Plan(planned));
        } catch (Retry.Interrupted e) {
            call.fail(call.cancelled(e));
        } catch (RuntimeException | Error e) {
            call.fail(e);
        }
    }

    private <T> PlannedStep look(Step<T> step) {
        if (!call.begin(step)) {
            throw new CancellationException();
        }
        try {
            State<T> state = retry.call(() -> step.look(call.ledger()));
            state.found().ifPresent(value -> call.ledger().add(step, Done.unchanged(value)));
            return new PlannedStep(
                    step.name(), step.tenantId(), step.resource(), action(state), state.all(), step.roles());
        } catch (AzureFailure | Conflict failure) {
            throw Translator.exception(step, failure, call.ledger());
        } catch (Retry.Interrupted interrupted) {
            Thread.currentThread().interrupt();
            throw interrupted;
        } finally {
            call.leave();
        }
    }

    private static Action action(State<?> state) {
        if (!state.conflicts().isEmpty()) {
            return Action.CONFLICT;
        }
        if (state.isAbsent() && !state.isDeleted()) {
            return Action.CREATE;
        }
        return state.differences().isEmpty() ? Action.NONE : Action.UPDATE;
    }
}

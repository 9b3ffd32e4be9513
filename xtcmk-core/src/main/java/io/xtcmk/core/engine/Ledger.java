package io.xtcmk.core.engine;

import io.xtcmk.model.StepOutcome;
import io.xtcmk.model.StepOutcome.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the finished steps of a run resulted in. Steps read it; only the engine writes. */
public final class Ledger {
    private final Map<Step<?>, Done<?>> done = new HashMap<>();
    private final List<StepOutcome> outcomes = new ArrayList<>();

    /** The result of a step that this one needs. */
    public <T> T value(Step<T> step) {
        return find(step).orElseThrow(() -> new IllegalStateException(step.name() + " is not done"));
    }

    /** The result of a step, if it is done (in a plan: if it is there). */
    @SuppressWarnings("unchecked")
    public synchronized <T> Optional<T> find(Step<T> step) {
        return Optional.ofNullable((Done<T>) done.get(step)).map(Done::value);
    }

    /** Whether a step made its resource in this run. */
    public synchronized boolean isNew(Step<?> step) {
        Done<?> result = done.get(step);
        return result != null && result.change() == Change.CREATED;
    }

    /** What was done, in the order of its finishing. */
    public synchronized List<StepOutcome> outcomes() {
        return List.copyOf(outcomes);
    }

    synchronized void add(Step<?> step, Done<?> result) {
        done.put(step, result);
    }

    synchronized void add(StepOutcome outcome) {
        outcomes.add(outcome);
    }
}

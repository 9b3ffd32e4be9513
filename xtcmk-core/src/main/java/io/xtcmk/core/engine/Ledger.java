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
    /** What steps were making when they failed in a way that does not tell whether it had an effect. */
    private final Map<Step<?>, Change> uncertain = new HashMap<>();

    private final Map<Step<?>, Change> making = new HashMap<>();

    /** The result of a step that this one needs. */
    public <T> T value(Step<T> step) {
        return find(step).orElseThrow(() -> new IllegalStateException(step.name() + " is not done"));
    }

    /** The result of a step, if it is done (in a plan: if it is there). */
    @SuppressWarnings("unchecked")
    public synchronized <T> Optional<T> find(Step<T> step) {
        return Optional.ofNullable((Done<T>) done.get(step)).map(Done::value);
    }

    /** Whether a step is done (in a plan: whether its resource is there). */
    public synchronized boolean isDone(Step<?> step) {
        return done.containsKey(step);
    }

    /** Whether a step made its resource in this run, for certain: nothing of another's can be in it. */
    public synchronized boolean isNew(Step<?> step) {
        return isFresh(step) && !uncertain.containsKey(step);
    }

    /**
     * Whether a resource has come about in this run, so that not all of Azure may know it yet: made, or found after a try to
     * make it whose answer was lost.
     */
    public synchronized boolean isFresh(Step<?> step) {
        Done<?> result = done.get(step);
        return result != null && result.change() == Change.CREATED;
    }

    /** Whether a step has tried to make its resource and does not know what came of it. */
    public synchronized boolean isUncertain(Step<?> step) {
        return uncertain.containsKey(step);
    }

    /** What was done, in the order of its finishing. */
    public synchronized List<StepOutcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** A step is about to make its resource, or to change it. */
    synchronized void making(Step<?> step, Change change) {
        making.put(step, change);
    }

    /** A step has failed. */
    synchronized void failed(Step<?> step, AzureFailure failure) {
        Change tried = making.remove(step);
        if (tried != null && failure.mayHaveHadEffect()) {
            uncertain.put(step, tried);
        }
    }

    /** A result, as what was tried before it makes it look: what is there after a lost answer is taken for that try's. */
    synchronized <T> Done<T> told(Step<T> step, Done<T> result) {
        Change tried = uncertain.get(step);
        return tried == null || result.change() != Change.UNCHANGED ? result : new Done<>(result.value(), tried);
    }

    synchronized void add(Step<?> step, Done<?> result) {
        done.put(step, result);
    }

    synchronized void add(StepOutcome outcome) {
        outcomes.add(outcome);
    }
}

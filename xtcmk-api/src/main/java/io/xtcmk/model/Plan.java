package io.xtcmk.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a terminal verb would do, found out by reading only.
 *
 * @param steps the steps, in an order in which each comes after those that it needs
 */
public record Plan(List<PlannedStep> steps) {

    /**
     * A plan.
     *
     * @throws io.xtcmk.exception.InvalidInputException if the steps are null or one of them is
     */
    public Plan {
        steps = Checks.copy("steps", steps);
    }

    /**
     * Whether there is anything to do.
     *
     * @return true if some step would create or update; a conflict alone is no change
     */
    public boolean hasChanges() {
        return steps.stream()
                .anyMatch(s -> s.action() == PlannedStep.Action.CREATE || s.action() == PlannedStep.Action.UPDATE);
    }

    /**
     * Whether the verb would be refused because something stands there that it must not change.
     *
     * @return true if some step is a conflict
     */
    public boolean hasConflicts() {
        return steps.stream().anyMatch(s -> s.action() == PlannedStep.Action.CONFLICT);
    }

    /** The plan as text, a step a line, with what differs and the roles needed. */
    @Override
    public String toString() {
        return steps.stream().map(PlannedStep::toString).collect(Collectors.joining(System.lineSeparator()));
    }
}

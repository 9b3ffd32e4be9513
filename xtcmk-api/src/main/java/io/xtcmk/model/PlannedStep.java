package io.xtcmk.model;

import io.xtcmk.internal.Texts;
import java.util.List;
import java.util.Locale;

/**
 * One step of a {@link Plan}.
 *
 * @param step the step's name, as in {@link StepOutcome}
 * @param tenantId the tenant in which it would happen
 * @param resource which resource
 * @param action what would be done
 * @param differences what is otherwise than asked, for an update or a conflict
 * @param roles the least-privileged roles that the caller needs for it
 */
public record PlannedStep(
        String step,
        TenantId tenantId,
        String resource,
        Action action,
        List<Difference> differences,
        List<RequiredRole> roles) {

    /** What a step would do. */
    public enum Action {
        /** It is not there, or cannot be before an earlier step: it would be made. */
        CREATE,
        /** It is there but differs in something that may be changed. */
        UPDATE,
        /** It is there and agrees. */
        NONE,
        /** It is there and differs in something that is not ours to change: the verb would be refused. */
        CONFLICT
    }

    /**
     * A planned step.
     *
     * @throws io.xtcmk.exception.InvalidInputException if an argument is null or blank, or a list has a null in it
     */
    public PlannedStep {
        Checks.notBlank("step", step);
        Checks.notNull("tenantId", tenantId);
        Checks.notBlank("resource", resource);
        Checks.notNull("action", action);
        differences = Checks.copy("differences", differences);
        roles = Checks.copy("roles", roles);
    }

    /** The step on a line; below it a line for each difference and each role. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(
                Texts.oneLine(String.format(Locale.ROOT, "%-8s %s %s in tenant %s", action, step, resource, tenantId)));
        differences.forEach(
                d -> text.append(System.lineSeparator()).append("           ").append(d));
        roles.forEach(r ->
                text.append(System.lineSeparator()).append("           needs ").append(r));
        return text.toString();
    }
}

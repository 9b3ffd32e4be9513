package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.xtcmk.exception.ResourceConflictException;
import io.xtcmk.model.Difference;
import io.xtcmk.model.Plan;
import io.xtcmk.model.PlannedStep;
import io.xtcmk.model.PlannedStep.Action;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;

/**
 * One property that somebody else has changed, and what is to be told of it.
 *
 * @param step the step that sets the property
 * @param action what the plan says of it: it would be changed back, or it is a conflict
 * @param property the property
 * @param expected what it should be
 * @param actual what it is; null where it is not set
 * @param change changes it
 * @param <T> the test, with its tenants
 */
record Drift<T>(
        String step,
        Action action,
        String property,
        Function<T, String> expected,
        Function<T, @Nullable String> actual,
        Consumer<T> change) {

    /** The step by which SQL gets another application: over Microsoft's keys. */
    private static final String BETWEEN = "serviceManagedKey";

    static <T> Named<Drift<T>> of(
            String step,
            Action action,
            String property,
            Function<T, String> expected,
            Function<T, @Nullable String> actual,
            Consumer<T> change) {
        return Named.of(step + " " + property, new Drift<>(step, action, property, expected, actual, change));
    }

    /** A drift between two values that every test knows. */
    static <T> Named<Drift<T>> of(
            String step, Action action, String property, String expected, @Nullable String actual, Consumer<T> change) {
        return of(step, action, property, test -> expected, test -> actual, change);
    }

    Difference difference(T test) {
        return new Difference(property, expected.apply(test), actual.apply(test));
    }

    /** The plan says it, and nothing else. */
    void checkPlan(T test, Plan plan) {
        for (PlannedStep planned : plan.steps()) {
            if (planned.step().equals(step)) {
                assertThat(planned.differences()).containsExactly(difference(test));
                assertThat(planned.action()).isEqualTo(action);
            } else if (!planned.step().equals(BETWEEN)) {
                assertThat(planned.action()).as(planned.toString()).isEqualTo(Action.NONE);
            }
        }
        assertThat(plan.steps()).extracting(PlannedStep::step).contains(step);
    }

    /** A verb refuses to go on, and says it. */
    void checkRefusal(T test, Runnable verb) {
        ResourceConflictException refused = catchThrowableOfType(ResourceConflictException.class, verb::run);
        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.step()).isEqualTo(step);
        assertThat(refused.differences()).containsExactly(difference(test));
        assertThat(refused.fix()).isNotBlank();
    }

    static PlannedStep step(Plan plan, String name) {
        return plan.steps().stream()
                .filter(s -> s.step().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return step + " " + property;
    }
}

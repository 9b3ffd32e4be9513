package io.xtcmk.core;

import io.xtcmk.Definition;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.engine.Terms;
import io.xtcmk.core.steps.Patience;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.Plan;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.StepOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What all definitions share: listener, patience, plan, and the running of phases. */
abstract class BaseDefinition<D extends Definition<D>> implements Definition<D> {
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    final Azure azure;
    private @Nullable Duration propagationTimeout;
    private @Nullable Duration timeout;
    private Consumer<StepOutcome> listener = outcome -> {};

    BaseDefinition(Azure azure) {
        this.azure = azure;
    }

    /** This, as what it is. */
    abstract D self();

    /** The steps that {@link #plan()} looks at. */
    abstract Phase<?> planned();

    @Override
    public final D onStep(Consumer<StepOutcome> value) {
        this.listener = Names.notNull("listener", value);
        return self();
    }

    @Override
    public final D propagationTimeout(Duration value) {
        if (Names.notNull("timeout", value).isNegative() || value.compareTo(LONGEST_WAIT) > 0) {
            throw new InvalidInputException("timeout", "is " + value, "give zero or more, and a day at the most");
        }
        this.propagationTimeout = value;
        return self();
    }

    @Override
    public final D timeout(Duration value) {
        Duration given = Names.notNull("timeout", value);
        if (given.isNegative() || given.isZero() || given.compareTo(LONGEST_WAIT) > 0) {
            throw new InvalidInputException("timeout", "is " + given, "give more than zero, and a day at the most");
        }
        this.timeout = given;
        return self();
    }

    @Override
    public final Plan plan() {
        return planned().plan(terms("plan"));
    }

    @Override
    public final Mono<Plan> planAsync() {
        return Mono.defer(() -> planned().planAsync(terms("plan")));
    }

    private Terms terms(String verb) {
        return new Terms(verb, azure.telemetry(), connection(), listener, timeout);
    }

    final TenantConnection connection() {
        return azure.connection();
    }

    final Patience patience() {
        return new Patience(connection().timeSource(), propagationTimeout);
    }

    /**
     * Does what a terminal verb does.
     *
     * @param verb the verb: the public method's name
     * @param phase its steps
     */
    final <R> R run(String verb, Phase<R> phase) {
        return phase.run(terms(verb));
    }

    /** The definition is read when somebody subscribes. */
    final <R> Mono<R> runAsync(String verb, Supplier<Phase<R>> phase) {
        return Mono.defer(() -> phase.get().runAsync(terms(verb)));
    }

    /** Refuses to go on while something is missing, and names all of it. */
    static void complete(String what, @Nullable Object... namesAndValues) {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] == null) {
                missing.add(String.valueOf(namesAndValues[i]));
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(what + " needs " + String.join(" and ", missing));
        }
    }

    /** An id of a resource of one type, in the connection's subscription. */
    final ResourceId own(String argument, String type, @Nullable ResourceId id) {
        ResourceId given = Names.notNull(argument, id);
        if (!given.type().equalsIgnoreCase(type)) {
            throw new InvalidInputException(
                    argument, "is of type " + Names.shown(given.type()), "give the id of a resource of type " + type);
        }
        if (!given.subscriptionId().equals(connection().subscriptionId())) {
            throw new InvalidInputException(
                    argument,
                    "is in subscription " + given.subscriptionId(),
                    String.format(
                            Locale.ROOT,
                            "use a connection to that subscription; this one is to %s",
                            connection().subscriptionId()));
        }
        return given;
    }
}

package io.xtcmk.core;

import io.xtcmk.Definition;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.steps.Patience;
import io.xtcmk.model.StepOutcome;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** A verb of one step, whose outcome is its result. */
abstract class OutcomeDefinition<D extends Definition<D>> extends BaseDefinition<D> {
    private final Function<Patience, Phase<StepOutcome>> steps;

    OutcomeDefinition(Azure azure, Function<Patience, Phase<StepOutcome>> steps) {
        super(azure);
        this.steps = steps;
    }

    @Override
    final Phase<StepOutcome> planned() {
        return steps.apply(patience());
    }

    final StepOutcome outcome(String verb) {
        return run(verb, planned());
    }

    final Mono<StepOutcome> outcomeAsync(String verb) {
        return runAsync(verb, this::planned);
    }
}

package io.xtcmk.core;

import io.xtcmk.ResourceHealing;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.steps.Patience;
import io.xtcmk.model.StepOutcome;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** The opening of what was closed. */
final class CoreResourceHealing extends OutcomeDefinition<ResourceHealing> implements ResourceHealing {

    CoreResourceHealing(Azure azure, Function<Patience, Phase<StepOutcome>> steps) {
        super(azure, steps);
    }

    @Override
    ResourceHealing self() {
        return this;
    }

    @Override
    public StepOutcome heal() {
        return outcome("heal");
    }

    @Override
    public Mono<StepOutcome> healAsync() {
        return outcomeAsync("heal");
    }
}

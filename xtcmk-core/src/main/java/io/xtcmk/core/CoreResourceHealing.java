package io.xtcmk.core;

import io.xtcmk.ResourceHealing;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.services.EncryptedService;
import io.xtcmk.core.steps.EncryptionPhases;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.StepOutcome;
import reactor.core.publisher.Mono;

/** The opening of what was closed. */
final class CoreResourceHealing extends OutcomeDefinition<ResourceHealing> implements ResourceHealing {

    CoreResourceHealing(Azure azure, EncryptedService<?> service, ResourceId id) {
        super(azure, patience -> EncryptionPhases.healing(azure, service, id, patience));
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

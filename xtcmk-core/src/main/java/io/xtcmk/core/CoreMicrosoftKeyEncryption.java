package io.xtcmk.core;

import io.xtcmk.MicrosoftKeyEncryption;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.services.EncryptedService;
import io.xtcmk.core.steps.EncryptionPhases;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.StepOutcome;
import reactor.core.publisher.Mono;

/** The way back to Microsoft's keys. */
final class CoreMicrosoftKeyEncryption extends OutcomeDefinition<MicrosoftKeyEncryption>
        implements MicrosoftKeyEncryption {

    CoreMicrosoftKeyEncryption(Azure azure, EncryptedService<?> service, ResourceId id) {
        super(azure, patience -> EncryptionPhases.microsoftKeys(azure, service, id));
    }

    @Override
    MicrosoftKeyEncryption self() {
        return this;
    }

    @Override
    public StepOutcome update() {
        return outcome("update");
    }

    @Override
    public Mono<StepOutcome> updateAsync() {
        return outcomeAsync("update");
    }
}

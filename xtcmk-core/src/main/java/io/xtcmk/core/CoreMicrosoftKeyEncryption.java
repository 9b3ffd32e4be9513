package io.xtcmk.core;

import io.xtcmk.MicrosoftKeyEncryption;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.model.StepOutcome;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** The way back to Microsoft's keys. */
final class CoreMicrosoftKeyEncryption extends OutcomeDefinition<MicrosoftKeyEncryption>
        implements MicrosoftKeyEncryption {

    CoreMicrosoftKeyEncryption(Azure azure, Supplier<Phase<StepOutcome>> steps) {
        super(azure, patience -> steps.get());
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

package io.xtcmk.core;

import io.xtcmk.MicrosoftKeyEncryption;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.model.StepOutcome;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** The way back to Microsoft's keys. */
final class CoreMicrosoftKeyEncryption extends BaseDefinition<MicrosoftKeyEncryption>
        implements MicrosoftKeyEncryption {
    private final Supplier<Phase<StepOutcome>> steps;

    CoreMicrosoftKeyEncryption(Azure azure, Supplier<Phase<StepOutcome>> steps) {
        super(azure);
        this.steps = steps;
    }

    @Override
    MicrosoftKeyEncryption self() {
        return this;
    }

    @Override
    Phase<StepOutcome> planned() {
        return steps.get();
    }

    @Override
    public StepOutcome update() {
        return run(planned());
    }

    @Override
    public Mono<StepOutcome> updateAsync() {
        return runAsync(this::planned);
    }
}

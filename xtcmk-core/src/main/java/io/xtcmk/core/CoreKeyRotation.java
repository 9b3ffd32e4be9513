package io.xtcmk.core;

import io.xtcmk.KeyRotation;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.steps.EncryptionPhases;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.KeyIdentifier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Rotation of a key. */
final class CoreKeyRotation extends BaseDefinition<KeyRotation> implements KeyRotation {
    private final AuthorizedKey key;
    private @Nullable String current;

    CoreKeyRotation(Azure azure, AuthorizedKey key) {
        super(azure);
        this.key = key;
    }

    @Override
    KeyRotation self() {
        return this;
    }

    @Override
    public KeyRotation ifCurrent(String version) {
        this.current = Keys.version(version);
        return this;
    }

    @Override
    Phase<KeyIdentifier> planned() {
        return EncryptionPhases.rotation(azure, key, current, patience());
    }

    @Override
    public KeyIdentifier rotate() {
        return run("rotate", planned());
    }

    @Override
    public Mono<KeyIdentifier> rotateAsync() {
        return runAsync("rotate", this::planned);
    }
}

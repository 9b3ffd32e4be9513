package io.xtcmk.core;

import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.Clouds;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.KeyIdentifier;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks of keys that definitions share. */
final class Keys {
    private Keys() {}

    /** A key's version, in the form in which services give it. */
    static String version(@Nullable String version) {
        // Checked by the value's own rules; host and name are only there to make one.
        return Objects.requireNonNull(
                new KeyIdentifier("any-vault.vault.azure.net", "any", Names.notNull("version", version)).version());
    }

    /** A key's host must be in the connection's cloud: tokens of one cloud are worth nothing in another. */
    static void checkCloud(Azure azure, KeyIdentifier key) {
        if (Clouds.of(key.environment()) != azure.cloud()) {
            throw new InvalidInputException(
                    "key",
                    "is in another cloud than the connection: " + key.vaultHost(),
                    "use a key of the connection's cloud; Azure does not support keys across clouds");
        }
    }
}

package io.xtcmk.testing.cmk;

import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.testing.world.Resource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a resource is told to reach its customer's key.
 *
 * @param identity the managed identity that asks, if it is there and attached to the resource; else null
 * @param federatedClientId the application as which it asks in the vault's tenant; null where the vault is in its own
 * @param key the key, with a version if one is pinned
 */
public record KeyAccess(
        @Nullable Resource identity, @Nullable String federatedClientId, KeyIdentifier key) {

    /** The same way to another version of the key, or to the newest. */
    public KeyAccess toKey(KeyIdentifier other) {
        return new KeyAccess(identity, federatedClientId, other);
    }

    Optional<String> application() {
        return Optional.ofNullable(federatedClientId);
    }
}

package io.xtcmk.core.steps;

import io.xtcmk.model.ClientId;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * How a resource is encrypted, as its service says.
 *
 * @param id the resource
 * @param customerManaged whether with a customer's key
 * @param key the key that is set, with a version if one is pinned
 * @param inForce the version in use, where the service says it
 * @param identity the managed identity that fetches it
 * @param federatedClientId the application as which it does
 */
record ReadSetting(
        ResourceId id,
        boolean customerManaged,
        @Nullable KeyIdentifier key,
        @Nullable KeyIdentifier inForce,
        @Nullable ResourceId identity,
        @Nullable ClientId federatedClientId) {

    ReadSetting withKey(KeyIdentifier other) {
        return new ReadSetting(id, customerManaged, other, inForce, identity, federatedClientId);
    }
}

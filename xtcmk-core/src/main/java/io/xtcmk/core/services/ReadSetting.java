package io.xtcmk.core.services;

import io.xtcmk.core.azure.Answered;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ResourceId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a resource is encrypted, as its service says.
 *
 * @param id the resource
 * @param customerManaged whether with a customer's key
 * @param key the key that is set, with a version if one is pinned
 * @param inForce the version in use, where the service says it
 * @param identity the managed identity that fetches it
 * @param attached whether that identity is one of the resource's
 * @param federatedClientId the application as which it does
 */
public record ReadSetting(
        ResourceId id,
        boolean customerManaged,
        @Nullable KeyIdentifier key,
        @Nullable InForce inForce,
        @Nullable ResourceId identity,
        boolean attached,
        @Nullable ClientId federatedClientId) {

    /**
     * A version in use.
     *
     * @param version the version
     * @param follows whether the resource goes on to newer ones by itself
     * @param expires when the version ends, where the service says it; null otherwise
     */
    public record InForce(
            KeyIdentifier version,
            boolean follows,
            @Nullable Instant expires) {}

    /** The version in use, where the service says it. */
    public @Nullable KeyIdentifier versionInForce() {
        return inForce == null ? null : inForce.version();
    }

    /** With Microsoft's keys. */
    public static ReadSetting microsofts(ResourceId id) {
        return new ReadSetting(id, false, null, null, null, false, null);
    }

    /** Whether a resource's identities, by their ids, have one among them. */
    public static boolean isAmong(@Nullable Map<String, ?> identities, @Nullable ResourceId identity) {
        return identity != null
                && identities != null
                && identities.keySet().stream()
                        .anyMatch(id -> Answered.resourceId(id).equals(identity));
    }

    /** The same with another key. */
    public ReadSetting withKey(KeyIdentifier other) {
        return new ReadSetting(id, customerManaged, other, inForce, identity, attached, federatedClientId);
    }

    /** The same with a version in use. */
    public ReadSetting withInForce(InForce version) {
        return new ReadSetting(id, customerManaged, key, version, identity, attached, federatedClientId);
    }
}

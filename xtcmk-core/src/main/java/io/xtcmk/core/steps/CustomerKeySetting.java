package io.xtcmk.core.steps;

import io.xtcmk.model.ClientId;
import io.xtcmk.model.Difference;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ResourceId;
import java.util.ArrayList;
import java.util.List;

/**
 * With which key, by which identity and as which application a resource is to be encrypted.
 *
 * @param key the key, with a version if it is pinned
 * @param identity the managed identity
 * @param federatedClientId the application
 */
public record CustomerKeySetting(KeyIdentifier key, ResourceId identity, ClientId federatedClientId) {

    /** What a resource's encryption has otherwise. */
    List<Difference> differences(ReadSetting read) {
        if (!read.customerManaged()) {
            return List.of(new Difference("key", key.toString(), "Microsoft's keys"));
        }
        List<Difference> differences = new ArrayList<>();
        if (!key.equals(read.key())) {
            differences.add(new Difference("key", key.toString(), text(read.key())));
        }
        if (!identity.equals(read.identity())) {
            differences.add(new Difference("identity", identity.toString(), text(read.identity())));
        }
        if (identity.equals(read.identity()) && !read.attached()) {
            differences.add(new Difference("identity.userAssignedIdentities", "with " + identity, "without it"));
        }
        if (!federatedClientId.equals(read.federatedClientId())) {
            differences.add(
                    new Difference("federatedClientId", federatedClientId.toString(), text(read.federatedClientId())));
        }
        return differences;
    }

    private static @org.jspecify.annotations.Nullable String text(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? null : value.toString();
    }
}

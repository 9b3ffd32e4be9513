package io.xtcmk.core.services;

import io.xtcmk.model.ClientId;
import io.xtcmk.model.Difference;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ResourceId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * With which key, by which identity and as which application a resource is to be encrypted.
 *
 * @param key the key, with a version if it is pinned
 * @param identity the managed identity
 * @param federatedClientId the application
 */
public record CustomerKeySetting(KeyIdentifier key, ResourceId identity, ClientId federatedClientId) {

    /** The same with another key. */
    public CustomerKeySetting withKey(KeyIdentifier other) {
        return new CustomerKeySetting(other, identity, federatedClientId);
    }

    /** What a resource's encryption has otherwise. */
    public List<Difference> differences(ReadSetting read) {
        List<Difference> differences = new ArrayList<>();
        if (!read.customerManaged()) {
            differences.add(new Difference("key", key.toString(), "Microsoft's keys"));
        } else if (!key.equals(read.key())) {
            differences.add(new Difference("key", key.toString(), text(read.key())));
        }
        differences.addAll(wayDifferences(read));
        return differences;
    }

    /** What of the way to the key is otherwise. Of a resource with Microsoft's keys: what would be replaced. */
    public List<Difference> wayDifferences(ReadSetting read) {
        List<Difference> differences = new ArrayList<>();
        if (isOtherwise(identity, read.identity(), read)) {
            differences.add(new Difference("identity", identity.toString(), text(read.identity())));
        }
        if (read.customerManaged() && identity.equals(read.identity()) && !read.attached()) {
            differences.add(new Difference("identity.userAssignedIdentities", "with " + identity, "without it"));
        }
        if (isOtherwise(federatedClientId, read.federatedClientId(), read)) {
            differences.add(
                    new Difference("federatedClientId", federatedClientId.toString(), text(read.federatedClientId())));
        }
        return differences;
    }

    private static boolean isOtherwise(Object asked, @Nullable Object actual, ReadSetting read) {
        return actual == null ? read.customerManaged() : !asked.equals(actual);
    }

    /** Whether a resource's key is fetched by another identity or application than asked. */
    public boolean isOtherWay(ReadSetting read) {
        return !identity.equals(read.identity()) || !federatedClientId.equals(read.federatedClientId());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}

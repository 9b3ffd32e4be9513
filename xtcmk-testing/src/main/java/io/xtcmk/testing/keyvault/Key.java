package io.xtcmk.testing.keyvault;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key of a vault.
 *
 * @param vaultId the vault's resource id
 * @param name its name
 * @param versions its versions, the oldest first; never empty
 * @param rotationPolicy its rotation policy as it was set, or null
 * @param deletedAt when it was (softly) deleted, or null
 */
public record Key(
        String vaultId,
        String name,
        List<KeyVersion> versions,
        @Nullable Map<String, Object> rotationPolicy,
        @Nullable Instant deletedAt) {

    public KeyVersion current() {
        return versions.get(versions.size() - 1);
    }

    public Optional<KeyVersion> version(String version) {
        return versions.stream()
                .filter(v -> v.version().equalsIgnoreCase(version))
                .findFirst();
    }

    Key withVersion(KeyVersion added) {
        List<KeyVersion> more = new ArrayList<>(versions);
        more.add(added);
        return new Key(vaultId, name, List.copyOf(more), rotationPolicy, deletedAt);
    }

    Key withChanged(KeyVersion changed) {
        List<KeyVersion> same = versions.stream()
                .map(v -> v.version().equals(changed.version()) ? changed : v)
                .toList();
        return new Key(vaultId, name, same, rotationPolicy, deletedAt);
    }

    Key withRotationPolicy(Map<String, Object> policy) {
        return new Key(vaultId, name, versions, policy, deletedAt);
    }

    Key withDeletedAt(@Nullable Instant when) {
        return new Key(vaultId, name, versions, rotationPolicy, when);
    }
}

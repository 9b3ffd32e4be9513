package io.xtcmk.core.steps;

import com.azure.resourcemanager.keyvault.fluent.models.KeyInner;
import com.azure.resourcemanager.keyvault.models.JsonWebKeyOperation;
import com.azure.resourcemanager.keyvault.models.KeyAttributes;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyProperties;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import io.xtcmk.model.Difference;
import io.xtcmk.model.KeySpec;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a key can be a customer-managed key, whichever way it was looked at.
 *
 * @param keyType {@code RSA}, {@code EC}, ...
 * @param bits its size, or null where the service does not say
 * @param enabled whether it may be used
 * @param notBefore from when on, or null
 * @param expires until when, or null
 * @param operations what it may be used for
 */
public record KeyFitness(
        String keyType,
        @Nullable Integer bits,
        boolean enabled,
        @Nullable Instant notBefore,
        @Nullable Instant expires,
        Set<String> operations) {

    private static final Set<String> TYPES = Set.of("RSA", "RSA-HSM");
    private static final Set<Integer> SIZES = Set.of(2048, 3072, 4096);

    /** As Resource Manager shows it. */
    public static KeyFitness of(KeyInner key) {
        KeyAttributes attributes = key.attributes();
        Set<String> operations = key.keyOps() == null
                ? Set.of()
                : key.keyOps().stream().map(JsonWebKeyOperation::toString).collect(Collectors.toSet());
        return new KeyFitness(
                String.valueOf(key.kty()),
                key.keySize(),
                attributes == null || !Boolean.FALSE.equals(attributes.enabled()),
                attributes == null ? null : instant(attributes.notBefore()),
                attributes == null ? null : instant(attributes.expires()),
                operations);
    }

    /** As the vault shows it. */
    public static KeyFitness of(KeyVaultKey key) {
        KeyProperties properties = key.getProperties();
        byte[] modulus = key.getKey() == null ? null : key.getKey().getN();
        return new KeyFitness(
                String.valueOf(key.getKeyType()),
                modulus == null ? null : bits(modulus),
                !Boolean.FALSE.equals(properties.isEnabled()),
                instant(properties.getNotBefore()),
                instant(properties.getExpiresOn()),
                key.getKeyOperations().stream().map(KeyOperation::toString).collect(Collectors.toSet()));
    }

    private static int bits(byte[] modulus) {
        return new BigInteger(1, modulus).bitLength();
    }

    private static @Nullable Instant instant(@Nullable Long seconds) {
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime when) {
        return when == null ? null : when.toInstant();
    }

    /** What stands against it. */
    public List<Difference> conflicts(Instant now) {
        List<Difference> conflicts = new ArrayList<>();
        if (!TYPES.contains(keyType)) {
            conflicts.add(new Difference("kty", "RSA or RSA-HSM", keyType));
        } else if (bits != null && !SIZES.contains(bits)) {
            conflicts.add(new Difference("keySize", "2048, 3072 or 4096", bits.toString()));
        }
        if (!enabled) {
            conflicts.add(new Difference("attributes.enabled", "true", "false"));
        }
        if (expires != null && !expires.isAfter(now)) {
            conflicts.add(new Difference("attributes.exp", "later than " + now, expires.toString()));
        }
        if (notBefore != null && notBefore.isAfter(now)) {
            conflicts.add(new Difference("attributes.nbf", "not later than " + now, notBefore.toString()));
        }
        if (!operations.isEmpty() && !operations.containsAll(Set.of("wrapKey", "unwrapKey"))) {
            conflicts.add(new Difference("keyOps", "wrapKey and unwrapKey", operations.toString()));
        }
        return conflicts;
    }

    /** Its kind, where the service says it, and it is one that can be asked for. */
    Optional<KeySpec> kind() {
        return TYPES.contains(keyType) && bits != null && SIZES.contains(bits)
                ? Optional.of(new KeySpec(bits, keyType.equals("RSA-HSM")))
                : Optional.empty();
    }

    /** What is otherwise than a kind that was asked for. */
    List<Difference> otherThan(KeySpec spec) {
        List<Difference> differences = new ArrayList<>();
        if (!keyType.equals(spec.keyType())) {
            differences.add(new Difference("kty", spec.keyType(), keyType));
        }
        if (bits != null && bits != spec.bits()) {
            differences.add(new Difference("keySize", Integer.toString(spec.bits()), bits.toString()));
        }
        return differences;
    }

    /** The key's properties on one line. */
    @Override
    public String toString() {
        return keyType + (bits == null ? "" : " of " + bits + " bits") + ", enabled is " + enabled
                + (notBefore == null ? "" : ", not before " + notBefore)
                + (expires == null ? "" : ", expires at " + expires)
                + (operations.isEmpty()
                        ? ""
                        : ", for " + operations.stream().sorted().collect(Collectors.joining(" ")));
    }
}

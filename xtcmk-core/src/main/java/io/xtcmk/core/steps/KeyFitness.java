package io.xtcmk.core.steps;

import io.xtcmk.model.Difference;
import io.xtcmk.model.KeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
record KeyFitness(
        String keyType,
        @Nullable Integer bits,
        boolean enabled,
        @Nullable Instant notBefore,
        @Nullable Instant expires,
        Set<String> operations) {

    private static final Set<String> TYPES = Set.of("RSA", "RSA-HSM");
    private static final Set<Integer> SIZES = Set.of(2048, 3072, 4096);

    /** What stands against it. */
    List<Difference> conflicts(Instant now) {
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
}

package io.xtcmk.testing.storage;

import io.xtcmk.model.KeyIdentifier;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The key under which an account's data is encrypted. While a customer's key protects it, nobody has it but wrapped.
 *
 * @param plain the key itself, while Storage keeps it, or for as long as Storage goes on with it; else null
 * @param plainUntil when Storage forgets the key itself; null for never
 * @param wrapped the key under the customer's key, or null
 * @param wrappedBy the version of the customer's key, or null
 * @param checkedAt when Storage last looked for a new version
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record DataKey(
        byte @Nullable [] plain,
        @Nullable Instant plainUntil,
        byte @Nullable [] wrapped,
        @Nullable KeyIdentifier wrappedBy,
        Instant checkedAt) {

    static DataKey kept(byte[] plain, Instant now) {
        return new DataKey(plain, null, null, null, now);
    }

    static DataKey wrapped(byte[] wrapped, KeyIdentifier by, Instant now) {
        return new DataKey(null, null, wrapped, by, now);
    }

    DataKey checked(Instant when) {
        return new DataKey(plain, plainUntil, wrapped, wrappedBy, when);
    }

    DataKey knownUntil(byte[] key, Instant until) {
        return new DataKey(key, until, wrapped, wrappedBy, checkedAt);
    }
}

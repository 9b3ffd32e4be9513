package io.xtcmk.testing.sql;

import io.xtcmk.model.KeyIdentifier;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The key under which a server's databases are encrypted.
 *
 * @param plain the key itself, while Azure SQL keeps it; else null
 * @param wrapped the key under the customer's key, or null
 * @param wrappedBy the version of the customer's key, or null
 * @param checkedAt when Azure SQL last looked for a new version
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record ServerDataKey(
        byte @Nullable [] plain,
        byte @Nullable [] wrapped,
        @Nullable KeyIdentifier wrappedBy,
        Instant checkedAt) {

    boolean isWrapped() {
        return wrapped != null;
    }

    ServerDataKey checked(Instant when) {
        return new ServerDataKey(plain, wrapped, wrappedBy, when);
    }
}

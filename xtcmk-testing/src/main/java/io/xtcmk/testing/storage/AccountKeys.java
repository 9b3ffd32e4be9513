package io.xtcmk.testing.storage;

import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.cmk.BrokenLink;
import io.xtcmk.testing.cmk.CustomerKey;
import io.xtcmk.testing.cmk.CustomerKeys;
import io.xtcmk.testing.cmk.KeyAccess;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * The data key of each account: wrapped by the customer's key where there is one, and wrapped anew when that is rotated.
 * Rules from Microsoft's page "Customer-managed keys for Azure Storage encryption".
 */
final class AccountKeys {
    static final String KEY_VAULT = "properties.encryption.keyvaultproperties";
    /** What Storage shows for a key without an end. */
    private static final String NEVER = Arm.time(Instant.EPOCH);

    private static final Set<Integer> SIZES = Set.of(2048, 3072, 4096);

    private final World world;
    private final CustomerKeys keys;

    AccountKeys(World world, CustomerKeys keys) {
        this.world = world;
        this.keys = keys;
    }

    /** A new account's data key, which Storage keeps itself until {@link #protect}. */
    void begin(Resource account) {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        for (int i = 0; i < 2; i++) {
            bytes.putLong(world.ids().uuid().getMostSignificantBits() * 31
                    + world.ids().uuid().getLeastSignificantBits());
            bytes.putLong(world.ids().uuid().getLeastSignificantBits() * 31
                    + world.ids().uuid().getMostSignificantBits());
        }
        put(account, DataKey.kept(bytes.array(), world.now()));
    }

    void forget(Resource account) {
        world.table(DataKey.class).remove(account.id());
    }

    /**
     * Puts the account's data key under the key that its settings name, whether the customer's or Storage's own.
     *
     * @param before the account as it was, for what protects the data key so far
     * @param account the account as it is to be
     * @return the account with what is said about the key
     * @throws BrokenLink if either key cannot be used
     */
    Resource protect(Resource before, Resource account) {
        DataKey old = row(before);
        if (!AccountEncryption.isCustomerManaged(account)) {
            put(account, DataKey.kept(plain(before, old), world.now()));
            return account;
        }
        KeyAccess access = AccountEncryption.access(world, account);
        CustomerKey key = keys.resolve(access, SIZES);
        byte[] plain = plainThrough(access, before, old);
        put(account, DataKey.wrapped(keys.wrap(access, key.id(), plain), key.id(), world.now()));
        return described(account, key);
    }

    /** The same key by a new way, such as another application, is read by the new way: the old one may be closed. */
    private byte[] plainThrough(KeyAccess access, Resource before, DataKey old) {
        if (old.wrapped() != null
                && old.wrappedBy() != null
                && old.wrappedBy().versionless().equals(access.key().versionless())) {
            return keys.unwrap(access, old.wrappedBy(), old.wrapped());
        }
        return plain(before, old);
    }

    private static Resource described(Resource account, CustomerKey key) {
        Map<String, Object> shown = Json.map(account.body(), KEY_VAULT);
        Map<String, Object> more =
                Json.with(shown, "currentVersionedKeyIdentifier", key.id().toString());
        more = Json.with(
                more,
                "currentVersionedKeyExpirationTimestamp",
                key.expiry().map(Arm::time).orElse(NEVER));
        return account.withBody(Json.with(account.body(), KEY_VAULT, more));
    }

    /** The account's data key, unwrapped by the customer's key as often as Storage has to ask. */
    byte[] open(Resource account) {
        DataKey row = row(account);
        byte[] plain = plain(account, row);
        Duration cache = world.settings().keyCache;
        if (row.wrapped() != null && !cache.isZero() && !isKnown(row)) {
            put(account, row.knownUntil(plain, world.after(cache)));
        }
        return plain;
    }

    private byte[] plain(Resource account, DataKey row) {
        if (row.plain() != null && isKnown(row)) {
            return row.plain();
        }
        if (row.wrapped() == null || row.wrappedBy() == null) {
            throw new IllegalStateException(account.id() + " has lost its data key");
        }
        return keys.unwrap(AccountEncryption.access(world, account), row.wrappedBy(), row.wrapped());
    }

    private boolean isKnown(DataKey row) {
        return row.plain() != null
                && (row.plainUntil() == null || row.plainUntil().isAfter(world.now()));
    }

    /**
     * The account after the daily checks that are due by now: where no version is pinned, a new version of the key takes
     * over at the first check after its making.
     */
    Resource rotated(Resource account) {
        if (!AccountEncryption.isCustomerManaged(account) || AccountEncryption.isPinned(account)) {
            return account;
        }
        DataKey row = row(account);
        Duration every = world.settings().keyRotationCheck;
        long checks = Duration.between(row.checkedAt(), world.now()).dividedBy(every);
        if (checks == 0) {
            return account;
        }
        Instant checkedAt = row.checkedAt().plus(every.multipliedBy(checks));
        put(account, row.checked(checkedAt));
        try {
            return follow(account, row, checkedAt);
        } catch (BrokenLink unreachable) {
            // The check finds nothing new; whoever reads or writes data learns what is wrong.
            return account;
        }
    }

    private Resource follow(Resource account, DataKey row, Instant checkedAt) {
        KeyAccess access = AccountEncryption.access(world, account);
        CustomerKey newest = keys.resolve(access, SIZES);
        if (newest.id().equals(row.wrappedBy()) || newest.createdAt().isAfter(checkedAt)) {
            return account;
        }
        byte[] wrapped = keys.wrap(access, newest.id(), plain(account, row));
        put(account, DataKey.wrapped(wrapped, newest.id(), checkedAt));
        Resource changed = described(account, newest);
        changed = changed.withBody(
                Json.with(changed.body(), KEY_VAULT + ".lastKeyRotationTimestamp", Arm.time(checkedAt)));
        world.resources().put(changed.id(), changed);
        return changed;
    }

    private DataKey row(Resource account) {
        return world.table(DataKey.class).find(account.id()).orElseThrow();
    }

    private void put(Resource account, DataKey row) {
        world.table(DataKey.class).put(account.id(), row);
    }
}

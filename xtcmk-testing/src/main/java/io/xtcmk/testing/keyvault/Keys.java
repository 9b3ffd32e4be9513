package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.KeyPool;
import io.xtcmk.testing.http.UnsupportedRouteError;
import io.xtcmk.testing.world.Table;
import io.xtcmk.testing.world.World;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of all vaults: the one state behind the data plane and Resource Manager's {@code vaults/keys}. */
public final class Keys {
    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-]{1,127}");
    private static final Map<String, String> CURVES =
            Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");

    private final World world;

    public Keys(World world) {
        this.world = world;
    }

    Instant now() {
        return world.now();
    }

    private Table<Key> table() {
        return world.table(Key.class);
    }

    private static String id(String vaultId, String name) {
        return vaultId + "/keys/" + name;
    }

    /** A key that is there and not deleted. */
    public Optional<Key> find(Vault vault, String name) {
        return any(vault, name).filter(k -> k.deletedAt() == null);
    }

    /** A key that is softly deleted. */
    Optional<Key> deleted(Vault vault, String name) {
        return any(vault, name).filter(k -> k.deletedAt() != null);
    }

    private Optional<Key> any(Vault vault, String name) {
        return table().find(id(vault.id(), name)).filter(k -> !isOver(vault, k)).map(k -> Rotation.due(this, vault, k));
    }

    private boolean isOver(Vault vault, Key key) {
        return key.deletedAt() != null && !vault.purgeTime(key.deletedAt()).isAfter(world.now());
    }

    /** The vault's keys, in the order of their making. */
    public List<Key> all(Vault vault) {
        return of(vault, false);
    }

    List<Key> allDeleted(Vault vault) {
        return of(vault, true);
    }

    private List<Key> of(Vault vault, boolean deleted) {
        return table().where(k ->
                k.vaultId().equalsIgnoreCase(vault.id()) && !isOver(vault, k) && (k.deletedAt() != null) == deleted);
    }

    /** Makes a key, or a new version of it. */
    public Key create(Vault vault, String name, KeyRequest asked) {
        checkName(vault, name);
        checkHardware(vault, asked.kty());
        return add(vault, name, version(asked, pair(asked)));
    }

    /** Makes a key with a rotation policy, or none. */
    public Key create(Vault vault, String name, KeyRequest asked, @Nullable Map<String, Object> policy) {
        if (policy != null) {
            Rotation.check(policy);
        }
        Key key = create(vault, name, asked);
        return policy == null ? key : put(key.withRotationPolicy(policy));
    }

    Key importKey(Vault vault, String name, KeyRequest asked, KeyPair pair) {
        checkName(vault, name);
        checkHardware(vault, asked.kty());
        return add(vault, name, version(asked, pair));
    }

    private void checkName(Vault vault, String name) {
        if (!NAME.matcher(name).matches()) {
            throw KeyErrors.badParameter("The request URI contains an invalid name: " + name);
        }
        if (deleted(vault, name).isPresent()) {
            throw KeyErrors.isDeleted(name);
        }
    }

    private static void checkHardware(Vault vault, String kty) {
        if (kty.endsWith("-HSM") && !vault.isPremium()) {
            throw KeyErrors.badParameter("HSM-backed keys need a vault of the premium SKU; this one is standard.");
        }
    }

    private Key add(Vault vault, String name, KeyVersion version) {
        Key key = find(vault, name)
                .map(k -> k.withVersion(version))
                .orElseGet(() -> new Key(vault.id(), name, List.of(version), null, null));
        return put(key);
    }

    private KeyVersion version(KeyRequest asked, KeyPair pair) {
        Instant now = world.now();
        return new KeyVersion(
                world.ids().hex32(),
                asked.kty(),
                asked.operations(),
                asked.curve(),
                pair,
                asked.enabled(),
                asked.notBefore(),
                asked.expires(),
                now,
                now,
                asked.tags());
    }

    /** A version like the current one, with a new key in it. */
    Key rotate(Vault vault, Key key, Instant at, @Nullable Instant expires) {
        KeyVersion current = key.current();
        KeyRequest same = new KeyRequest(
                current.kty(),
                current.rsaBits().orElse(0),
                current.curve(),
                current.operations(),
                true,
                null,
                expires,
                current.tags());
        KeyVersion made = version(same, pair(same));
        return put(key.withVersion(new KeyVersion(
                made.version(),
                made.kty(),
                made.operations(),
                made.curve(),
                made.pair(),
                true,
                null,
                expires,
                at,
                at,
                made.tags())));
    }

    private KeyPair pair(KeyRequest asked) {
        if (asked.curve() == null) {
            return KeyPool.rsa(asked.bits(), nextIndex("RSA " + asked.bits()));
        }
        return KeyPool.ec(jcaCurve(asked.curve()), nextIndex(asked.curve()));
    }

    static String jcaCurve(String curve) {
        if (curve.equals("P-256K")) {
            throw new UnsupportedRouteError("the fake has no keys on P-256K, since Java has not");
        }
        return Optional.ofNullable(CURVES.get(curve))
                .orElseThrow(() -> KeyErrors.badParameter("Property crv has invalid value: " + curve));
    }

    /** Index 0 is the token service's. */
    private int nextIndex(String kind) {
        int next = world.table(Count.class).find(kind).map(Count::value).orElse(0) + 1;
        world.table(Count.class).put(kind, new Count(next));
        return next;
    }

    /** Keeps what has become of a key. */
    public Key put(Key key) {
        table().put(id(key.vaultId(), key.name()), key);
        return key;
    }

    /** Deletes a deleted key for good. */
    void purge(Vault vault, Key key) {
        if (vault.isPurgeProtected()) {
            throw AzureError.of(
                    403,
                    "Forbidden",
                    "ForbiddenByPolicy",
                    "Operation \"purge\" is not allowed because purge protection is enabled for this vault. Key Vault"
                            + " service will automatically purge it after the retention period has passed.\r\nVault: "
                            + vault.name() + ";location=" + vault.location());
        }
        table().remove(id(key.vaultId(), key.name()));
    }

    void forgetAll(String vaultId) {
        table().where(k -> k.vaultId().equalsIgnoreCase(vaultId))
                .forEach(k -> table().remove(id(k.vaultId(), k.name())));
    }

    /** How many key pairs of a kind the world has taken from the pool. */
    private record Count(int value) {}
}

package io.xtcmk.testing.sql;

import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.cmk.AttachedIdentities;
import io.xtcmk.testing.cmk.BrokenLink;
import io.xtcmk.testing.cmk.CustomerKey;
import io.xtcmk.testing.cmk.CustomerKeys;
import io.xtcmk.testing.cmk.KeyAccess;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Regions;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What protects a server's databases: the data key, the customer's key that wraps it, and the two resources that tell of
 * it, a server key and the encryption protector.
 */
final class Protection {
    static final String KEYS = "Microsoft.Sql/servers/keys";
    static final String PROTECTOR = "Microsoft.Sql/servers/encryptionProtector";
    static final String SERVICE_MANAGED = "ServiceManaged";
    static final String CUSTOMER_MANAGED = "AzureKeyVault";

    private static final Set<Integer> SIZES = Set.of(2048, 3072);

    private final World world;
    private final CustomerKeys keys;

    Protection(World world, CustomerKeys keys) {
        this.world = world;
        this.keys = keys;
    }

    /** A new server's protection by Azure SQL's own key. */
    void begin(Resource server) {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        for (int i = 0; i < 4; i++) {
            bytes.putLong(world.ids().uuid().getMostSignificantBits());
        }
        put(server, new ServerDataKey(bytes.array(), null, null, world.now()));
        putProtector(server, serviceManaged());
    }

    private static Map<String, Object> serviceManaged() {
        return Json.object("serverKeyName", SERVICE_MANAGED, "serverKeyType", SERVICE_MANAGED);
    }

    /** The customer's key in force. */
    Optional<KeyIdentifier> customerKey(Resource server) {
        return Optional.ofNullable(row(server).wrappedBy());
    }

    Resource protector(Resource server) {
        return world.resources().find(protectorId(server)).orElseThrow();
    }

    static String protectorId(Resource server) {
        return server.id() + "/encryptionProtector/current";
    }

    /**
     * Puts a server under a customer's key.
     *
     * @param before the server as it was, for what protects it so far
     * @param server the server as it is to be
     * @param key the key, of one version or the newest
     * @param autoRotation whether new versions are to be followed
     * @throws BrokenLink if either key cannot be used
     */
    CustomerKey protect(Resource before, Resource server, KeyIdentifier key, boolean autoRotation) {
        KeyAccess access = access(server, key);
        CustomerKey found = keys.resolve(access, SIZES);
        byte[] plain = plain(before, access);
        byte[] wrapped = keys.wrap(access, found.id(), plain);
        put(server, new ServerDataKey(null, wrapped, found.id(), world.now()));
        addKey(server, found);
        putProtector(server, described(found, autoRotation));
        return found;
    }

    /** Puts a server under Azure SQL's own key again. */
    void release(Resource server) {
        put(server, new ServerDataKey(plain(server, null), null, null, world.now()));
        putProtector(server, serviceManaged());
    }

    /** Whether a key could protect the server; it becomes one of the server's keys. */
    CustomerKey add(Resource server, KeyIdentifier key) {
        CustomerKey found = keys.resolve(access(server, key), SIZES);
        addKey(server, found);
        return found;
    }

    private byte[] plain(Resource server, @org.jspecify.annotations.Nullable KeyAccess other) {
        ServerDataKey row = row(server);
        if (row.plain() != null) {
            return row.plain();
        }
        if (row.wrapped() == null || row.wrappedBy() == null) {
            throw new IllegalStateException(server.id() + " has lost its data key");
        }
        // The same key by a new way, such as another application, is read by the new way.
        KeyAccess access = other != null
                        && other.key().versionless().equals(row.wrappedBy().versionless())
                ? other
                : access(server, row.wrappedBy());
        return keys.unwrap(access, row.wrappedBy(), row.wrapped());
    }

    /** Whether the customer's key can be used right now. */
    void check(Resource server) {
        if (row(server).isWrapped()) {
            plain(server, null);
        }
    }

    private KeyAccess access(Resource server, KeyIdentifier key) {
        return new KeyAccess(
                AttachedIdentities.find(
                        world,
                        server,
                        server.text("properties.primaryUserAssignedIdentityId").orElse(null)),
                server.text("properties.federatedClientId").orElse(null),
                key);
    }

    /** Azure SQL's name for a key of a vault. */
    static String keyName(KeyIdentifier key) {
        return key.vaultName() + "_" + key.keyName() + "_" + key.version();
    }

    private void addKey(Resource server, CustomerKey key) {
        String name = keyName(key.id());
        String id = server.id() + "/keys/" + name;
        Map<String, Object> properties = Json.object(
                "serverKeyType", CUSTOMER_MANAGED,
                "uri", key.id().toString(),
                "thumbprint", key.thumbprint(),
                "creationDate",
                        world.resources()
                                .find(id)
                                .flatMap(r -> r.text("properties.creationDate"))
                                .orElse(Arm.time(world.now())));
        String location = Regions.displayName(server.text("location").orElse(""));
        put(
                id,
                Json.object(
                        "kind", "azurekeyvault",
                        "location", location,
                        "properties", properties,
                        "id", id,
                        "name", name,
                        "type", KEYS));
    }

    private static Map<String, Object> described(CustomerKey key, boolean autoRotation) {
        return Json.object(
                "serverKeyName",
                keyName(key.id()),
                "serverKeyType",
                CUSTOMER_MANAGED,
                "uri",
                key.id().toString(),
                "autoRotationEnabled",
                autoRotation);
    }

    private void putProtector(Resource server, Map<String, Object> properties) {
        boolean customers = CUSTOMER_MANAGED.equals(properties.get("serverKeyType"));
        String id = protectorId(server);
        put(
                id,
                Json.object(
                        "kind", customers ? "azurekeyvault" : "servicemanaged",
                        "properties", properties,
                        "id", id,
                        "name", "current",
                        "type", PROTECTOR));
    }

    private void put(String id, Map<String, Object> body) {
        world.resources().put(id, new Resource(id, body, world.now()));
    }

    /** Whether a key is the protector's, and new versions of it are followed. */
    boolean follows(Resource server, String keyName) {
        return followsRotation(server)
                && protector(server)
                        .text("properties.serverKeyName")
                        .filter(keyName::equalsIgnoreCase)
                        .isPresent();
    }

    boolean followsRotation(Resource server) {
        return Json.flag(protector(server).body(), "properties.autoRotationEnabled")
                .orElse(false);
    }

    /** Takes a new version of the customer's key at the first check after its making, where auto-rotation is on. */
    void rotate(Resource server) {
        ServerDataKey row = row(server);
        if (row.wrappedBy() == null || !followsRotation(server)) {
            return;
        }
        Duration every = world.settings().sqlKeyRotationCheck;
        long checks = Duration.between(row.checkedAt(), world.now()).dividedBy(every);
        if (checks > 0) {
            Instant checkedAt = row.checkedAt().plus(every.multipliedBy(checks));
            put(server, row.checked(checkedAt));
            follow(server, row.wrappedBy(), checkedAt);
        }
    }

    private void follow(Resource server, KeyIdentifier current, Instant checkedAt) {
        try {
            CustomerKey newest = keys.resolve(access(server, current.versionless()), SIZES);
            if (!newest.id().equals(current) && !newest.createdAt().isAfter(checkedAt)) {
                protect(server, server, newest.id(), true);
                put(server, row(server).checked(checkedAt));
            }
        } catch (BrokenLink unreachable) {
            // The check finds nothing new; that the key is gone shows in the databases.
        }
    }

    private ServerDataKey row(Resource server) {
        return world.table(ServerDataKey.class).find(server.id()).orElseThrow();
    }

    private void put(Resource server, ServerDataKey row) {
        world.table(ServerDataKey.class).put(server.id(), row);
    }
}

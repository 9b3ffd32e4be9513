package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.keyvault.Key;
import io.xtcmk.testing.keyvault.KeyRequest;
import io.xtcmk.testing.keyvault.KeyVersion;
import io.xtcmk.testing.keyvault.Keys;
import io.xtcmk.testing.keyvault.Vault;
import io.xtcmk.testing.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Microsoft.KeyVault: a vault's keys by the control plane, which makes them but never changes or uses them. */
public final class VaultKeyRoutes implements ArmRoutes {
    private static final String TYPE = Vault.TYPE + "/keys";
    private static final String KEYS = Arm.GROUP + "/providers/" + Vault.TYPE + "/{vault}/keys";
    private static final String KEY = KEYS + "/{key}";
    private static final String VERSIONS = KEY + "/versions";
    private static final String READ = TYPE + "/read";
    private static final String READ_VERSIONS = TYPE + "/versions/read";

    private final World world;
    private final Keys keys;

    public VaultKeyRoutes(World world) {
        this.world = world;
        this.keys = new Keys(world);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("PUT", KEY, TYPE + "/write", "create a key if there is none of that name", this::put),
                Route.of("GET", KEY, READ, "get a key's current version", this::get),
                Route.of("GET", KEYS, READ, "list keys", this::list),
                Route.of("GET", VERSIONS, READ_VERSIONS, "list a key's versions", this::versions),
                Route.of("GET", VERSIONS + "/{version}", READ_VERSIONS, "get a version of a key", this::version));
    }

    private Answer put(Exchange exchange) {
        Vault vault = VaultRoutes.vault(exchange);
        String name = exchange.parameter("key");
        Optional<Key> there = keys.find(vault, name);
        there.ifPresent(key -> checkSame(key, exchange.json()));
        Key key = there.orElseGet(
                () -> keys.create(vault, name, KeyRequest.ofResource(exchange.json()), policy(exchange)));
        return Answer.ok(body(vault, key));
    }

    /**
     * Tags and expiry of a key that is there must be those that are asked, if any are: github.com/Azure/bicep/issues/6113 and
     * github.com/Azure/bicep-types-az/issues/1906, whose words these are. Nothing of it is changed.
     */
    private static void checkSame(Key key, Map<String, Object> body) {
        KeyVersion there = key.current();
        KeyRequest asked = KeyRequest.ofResource(body);
        String difference = null;
        if (asked.expires() != null && !asked.expires().equals(there.expires())) {
            difference = "an expiration date of '" + there.expires()
                    + "', which doesn't match the given expiration date '" + asked.expires() + "'";
        } else if (body.get("tags") != null && !asked.tags().equals(there.tags())) {
            difference = "a set of tags, which doesn't match the given tags";
        }
        if (difference != null) {
            throw AzureError.of(
                    400,
                    "KeyCreationParametersDidNotMatchExistingKey",
                    "The key '" + key.name()
                            + "' already exists, but the specified key creation parameters did not match"
                            + " that of the existing key (The existing key has " + difference + "). This API can only"
                            + " be used for creating the first version of a new key (no subsequent versions can be"
                            + " created, and existing keys cannot be updated).");
        }
    }

    private static @Nullable Map<String, Object> policy(Exchange exchange) {
        Map<String, Object> policy = Json.map(exchange.json(), "properties.rotationPolicy");
        return policy.isEmpty() ? null : policy;
    }

    private Answer get(Exchange exchange) {
        Vault vault = VaultRoutes.vault(exchange);
        return Answer.ok(body(vault, key(exchange, vault)));
    }

    private Key key(Exchange exchange, Vault vault) {
        String name = exchange.parameter("key");
        return keys.find(vault, name).orElseThrow(() -> notFound(TYPE + "/" + vault.name() + "/" + name, exchange));
    }

    private static AzureError notFound(String what, Exchange exchange) {
        return AzureError.resourceNotFound(what, exchange.parameter("group"));
    }

    private Answer list(Exchange exchange) {
        Vault vault = VaultRoutes.vault(exchange);
        return Arm.list(
                exchange, keys.all(vault).stream().map(k -> body(vault, k)).toList());
    }

    private Answer versions(Exchange exchange) {
        Vault vault = VaultRoutes.vault(exchange);
        Key key = key(exchange, vault);
        return Arm.list(
                exchange,
                key.versions().stream().map(v -> versionBody(vault, key, v)).toList());
    }

    private Answer version(Exchange exchange) {
        Vault vault = VaultRoutes.vault(exchange);
        Key key = key(exchange, vault);
        String version = exchange.parameter("version");
        return Answer.ok(versionBody(
                vault,
                key,
                key.version(version)
                        .orElseThrow(() -> notFound(
                                TYPE + "/versions/" + vault.name() + "/" + key.name() + "/" + version, exchange))));
    }

    private Map<String, Object> body(Vault vault, Key key) {
        return Json.object(
                "id", vault.id() + "/keys/" + key.name(),
                "name", key.name(),
                "type", TYPE,
                "location", vault.location(),
                "tags", shown(key.current().tags()),
                "properties", properties(vault, key, key.current()));
    }

    private Map<String, Object> versionBody(Vault vault, Key key, KeyVersion version) {
        return Json.object(
                "id", vault.id() + "/keys/" + key.name() + "/versions/" + version.version(),
                "name", version.version(),
                "type", TYPE + "/versions",
                "location", vault.location(),
                "tags", shown(version.tags()),
                "properties", properties(vault, key, version));
    }

    private static Object shown(Map<String, Object> tags) {
        return tags.isEmpty() ? Json.ABSENT : tags;
    }

    private Map<String, Object> properties(Vault vault, Key key, KeyVersion version) {
        String url = "https://" + vault.host(world) + "/keys/" + key.name();
        return Json.object(
                "attributes", attributes(vault, version),
                "kty", version.kty(),
                "keyOps", version.operations(),
                "keySize", version.rsaBits().<Object>map(b -> b).orElse(Json.ABSENT),
                "curveName", Json.orAbsent(version.curve()),
                "keyUri", url,
                "keyUriWithVersion", url + "/" + version.version(),
                "rotationPolicy", Json.orAbsent(key.rotationPolicy()));
    }

    private static Map<String, Object> attributes(Vault vault, KeyVersion version) {
        return Json.object(
                "enabled", version.enabled(),
                "nbf", seconds(version.notBefore()),
                "exp", seconds(version.expires()),
                "created", version.createdAt().getEpochSecond(),
                "updated", version.updatedAt().getEpochSecond(),
                "recoveryLevel", vault.recoveryLevel(),
                "exportable", false);
    }

    private static Object seconds(@Nullable Instant when) {
        return when == null ? Json.ABSENT : when.getEpochSecond();
    }
}

package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Keys and their versions, attributes and rotation. */
final class KeyRoutes {
    private static final String KEYS = "/keys";
    private static final String KEY = KEYS + "/{key}";
    private static final String VERSIONS = KEY + "/versions";
    private static final String POLICY = KEY + "/rotationpolicy";
    private static final String VERSION = KEY + "/{version}";

    private final World world;
    private final Keys keys;
    private final VaultGate gate;

    KeyRoutes(World world, VaultGate gate) {
        this.world = world;
        this.keys = new Keys(world);
        this.gate = gate;
    }

    List<Route> routes() {
        return List.of(
                vaultRoute("GET", KEYS, KeyPermission.LIST, "list keys", this::list),
                vaultRoute("POST", KEYS + "/restore", KeyPermission.RESTORE, "restore a key", this::restore),
                route("POST", KEY + "/create", KeyPermission.CREATE, "create a key or a new version", this::create),
                route("POST", KEY + "/rotate", KeyPermission.ROTATE, "make a new version like the last", this::rotate),
                route("POST", KEY + "/backup", KeyPermission.BACKUP, "back up a key", this::backup),
                route("PUT", KEY, KeyPermission.IMPORT, "import a key", this::importKey),
                route("GET", KEY, KeyPermission.GET, "get a key's current version", this::get),
                route("PATCH", KEY, KeyPermission.UPDATE, "update a key's current version", this::update),
                route("DELETE", KEY, KeyPermission.DELETE, "delete a key", this::delete),
                route("GET", VERSIONS, KeyPermission.LIST, "list a key's versions", this::versions),
                route("GET", POLICY, KeyPermission.GET_POLICY, "get a key's rotation policy", this::policy),
                route("PUT", POLICY, KeyPermission.SET_POLICY, "set a key's rotation policy", this::setPolicy),
                route("GET", VERSION, KeyPermission.GET, "get a version of a key", this::get),
                route("PATCH", VERSION, KeyPermission.UPDATE, "update a version of a key", this::update));
    }

    private Route vaultRoute(
            String method, String path, KeyPermission permission, String summary, Function<Exchange, Answer> handler) {
        return Route.of(method, path, permission.dataAction(), summary, e -> {
            gate.admit(e, permission, Optional.empty());
            return handler.apply(e);
        });
    }

    private Route route(
            String method, String path, KeyPermission permission, String summary, Function<Exchange, Answer> handler) {
        return Route.of(method, path, permission.dataAction(), summary, e -> {
            gate.admit(e, permission, Optional.of(e.parameter("key")));
            return handler.apply(e);
        });
    }

    private Key key(Exchange exchange) {
        String name = exchange.parameter("key");
        return keys.find(gate.vault(exchange), name).orElseThrow(() -> KeyErrors.notFound(name));
    }

    private static KeyVersion version(Exchange exchange, Key key) {
        return exchange.maybeParameter("version")
                .map(v -> key.version(v).orElseThrow(() -> KeyErrors.notFound(key.name() + "/" + v)))
                .orElseGet(key::current);
    }

    private Answer bundle(Exchange exchange, Key key, KeyVersion version) {
        return Answer.ok(KeyJson.bundle(exchange, gate.vault(exchange), key, version));
    }

    private Answer create(Exchange exchange) {
        KeyRequest asked = KeyRequest.ofDataPlane(exchange.json());
        Key key = keys.create(gate.vault(exchange), exchange.parameter("key"), asked);
        return bundle(exchange, key, key.current());
    }

    private Answer importKey(Exchange exchange) {
        Map<String, Object> body = exchange.json();
        Map<String, Object> jwk = Json.map(body, "key");
        boolean inHardware = Json.flag(body, "Hsm").orElse(false);
        String kty = Json.text(jwk, "kty").orElse("");
        Map<String, Object> asCreated = Json.merge(
                body,
                Json.object(
                        "kty", inHardware && !kty.endsWith("-HSM") ? kty + "-HSM" : kty,
                        "crv", Json.orAbsent(jwk.get("crv")),
                        "key_ops", Json.orAbsent(jwk.get("key_ops"))));
        KeyRequest asked = KeyRequest.ofDataPlane(asCreated);
        Key key = keys.importKey(gate.vault(exchange), exchange.parameter("key"), asked, Jwk.pair(jwk));
        return bundle(exchange, key, key.current());
    }

    private Answer get(Exchange exchange) {
        Key key = key(exchange);
        return bundle(exchange, key, version(exchange, key));
    }

    private Answer list(Exchange exchange) {
        Vault vault = gate.vault(exchange);
        return Paging.page(
                exchange,
                keys.all(vault).stream()
                        .map(k -> KeyJson.item(exchange, vault, KeyJson.keyUrl(exchange, k), k.current()))
                        .toList());
    }

    private Answer versions(Exchange exchange) {
        Vault vault = gate.vault(exchange);
        // a key that is not there has no versions, which is no error
        return Paging.pageOfVersions(
                exchange,
                keys.find(vault, exchange.parameter("key")).stream()
                        .flatMap(key -> key.versions().stream()
                                .map(v -> KeyJson.item(exchange, vault, KeyJson.versionUrl(exchange, key, v), v)))
                        .toList());
    }

    private Answer update(Exchange exchange) {
        Key key = key(exchange);
        KeyVersion before = version(exchange, key);
        Map<String, Object> body = exchange.json();
        Map<String, Object> attributes = Json.map(body, "attributes");
        KeyVersion changed = new KeyVersion(
                before.version(),
                before.kty(),
                body.get("key_ops") == null
                        ? before.operations()
                        : KeyRequest.operations(Json.list(body, "key_ops"), before.isRsa()),
                before.curve(),
                before.pair(),
                Json.flag(attributes, "enabled").orElse(before.enabled()),
                attributes.containsKey("nbf") ? KeyRequest.time(body, "nbf") : before.notBefore(),
                attributes.containsKey("exp") ? KeyRequest.time(body, "exp") : before.expires(),
                before.createdAt(),
                world.now(),
                body.get("tags") == null ? before.tags() : Json.map(body, "tags"));
        return bundle(exchange, keys.put(key.withChanged(changed)), changed);
    }

    private Answer rotate(Exchange exchange) {
        Key key = key(exchange);
        Key rotated = keys.rotate(gate.vault(exchange), key, world.now(), Rotation.expiry(key, world.now()));
        return bundle(exchange, rotated, rotated.current());
    }

    private Answer delete(Exchange exchange) {
        Vault vault = gate.vault(exchange);
        Key deleted = keys.put(key(exchange).withDeletedAt(world.now()));
        return Answer.ok(Json.merge(
                KeyJson.deletion(exchange, vault, deleted),
                KeyJson.bundle(exchange, vault, deleted, deleted.current())));
    }

    private Answer policy(Exchange exchange) {
        Key key = key(exchange);
        Map<String, Object> policy = Optional.ofNullable(key.rotationPolicy()).orElseGet(KeyRoutes::defaultPolicy);
        return Answer.ok(Json.merge(Json.object("id", KeyJson.keyUrl(exchange, key) + "/rotationpolicy"), policy));
    }

    private static Map<String, Object> defaultPolicy() {
        return Json.object(
                "lifetimeActions",
                List.of(Json.object(
                        "trigger", Json.object("timeBeforeExpiry", "P30D"),
                        "action", Json.object("type", "Notify"))),
                "attributes",
                Map.of());
    }

    private Answer setPolicy(Exchange exchange) {
        Key key = key(exchange);
        Map<String, Object> asked = exchange.json();
        Rotation.check(asked);
        long now = world.now().getEpochSecond();
        Object created = Optional.ofNullable(key.rotationPolicy())
                .flatMap(p -> Json.at(p, "attributes.created"))
                .orElse(now);
        Map<String, Object> policy = Json.object(
                "lifetimeActions", Json.list(asked, "lifetimeActions"),
                "attributes",
                        Json.merge(Json.map(asked, "attributes"), Json.object("created", created, "updated", now)));
        keys.put(key.withRotationPolicy(policy));
        return policy(exchange);
    }

    private Answer backup(Exchange exchange) {
        Key key = key(exchange);
        String blob = Jwk.text(world.ids().hex32().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        world.table(Backup.class).put(blob, new Backup(blob, key));
        return Answer.ok(Json.object("value", blob));
    }

    private Answer restore(Exchange exchange) {
        Vault vault = gate.vault(exchange);
        String value = Json.text(exchange.json(), "value").orElse("");
        Key saved = world.table(Backup.class)
                .first(backup -> backup.blob().equals(value))
                .map(Backup::key)
                .orElseThrow(() -> AzureError.of(
                        400, "Malformed backup blob", "Backup blob contains invalid or corrupt version."));
        if (keys.deleted(vault, saved.name()).isPresent()) {
            throw KeyErrors.isDeleted(saved.name());
        }
        if (keys.find(vault, saved.name()).isPresent()) {
            throw AzureError.of(409, "Conflict", "A key with that name already exists: " + saved.name());
        }
        Key restored = keys.put(new Key(vault.id(), saved.name(), saved.versions(), saved.rotationPolicy(), null));
        return bundle(exchange, restored, restored.current());
    }

    /** What a backup's bytes stand for: they name it, since the fake's keys never leave it either. */
    private record Backup(String blob, Key key) {}
}

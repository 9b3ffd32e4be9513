package io.xtcmk.testing.sql;

import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.cmk.BrokenLink;
import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.Regions;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server's keys: those that it may use, of which the encryption protector names one. */
final class ServerKeys {
    private static final String TYPE = Protection.KEYS;
    private static final String KEYS = SqlServers.SERVER + "/keys";
    private static final String KEY = KEYS + "/{key}";

    private final World world;
    private final SqlOperations operations;
    private final Protection protection;

    ServerKeys(World world, SqlOperations operations, Protection protection) {
        this.world = world;
        this.operations = operations;
        this.protection = protection;
    }

    List<Route> routes() {
        return List.of(
                Route.of("PUT", KEY, TYPE + "/write", "add a key of a vault", this::put),
                Route.of("GET", KEY, TYPE + "/read", "a server's key", this::get),
                Route.of("DELETE", KEY, TYPE + "/delete", "remove a key", this::delete),
                Route.of("GET", KEYS, TYPE + "/read", "a server's keys", this::list));
    }

    private Resource server(Exchange exchange) {
        Resource server = Arm.resource(exchange, SqlServers.TYPE, exchange.parameter("server"));
        protection.rotate(server);
        return server;
    }

    private Answer put(Exchange exchange) {
        Resource server = server(exchange);
        KeyIdentifier key = asked(exchange);
        return operations.begin(
                exchange,
                server.id(),
                server,
                "serverKey",
                "UpsertLogicalServerEncryptionKeys",
                () -> add(exchange, server.id(), key));
    }

    private static KeyIdentifier asked(Exchange exchange) {
        Map<String, Object> body = exchange.json();
        if (Json.map(body, "properties").isEmpty()) {
            throw SqlErrors.badRequest(
                    "InvalidKeyUpsertRequest",
                    "The create server key request does not exist or has no properties object.");
        }
        String type = Json.text(body, "properties.serverKeyType").orElse("");
        if (type.equalsIgnoreCase(Protection.SERVICE_MANAGED)) {
            throw SqlErrors.badRequest(
                    "InvalidUpsertKeyType",
                    "Service-managed TDE keys are managed by the service. Service-managed TDE keys don't support Create or"
                            + " Update by the user.");
        }
        if (!type.equalsIgnoreCase(Protection.CUSTOMER_MANAGED)) {
            throw SqlErrors.badRequest("InvalidKeyType", "The create server key type is not supported.");
        }
        String uri = Json.text(body, "properties.uri")
                .filter(u -> !u.isBlank())
                .orElseThrow(() -> SqlErrors.badRequest(
                        "SecurityAzureKeyVaultUrlNullOrEmpty",
                        "The operation could not be completed because the Azure Key Vault Uri is null or empty."));
        KeyIdentifier key = ServerRequest.key(uri);
        if (key.version() == null || !Protection.keyName(key).equalsIgnoreCase(exchange.parameter("key"))) {
            throw SqlErrors.badRequest("InvalidKeyName", "An invalid value was given for the server key name.");
        }
        return key;
    }

    private Object add(Exchange exchange, String serverId, KeyIdentifier key) {
        Resource server = Arm.remaining(world, serverId);
        try {
            protection.add(server, key);
        } catch (BrokenLink broken) {
            throw SqlErrors.ofKey(broken, server.name());
        }
        Resource added = world.resources()
                .find(serverId + "/keys/" + Protection.keyName(key))
                .orElseThrow();
        return shown(server, added.body(), exchange);
    }

    private Answer get(Exchange exchange) {
        Resource server = server(exchange);
        String name = exchange.parameter("key");
        return name.equalsIgnoreCase(Protection.SERVICE_MANAGED)
                ? Answer.ok(shown(server, serviceManaged(server), exchange))
                : Answer.ok(shown(
                        server,
                        Arm.find(exchange, TYPE, server.name(), name)
                                .orElseThrow(() -> SqlErrors.notFound(TYPE, name))
                                .body(),
                        exchange));
    }

    private static Map<String, Object> serviceManaged(Resource server) {
        return Json.object(
                "kind",
                "servicemanaged",
                "location",
                Regions.displayName(server.text("location").orElse("")),
                "properties",
                Json.object("serverKeyType", Protection.SERVICE_MANAGED),
                "id",
                server.id() + "/keys/" + Protection.SERVICE_MANAGED,
                "name",
                Protection.SERVICE_MANAGED,
                "type",
                TYPE);
    }

    /**
     * From 2020-11-01-preview on, a customer's key tells whether it is followed; before, the service's own key had no
     * place. The specification's examples leave out type and URI, and Azure does not.
     */
    private Map<String, Object> shown(Resource server, Map<String, Object> key, Exchange exchange) {
        boolean isOwn = Protection.SERVICE_MANAGED.equals(key.get("name"));
        if (exchange.apiVersion().compareTo("2020-11-01") < 0) {
            return isOwn ? Json.without(key, "location") : key;
        }
        return isOwn
                ? key
                : Json.with(
                        key,
                        "properties.autoRotationEnabled",
                        protection.follows(server, String.valueOf(key.get("name"))));
    }

    private Answer list(Exchange exchange) {
        Resource server = server(exchange);
        List<Map<String, Object>> keys = new ArrayList<>();
        keys.add(shown(server, serviceManaged(server), exchange));
        Arm.below(exchange, server.id(), TYPE).forEach(k -> keys.add(shown(server, k.body(), exchange)));
        return Arm.list(exchange, keys);
    }

    private Answer delete(Exchange exchange) {
        Resource server = server(exchange);
        Optional<Resource> key = Arm.find(exchange, TYPE, server.name(), exchange.parameter("key"));
        if (key.isEmpty()) {
            return Answer.empty(204);
        }
        if (protection
                .customerKey(server)
                .map(Protection::keyName)
                .filter(key.get().name()::equalsIgnoreCase)
                .isPresent()) {
            throw AzureError.of(
                    409,
                    "AzureKeyVaultKeyInUse",
                    "The key '" + key.get().name() + "' is currently being used by the server.");
        }
        world.resources().remove(key.get().id());
        return Answer.empty(200);
    }
}

package io.xtcmk.testing.sql;

import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.cmk.BrokenLink;
import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server's encryption protector: which of its keys protects its databases. */
final class EncryptionProtectors {
    private static final String TYPE = Protection.PROTECTOR;
    private static final String PROTECTORS = SqlServers.SERVER + "/encryptionProtector";
    private static final String PROTECTOR = PROTECTORS + "/{protector}";

    private final World world;
    private final SqlOperations operations;
    private final Protection protection;
    private final KeyHealth health;

    EncryptionProtectors(World world, SqlOperations operations, Protection protection, KeyHealth health) {
        this.world = world;
        this.operations = operations;
        this.protection = protection;
        this.health = health;
    }

    List<Route> routes() {
        return List.of(
                Route.of("PUT", PROTECTOR, TYPE + "/write", "change the protector", this::put),
                Route.of("GET", PROTECTOR, TYPE + "/read", "the protector", this::get),
                Route.of("GET", PROTECTORS, TYPE + "/read", "the protector, as a list", this::list),
                Route.of(
                        "POST",
                        PROTECTOR + "/revalidate",
                        TYPE + "/revalidate/action",
                        "open the databases again once the key is back",
                        this::revalidate));
    }

    private Resource server(Exchange exchange) {
        Resource server = Arm.resource(exchange, SqlServers.TYPE, exchange.parameter("server"));
        protection.rotate(server);
        return server;
    }

    private static void checkName(Exchange exchange) {
        if (!exchange.parameter("protector").equalsIgnoreCase("current")) {
            throw SqlErrors.badRequest(
                    "InvalidEncryptionProtectorName", "The encryption protector key name is not supported.");
        }
    }

    private Answer get(Exchange exchange) {
        checkName(exchange);
        return Answer.ok(protection.protector(server(exchange)).body());
    }

    private Answer list(Exchange exchange) {
        return Arm.listOf(exchange, List.of(protection.protector(server(exchange))));
    }

    private Answer put(Exchange exchange) {
        checkName(exchange);
        Resource server = server(exchange);
        String type = Json.text(exchange.json(), "properties.serverKeyType").orElse("");
        if (type.equalsIgnoreCase(Protection.SERVICE_MANAGED)) {
            return begin(exchange, server, "UpsertLogicalServerEncryptionprotector", () -> release(server.id()));
        }
        if (!type.equalsIgnoreCase(Protection.CUSTOMER_MANAGED)) {
            throw SqlErrors.badRequest("InvalidKeyType", "The create server key type is not supported.");
        }
        KeyIdentifier key = key(exchange, server);
        boolean follow =
                Json.flag(exchange.json(), "properties.autoRotationEnabled").orElse(false);
        return begin(
                exchange, server, "UpsertLogicalServerEncryptionprotector", () -> protect(server.id(), key, follow));
    }

    private Answer begin(Exchange exchange, Resource server, String name, Supplier<@Nullable Object> work) {
        return operations.begin(exchange, server.id(), server, "encryptionProtector", name, work);
    }

    private KeyIdentifier key(Exchange exchange, Resource server) {
        String name = Json.text(exchange.json(), "properties.serverKeyName").orElse("");
        return world.resources()
                .find(server.id() + "/keys/" + name)
                .flatMap(k -> k.text("properties.uri"))
                .map(KeyIdentifier::parse)
                .orElseThrow(() -> AzureError.of(
                        404,
                        "ServerKeyNotFound",
                        "The requested server key '" + name + "' was not found on the current subscription."));
    }

    private Object protect(String serverId, KeyIdentifier key, boolean follow) {
        Resource server = Arm.remaining(world, serverId);
        attempt(server, () -> protection.protect(server, server, key, follow));
        health.reset(server);
        world.resources().put(serverId, server.withBody(Json.with(server.body(), "properties.keyId", key.toString())));
        return protection.protector(server).body();
    }

    private Object release(String serverId) {
        Resource server = Arm.remaining(world, serverId);
        attempt(server, () -> protection.release(server));
        health.reset(server);
        world.resources().put(serverId, server.withBody(Json.without(server.body(), "properties.keyId")));
        return protection.protector(server).body();
    }

    private Answer revalidate(Exchange exchange) {
        checkName(exchange);
        Resource server = server(exchange);
        return begin(exchange, server, "RevalidateLogicalServerEncryptionProtector", () -> {
            Resource remaining = Arm.remaining(world, server.id());
            attempt(remaining, () -> protection.check(remaining));
            health.reset(remaining);
            return null;
        });
    }

    private static void attempt(Resource server, Runnable work) {
        try {
            work.run();
        } catch (BrokenLink broken) {
            throw SqlErrors.ofKey(broken, server.name());
        }
    }
}

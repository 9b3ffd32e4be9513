package io.xtcmk.testing.sql;

import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.cmk.BrokenLink;
import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.Rbac;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Databases, open or closed with the key of their server, and their transparent data encryption. */
final class SqlDatabases {
    static final String TYPE = "Microsoft.Sql/servers/databases";

    private static final String DATABASES = SqlServers.SERVER + "/databases";
    private static final String DATABASE = DATABASES + "/{database}";
    private static final String TDE = DATABASE + "/transparentDataEncryption";
    static final String TDE_KIND = "transparentDataEncryption";
    private static final String TDE_TYPE = TYPE + "/transparentDataEncryption";

    private static final String SINCE_SCAN_STATE = "2024-11-01";

    private final World world;
    private final SqlOperations operations;
    private final Protection protection;
    private final KeyHealth health;

    SqlDatabases(World world, SqlOperations operations, Protection protection, KeyHealth health) {
        this.world = world;
        this.operations = operations;
        this.protection = protection;
        this.health = health;
    }

    List<Route> routes() {
        return List.of(
                Route.of("PUT", DATABASE, TYPE + "/write", "create a database, or change it", this::put),
                Route.of("PATCH", DATABASE, TYPE + "/write", "change a database", this::patch),
                Route.of("GET", DATABASE, TYPE + "/read", "a database", this::get),
                Route.of("DELETE", DATABASE, TYPE + "/delete", "drop a database", this::delete),
                Route.of("GET", DATABASES, TYPE + "/read", "a server's databases", this::list),
                Route.of(
                        "GET",
                        SqlServers.SERVER + "/inaccessibleDatabases",
                        "Microsoft.Sql/servers/inaccessibleDatabases/read",
                        "those closed for want of their key",
                        this::inaccessible),
                Route.of("GET", TDE + "/{tde}", TDE_TYPE + "/read", "whether it is encrypted", this::tde),
                Route.of("PUT", TDE + "/{tde}", TDE_TYPE + "/write", "encrypt it, or not", this::putTde),
                Route.of("GET", TDE, TDE_TYPE + "/read", "the same as a list", e -> Arm.list(e, List.of(tdeOf(e)))));
    }

    private static Resource server(Exchange exchange) {
        return Arm.resource(exchange, SqlServers.TYPE, exchange.parameter("server"));
    }

    private static Resource database(Exchange exchange) {
        return Arm.resource(exchange, TYPE, server(exchange).name(), exchange.parameter("database"));
    }

    private Answer put(Exchange exchange) {
        Resource server = server(exchange);
        String name = exchange.parameter("database");
        String id = server.id() + "/databases/" + name;
        Optional<Resource> existing = world.resources().find(id);
        Resource asked = existing.map(d -> DatabaseBody.changed(exchange, d))
                .orElseGet(() ->
                        DatabaseBody.create(exchange, id, Arm.requiredLocation(exchange), DatabaseSource.of(exchange)));
        return begin(exchange, server, existing.isEmpty() ? "CreateLogicalDatabase" : "UpdateLogicalDatabase", asked);
    }

    private Answer patch(Exchange exchange) {
        return begin(
                exchange,
                server(exchange),
                "UpdateLogicalDatabase",
                DatabaseBody.changed(exchange, database(exchange)));
    }

    private Answer begin(Exchange exchange, Resource server, String name, Resource asked) {
        operations.checkIdle(server);
        return operations.begin(exchange, asked.id(), server, "database", name, () -> {
            checkKey(Arm.remaining(world, server.id()));
            world.resources().put(asked.id(), asked);
            return DatabaseBody.shown(exchange, asked.body());
        });
    }

    /** A database begins with its server's key, and goes nowhere without. */
    private void checkKey(Resource server) {
        try {
            protection.check(server);
        } catch (BrokenLink broken) {
            throw SqlErrors.ofKey(broken, server.name());
        }
    }

    void putMaster(Resource server) {
        Resource master = DatabaseBody.master(server, world);
        world.resources().put(master.id(), master);
    }

    private Answer get(Exchange exchange) {
        Resource server = server(exchange);
        return Answer.ok(shown(exchange, database(exchange), health.isInaccessible(server)));
    }

    private static Map<String, Object> shown(Exchange exchange, Resource database, boolean inaccessible) {
        boolean closed = inaccessible && !database.name().equals("master");
        Map<String, Object> body = DatabaseBody.shown(exchange, database.body());
        return Json.with(body, "properties.status", closed ? "Inaccessible" : "Online");
    }

    private Answer list(Exchange exchange) {
        Resource server = server(exchange);
        boolean inaccessible = health.isInaccessible(server);
        return Arm.list(
                exchange,
                Arm.below(exchange, server.id(), TYPE).stream()
                        .map(d -> shown(exchange, d, inaccessible))
                        .toList());
    }

    private Answer inaccessible(Exchange exchange) {
        Resource server = server(exchange);
        boolean inaccessible = health.isInaccessible(server);
        return Arm.list(
                exchange,
                Arm.below(exchange, server.id(), TYPE).stream()
                        .map(d -> shown(exchange, d, inaccessible))
                        .filter(d ->
                                Json.text(d, "properties.status").orElse("").equals("Inaccessible"))
                        .toList());
    }

    private Answer delete(Exchange exchange) {
        Resource server = server(exchange);
        Optional<Resource> database = Arm.find(exchange, TYPE, server.name(), exchange.parameter("database"));
        if (database.isEmpty()) {
            return Answer.empty(204);
        }
        String id = database.get().id();
        operations.checkIdle(server);
        return operations.begin(exchange, id, server, "database", "DropLogicalDatabase", () -> {
            world.resources()
                    .where(r -> Rbac.isWithin(r.id(), id))
                    .forEach(r -> world.resources().remove(r.id()));
            return null;
        });
    }

    private Answer tde(Exchange exchange) {
        return Answer.ok(tdeOf(exchange));
    }

    private Map<String, Object> tdeOf(Exchange exchange) {
        Resource database = database(exchange);
        String state = world.resources()
                .find(tdeId(database))
                .flatMap(tde -> tde.text("properties.state"))
                .orElse(database.name().equals("master") ? "Disabled" : "Enabled");
        return tdeBody(exchange, database, state);
    }

    private static String tdeId(Resource database) {
        return database.id() + "/transparentDataEncryption/Current";
    }

    private static Map<String, Object> tdeBody(Exchange exchange, Resource database, String state) {
        boolean tellsOfScan = exchange.apiVersion().compareTo(SINCE_SCAN_STATE) >= 0;
        String scan = state.equalsIgnoreCase("Enabled") ? "Complete" : "None";
        return Json.object(
                "properties",
                Json.object("state", state, "scanState", tellsOfScan ? scan : Json.ABSENT),
                "id",
                tdeId(database),
                "name",
                "Current",
                "type",
                TDE_TYPE);
    }

    private Answer putTde(Exchange exchange) {
        Resource database = database(exchange);
        String state = Json.text(exchange.json(), "properties.state").orElse("");
        if (!state.equalsIgnoreCase("Enabled") && !state.equalsIgnoreCase("Disabled")) {
            throw SqlErrors.badRequest("InvalidParameterValue", "An invalid value was given to parameter state.");
        }
        Resource server = server(exchange);
        operations.checkIdle(server);
        if (health.isInaccessible(server)) {
            throw AzureError.of(
                    409,
                    "DatabaseIsNotOnline",
                    "The database '" + database.name() + "' is inaccessible: its server's key cannot be used.");
        }
        return operations.begin(exchange, database.id(), server, TDE_KIND, "UpdateLogicalDatabase", () -> {
            Map<String, Object> body = tdeBody(exchange, Arm.remaining(world, database.id()), state);
            world.resources().put(tdeId(database), new Resource(tdeId(database), body, world.now()));
            return body;
        });
    }
}

package io.xtcmk.testing.sql;

import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.arm.ArmRoutes;
import io.xtcmk.testing.arm.Removal;
import io.xtcmk.testing.cmk.AttachedIdentities;
import io.xtcmk.testing.cmk.CustomerKeys;
import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Operations;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Microsoft.Sql: servers, their keys and encryption protectors, databases. */
public final class SqlServers implements ArmRoutes {
    static final String TYPE = "Microsoft.Sql/servers";
    static final String COLLECTION = "/providers/Microsoft.Sql/servers";
    static final String SERVER = Arm.GROUP + COLLECTION + "/{server}";

    private final World world;
    private final SqlOperations operations;
    private final ServerChange change;
    private final Protection protection;
    private final ServerKeys keys;
    private final EncryptionProtectors protectors;
    private final SqlDatabases databases;
    private final FirewallRules firewallRules;

    /**
     * The provider over one world.
     *
     * @param world the state
     * @param operations long-running operations
     * @param customerKeys the walk to customers' keys
     */
    public SqlServers(World world, Operations operations, CustomerKeys customerKeys) {
        this.world = world;
        this.operations = new SqlOperations(world, operations);
        this.protection = new Protection(world, customerKeys);
        KeyHealth health = new KeyHealth(world, protection);
        this.databases = new SqlDatabases(world, this.operations, protection, health);
        this.change = new ServerChange(world, protection, health, databases);
        this.keys = new ServerKeys(world, this.operations, protection);
        this.protectors = new EncryptionProtectors(world, this.operations, protection, health);
        this.firewallRules = new FirewallRules(world);
    }

    @Override
    public List<Route> routes() {
        return Stream.of(
                        serverRoutes(),
                        keys.routes(),
                        protectors.routes(),
                        databases.routes(),
                        firewallRules.routes(),
                        operations.routes(),
                        List.of(Capabilities.route()))
                .flatMap(List::stream)
                .toList();
    }

    private List<Route> serverRoutes() {
        return List.of(
                Route.of("PUT", SERVER, TYPE + "/write", "create a server, or change it", this::put),
                Route.of("PATCH", SERVER, TYPE + "/write", "change a server", this::patch),
                Route.of("GET", SERVER, TYPE + "/read", "a server", this::get),
                Route.of("DELETE", SERVER, TYPE + "/delete", "delete a server and its databases", this::delete),
                Route.of("GET", Arm.GROUP + COLLECTION, TYPE + "/read", "the servers of a group", this::ofGroup),
                Route.of("GET", Arm.SUBSCRIPTION + COLLECTION, TYPE + "/read", "those of a subscription", this::all),
                Route.of(
                        "POST",
                        Arm.SUBSCRIPTION + "/providers/Microsoft.Sql/checkNameAvailability",
                        "Microsoft.Sql/checkNameAvailability/action",
                        "whether a server's name is free",
                        this::checkName));
    }

    private Answer put(Exchange exchange) {
        String name = exchange.parameter("server");
        String id = Arm.id(exchange, TYPE, name);
        ServerRequest.checkName(name);
        String location = Arm.requiredLocation(exchange);
        Optional<Resource> existing = world.resources().find(id);
        if (existing.isEmpty()) {
            return create(exchange, id, location);
        }
        AttachedIdentities.checkLocation(existing.get(), location);
        Map<String, Object> identity =
                Json.without(Json.map(existing.get().body(), "identity"), "userAssignedIdentities");
        return update(
                exchange, existing.get(), Json.at(exchange.json(), "identity").isPresent() ? identity : null);
    }

    private Answer create(Exchange exchange, String id, String location) {
        String name = exchange.parameter("server");
        checkFree(name, id);
        ServerRequest.checkLogin(exchange.json());
        Resource server = new Resource(id, ServerBody.create(world, exchange, id, location), exchange.now());
        Resource asked = ServerBody.identified(exchange, server, Map.of());
        Answer answer = begin(exchange, asked, location);
        world.table(Owner.class).put(name, new Owner(id));
        return answer;
    }

    private Answer begin(Exchange exchange, Resource asked, String location) {
        try {
            ServerRequest.checkIdentity(asked.body());
            return operations.begin(
                    exchange,
                    asked.id(),
                    location,
                    "server",
                    "UpsertLogicalServer",
                    () -> ServerBody.shown(exchange, change.create(asked)));
        } catch (AzureError refusal) {
            Removal.of(world, asked);
            throw refusal;
        }
    }

    /** Servers' names are global, and taken from the moment that somebody begins to make one. */
    private void checkFree(String name, String id) {
        Optional<Owner> owner =
                world.table(Owner.class).find(name).filter(o -> !o.serverId().equalsIgnoreCase(id));
        if (owner.filter(this::isHeld).isPresent()) {
            throw SqlErrors.badRequest(
                    "NameAlreadyExists", "The name '" + name + "' already exists. Choose a different name.");
        }
    }

    private boolean isHeld(Owner owner) {
        return world.resources().find(owner.serverId()).isPresent() || operations.isBusy(owner.serverId());
    }

    private Answer patch(Exchange exchange) {
        return update(exchange, Arm.resource(exchange, TYPE, exchange.parameter("server")), null);
    }

    /** PUT says all of the identities, PATCH only what changes. */
    private Answer update(
            Exchange exchange, Resource server, @org.jspecify.annotations.Nullable Map<String, Object> identity) {
        Map<String, Object> before = identity == null ? Json.map(server.body(), "identity") : identity;
        Resource asked = ServerBody.identified(exchange, server.withBody(ServerBody.changed(exchange, server)), before);
        ServerRequest.checkIdentity(asked.body());
        boolean keyNamed = Json.at(exchange.json(), "properties.keyId").isPresent();
        return operations.begin(
                exchange,
                server.id(),
                server,
                "server",
                "UpsertLogicalServer",
                () -> ServerBody.shown(exchange, change.update(asked, keyNamed)));
    }

    private Answer get(Exchange exchange) {
        return Answer.ok(shown(exchange, Arm.resource(exchange, TYPE, exchange.parameter("server"))));
    }

    /** The Entra administrator is shown without {@code $expand} too. */
    private Map<String, Object> shown(Exchange exchange, Resource server) {
        protection.rotate(server);
        return ServerBody.shown(
                exchange, world.resources().find(server.id()).orElse(server).body());
    }

    private Answer ofGroup(Exchange exchange) {
        return list(exchange, Arm.inGroup(exchange, TYPE));
    }

    private Answer all(Exchange exchange) {
        return list(exchange, Arm.inSubscription(exchange, TYPE));
    }

    private Answer list(Exchange exchange, List<Resource> servers) {
        return Arm.list(exchange, servers.stream().map(s -> shown(exchange, s)).toList());
    }

    private Answer delete(Exchange exchange) {
        Optional<Resource> server = Arm.find(exchange, TYPE, exchange.parameter("server"));
        if (server.isEmpty()) {
            return Answer.empty(204);
        }
        return operations.begin(exchange, server.get().id(), server.get(), "server", "DropLogicalServer", () -> {
            world.resources().find(server.get().id()).ifPresent(change::delete);
            return null;
        });
    }

    private Answer checkName(Exchange exchange) {
        String name = Json.text(exchange.json(), "name").orElse("");
        if (!ServerRequest.isName(name)) {
            return unavailable(
                    name,
                    "Invalid",
                    "Specified server name contains unsupported characters or is too long. Server name must be no longer"
                            + " than 63 characters long, contain only lower-case characters or digits, cannot contain"
                            + " '.' or '_' characters and can't start or end with '-' character.");
        }
        boolean taken = world.table(Owner.class).find(name).filter(this::isHeld).isPresent();
        return taken
                ? unavailable(name, "AlreadyExists", "Specified server name is already used")
                : Answer.ok(Json.object("name", name, "available", true));
    }

    private static Answer unavailable(String name, String reason, String message) {
        return Answer.ok(Json.object("name", name, "available", false, "reason", reason, "message", message));
    }

    /** Whose name it is, or was: whether the server is still there, the resources say. */
    record Owner(String serverId) {}
}

package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.ServicePrincipal;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Microsoft.ManagedIdentity: user-assigned identities, each with a service principal in its tenant's directory. */
public final class UserAssignedIdentities implements ArmRoutes {
    static final String TYPE = "Microsoft.ManagedIdentity/userAssignedIdentities";
    private static final String IDENTITIES = Arm.GROUP + "/providers/" + TYPE;
    private static final String IDENTITY = IDENTITIES + "/{name}";
    private static final String ALL = Arm.SUBSCRIPTION + "/providers/" + TYPE;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{2,127}");

    private final World world;

    public UserAssignedIdentities(World world) {
        this.world = world;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("PUT", IDENTITY, TYPE + "/write", "create or update an identity", this::put),
                Route.of("PATCH", IDENTITY, TYPE + "/write", "change an identity's tags", this::patch),
                Route.of("GET", IDENTITY, TYPE + "/read", "get an identity", this::get),
                Route.of("DELETE", IDENTITY, TYPE + "/delete", "delete an identity", this::delete),
                Route.of(
                        "GET",
                        IDENTITIES,
                        TYPE + "/read",
                        "list a group's identities",
                        e -> Arm.listOf(e, Arm.inGroup(e, TYPE))),
                Route.of(
                        "GET",
                        ALL,
                        TYPE + "/read",
                        "list a subscription's identities",
                        e -> Arm.listOf(e, Arm.inSubscription(e, TYPE))));
    }

    private Answer put(Exchange exchange) {
        String name = exchange.parameter("name");
        Optional<Resource> before = Arm.find(exchange, TYPE, name);
        checkName(name);
        String location = Arm.requiredLocation(exchange);
        before.ifPresent(identity -> Arm.checkLocation(identity, location));
        Resource identity = before.orElseGet(() -> create(exchange, name, location));
        Object tags = exchange.json().get("tags");
        Resource tagged = tags == null ? identity : identity.withBody(Json.with(identity.body(), "tags", tags));
        world.resources().put(tagged.id(), tagged);
        return before.isPresent()
                ? Answer.ok(tagged.body())
                : Answer.json(201, tagged.body()).header("Location", tagged.id());
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw AzureError.of(
                    400,
                    "BadRequest",
                    "The resource name '" + name + "' is invalid. It must be 3 to 128 letters, digits, hyphens and"
                            + " underscores, and begin with a letter or digit.");
        }
    }

    private Resource create(Exchange exchange, String name, String location) {
        UUID tenant = exchange.caller().tenantId();
        UUID principal = world.ids().uuid();
        UUID client = world.ids().uuid();
        // this provider alone spells its ids with a small g
        String id = Arm.id(exchange, TYPE, name).replace("/resourceGroups/", "/resourcegroups/");
        world.servicePrincipals()
                .put(
                        principal.toString(),
                        new ServicePrincipal(
                                principal,
                                client,
                                tenant,
                                ServicePrincipal.Kind.ManagedIdentity,
                                name,
                                true,
                                Set.of(),
                                Json.object("alternativeNames", List.of("isExplicit=True", id)),
                                exchange.now()));
        Map<String, Object> body = Json.object(
                "id", id,
                "name", name,
                "type", TYPE,
                "location", location,
                "tags", Map.of(),
                "properties",
                        Json.object(
                                "tenantId", tenant.toString(),
                                "principalId", principal.toString(),
                                "clientId", client.toString()));
        return new Resource(id, body, exchange.now());
    }

    private Answer patch(Exchange exchange) {
        Resource identity = identity(exchange);
        Object tags = exchange.json().getOrDefault("tags", Map.of());
        Resource changed = identity.withBody(Json.with(identity.body(), "tags", tags));
        world.resources().put(changed.id(), changed);
        return Answer.ok(changed.body());
    }

    private Answer get(Exchange exchange) {
        return Answer.ok(identity(exchange).body());
    }

    private static Resource identity(Exchange exchange) {
        return Arm.resource(exchange, TYPE, exchange.parameter("name"));
    }

    private Answer delete(Exchange exchange) {
        Optional<Resource> identity = Arm.find(exchange, TYPE, exchange.parameter("name"));
        identity.ifPresent(i -> Removal.of(world, i));
        return Answer.empty(identity.isPresent() ? 200 : 204);
    }
}

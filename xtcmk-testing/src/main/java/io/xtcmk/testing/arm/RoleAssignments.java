package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.Directory;
import io.xtcmk.testing.world.Rbac;
import io.xtcmk.testing.world.RevokedRole;
import io.xtcmk.testing.world.Role;
import io.xtcmk.testing.world.RoleAssignment;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Microsoft.Authorization: role assignments at any scope, a vault's key included. */
public final class RoleAssignments implements ArmRoutes {
    private static final String TYPE = "Microsoft.Authorization/roleAssignments";
    private static final String ASSIGNMENTS = "/{+scope}/providers/" + TYPE;
    private static final String ASSIGNMENT = ASSIGNMENTS + "/{name}";
    private static final Pattern PRINCIPAL =
            Pattern.compile("(?:principalId eq |assignedTo\\()'([^']+)'", Pattern.CASE_INSENSITIVE);
    private static final Pattern DEFINITION =
            Pattern.compile("(?i).*/providers/Microsoft\\.Authorization/roleDefinitions/([^/]+)");

    private final World world;
    private final Directory directory;

    public RoleAssignments(World world) {
        this.world = world;
        this.directory = new Directory(world);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("PUT", ASSIGNMENT, TYPE + "/write", "assign a role", this::put),
                Route.of("GET", ASSIGNMENT, TYPE + "/read", "get a role assignment", this::get),
                Route.of("DELETE", ASSIGNMENT, TYPE + "/delete", "remove a role assignment", this::delete),
                Route.of("GET", ASSIGNMENTS, TYPE + "/read", "list role assignments", this::list));
    }

    private Answer put(Exchange exchange) {
        String scope = Scopes.existing(exchange);
        String name = guid(
                exchange.parameter("name"),
                "InvalidRoleAssignmentId",
                "The role assignment ID '" + exchange.parameter("name")
                        + "' is not valid. The role assignment ID must be a GUID.");
        Map<String, Object> asked = Json.map(exchange.json(), "properties");
        Role role = role(asked);
        UUID principal = UUID.fromString(guid(
                Json.text(asked, "principalId").orElse(""),
                "InvalidPrincipalId",
                "The Principal ID '" + Json.text(asked, "principalId").orElse("")
                        + "' is not valid. Principal ID must be a GUID."));
        Optional<RoleAssignment> sameName = named(exchange, name);
        if (sameName.isPresent()) {
            return repeated(exchange, sameName.get(), scope, role, principal);
        }
        String type = typeOf(exchange, principal, Json.text(asked, "principalType"));
        checkNew(scope, role, principal);
        return create(exchange, name, scope, role, principal, Json.with(asked, "principalType", type));
    }

    private static String guid(String text, String code, String message) {
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException e) {
            throw AzureError.of(400, code, message);
        }
    }

    private static Role role(Map<String, Object> asked) {
        String id = Json.text(asked, "roleDefinitionId").orElse("");
        Matcher matcher = DEFINITION.matcher(id);
        if (!matcher.matches()) {
            throw AzureError.of(
                    400,
                    "InvalidRoleDefinitionId",
                    "The role definition ID '" + id + "' is not valid. It must be the full resource ID.");
        }
        return RoleDefinitions.named(matcher.group(1)).orElseThrow(() -> RoleDefinitions.missing(matcher.group(1)));
    }

    /** Names are unique within a tenant, whatever the scope. */
    private Optional<RoleAssignment> named(Exchange exchange, String name) {
        return world.roleAssignments()
                .first(a -> a.id().endsWith("/" + name)
                        && Scopes.tenantOf(world, a.scope())
                                .equals(exchange.caller().tenantId()));
    }

    private Answer repeated(Exchange exchange, RoleAssignment before, String scope, Role role, UUID principal) {
        if (!before.scope().equalsIgnoreCase(scope)
                || !before.principalId().equals(principal)
                || !before.roleId().equals(role.id())) {
            throw AzureError.of(
                    400,
                    "RoleAssignmentUpdateNotPermitted",
                    "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
        }
        RoleAssignment changed = before.withBody(changed(exchange, before.body()));
        world.roleAssignments().put(changed.id(), changed);
        return Answer.ok(changed.body());
    }

    /** What is not for ever: a condition and a description; left out, they go. */
    private static Map<String, Object> changed(Exchange exchange, Map<String, Object> before) {
        Map<String, Object> asked = Json.map(exchange.json(), "properties");
        Map<String, Object> body = before;
        for (String name : List.of("condition", "conditionVersion", "description")) {
            body = Json.with(body, "properties." + name, asked.get(name));
        }
        if (Json.map(body, "properties").equals(Json.map(before, "properties"))) {
            return before;
        }
        body = Json.with(body, "properties.updatedOn", Arm.time(exchange.now()));
        return Json.with(
                body, "properties.updatedBy", exchange.caller().objectId().toString());
    }

    /**
     * The type of a principal. With one given, Azure takes the caller's word where it does not know better, since the
     * principal may not have replicated yet.
     */
    private String typeOf(Exchange exchange, UUID principal, Optional<String> type) {
        UUID tenant = exchange.caller().tenantId();
        Optional<String> known = directory.principalType(tenant, principal);
        if (type.isEmpty() && known.isEmpty()) {
            throw AzureError.of(
                    400,
                    "PrincipalNotFound",
                    "Principal " + hex(principal) + " does not exist in the directory " + tenant
                            + ". Check that you have the correct principal ID. If you are creating this principal and"
                            + " then immediately assigning a role, this error might be related to a replication delay."
                            + " In this case, set the role assignment principalType property to a value, such as"
                            + " ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype");
        }
        if (known.isPresent()
                && type.filter(t -> !t.equalsIgnoreCase(known.get())).isPresent()) {
            throw AzureError.of(
                    400,
                    "UnmatchedPrincipalType",
                    "The PrincipalId '" + hex(principal) + "' has type '" + known.get() + "' , which is different from"
                            + " specified PrincipalType '" + type.get() + "'.");
        }
        return known.or(() -> type).orElseThrow();
    }

    private void checkNew(String scope, Role role, UUID principal) {
        world.roleAssignments()
                .first(a -> a.principalId().equals(principal)
                        && a.roleId().equals(role.id())
                        && a.scope().equalsIgnoreCase(scope))
                .ifPresent(existing -> {
                    throw AzureError.of(
                            409,
                            "RoleAssignmentExists",
                            "The role assignment already exists. The ID of the existing role assignment is "
                                    + nameOf(existing).replace("-", "") + ".");
                });
    }

    private Answer create(
            Exchange exchange, String name, String scope, Role role, UUID principal, Map<String, Object> asked) {
        String id = scope + "/providers/" + TYPE + "/" + name;
        String who = exchange.caller().objectId().toString();
        String now = Arm.time(exchange.now());
        Map<String, Object> properties = Json.object(
                "roleDefinitionId",
                RoleDefinitions.idOf(role, scope),
                "principalId",
                principal.toString(),
                "principalType",
                Json.text(asked, "principalType").orElseThrow(),
                "scope",
                scope,
                "condition",
                asked.get("condition"),
                "conditionVersion",
                asked.get("conditionVersion"),
                "createdOn",
                now,
                "updatedOn",
                now,
                "createdBy",
                who,
                "updatedBy",
                who,
                "delegatedManagedIdentityResourceId",
                null,
                "description",
                asked.get("description"));
        Map<String, Object> body = Json.object("properties", properties, "id", id, "type", TYPE, "name", name);
        world.roleAssignments()
                .put(
                        id,
                        new RoleAssignment(
                                id, scope, role.id(), principal, body, world.after(world.settings().rolePropagation)));
        // the answer to the creation alone names no creator
        return Answer.json(201, Json.with(body, "properties.createdBy", null));
    }

    private Optional<RoleAssignment> find(Exchange exchange) {
        return world.roleAssignments().find(exchange.path());
    }

    private Answer get(Exchange exchange) {
        return Answer.ok(find(exchange)
                .orElseThrow(() -> AzureError.of(
                        404,
                        "RoleAssignmentNotFound",
                        "The role assignment '" + exchange.parameter("name") + "' is not found."))
                .body());
    }

    private Answer delete(Exchange exchange) {
        Optional<RoleAssignment> assignment = find(exchange);
        assignment.ifPresent(a -> RevokedRole.revoke(world, a));
        return assignment.map(a -> Answer.ok(a.body())).orElse(Answer.empty(204));
    }

    private Answer list(Exchange exchange) {
        String scope = Arm.scope(exchange);
        String filter = exchange.query("$filter").orElse("");
        boolean notBelow = filter.toLowerCase(java.util.Locale.ROOT).contains("atscope()");
        Matcher matcher = PRINCIPAL.matcher(filter);
        Optional<String> principal = matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        Predicate<RoleAssignment> wanted =
                a -> Rbac.isWithin(scope, a.scope()) || (!notBelow && Rbac.isWithin(a.scope(), scope));
        return Arm.list(
                exchange,
                world
                        .roleAssignments()
                        .where(wanted.and(a -> principal
                                .map(p -> p.equalsIgnoreCase(a.principalId().toString()))
                                .orElse(true)))
                        .stream()
                        .map(RoleAssignment::body)
                        .toList());
    }

    private static String nameOf(RoleAssignment assignment) {
        return assignment.id().substring(assignment.id().lastIndexOf('/') + 1);
    }

    /** In the messages of this service ids have no dashes. */
    private static String hex(UUID id) {
        return id.toString().replace("-", "");
    }
}

package io.xtcmk.testing;

import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Application.Password;
import io.xtcmk.testing.world.DirectoryRole;
import io.xtcmk.testing.world.GraphPermission;
import io.xtcmk.testing.world.RevokedRole;
import io.xtcmk.testing.world.Role;
import io.xtcmk.testing.world.RoleAssignment;
import io.xtcmk.testing.world.ServicePrincipal;
import io.xtcmk.testing.world.Subscription;
import io.xtcmk.testing.world.Tenant;
import io.xtcmk.testing.world.User;
import io.xtcmk.testing.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a test does in a tenant without asking any service: straight into the tables, under the world's lock. */
final class Hands {
    /** Who was here before the test began has long been replicated, and stays so whatever delay a test sets. */
    private static final Duration AGE = Duration.ofDays(365);

    private static final Duration SECRET_LIFETIME = Duration.ofDays(3650);

    private final World world;
    private final Tenant tenant;
    private final Subscription subscription;

    Hands(World world, Tenant tenant, Subscription subscription) {
        this.world = world;
        this.tenant = tenant;
        this.subscription = subscription;
    }

    /** A registration of this tenant only, with a client secret. */
    Application register(String name) {
        Instant made = world.now().minus(AGE);
        Password password =
                new Password(world.ids().uuid(), "test", world.ids().secret(), made, made.plus(SECRET_LIFETIME));
        Application application = new Application(
                world.ids().uuid(),
                world.ids().uuid(),
                tenant.id(),
                Json.object("displayName", name, "signInAudience", "AzureADMyOrg"),
                List.of(),
                List.of(password),
                List.of(),
                made,
                made,
                null);
        world.applications().put(application.objectId().toString(), application);
        return application;
    }

    ServicePrincipal install(Application application, String... directoryRoles) {
        ServicePrincipal principal = new ServicePrincipal(
                world.ids().uuid(),
                application.appId(),
                tenant.id(),
                ServicePrincipal.Kind.Application,
                application.displayName(),
                true,
                roles(directoryRoles),
                Map.of(),
                application.createdAt());
        put(principal);
        return principal;
    }

    private static Set<DirectoryRole> roles(String... names) {
        return Arrays.stream(names)
                .map(name -> DirectoryRole.named(name)
                        .orElseThrow(() -> new IllegalArgumentException("no directory role is called \"" + name
                                + "\" here; there are " + DirectoryRole.names())))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A person of this tenant. */
    User person(String name, String... directoryRoles) {
        User user = new User(
                world.ids().uuid(),
                tenant.id(),
                name,
                name + "@" + tenant.domain(),
                world.ids().secret(),
                roles(directoryRoles),
                world.now().minus(AGE));
        world.users().put(user.id().toString(), user);
        return user;
    }

    void permit(UUID principalId, String permission) {
        GraphPermission found = GraphPermission.of(permission)
                .orElseThrow(() -> new IllegalArgumentException("no permission of Graph is called \"" + permission
                        + "\" here; there are " + GraphPermission.all()));
        GraphPermission.Grant.add(world, new GraphPermission.Grant(principalId, found));
    }

    Optional<ServicePrincipal> find(UUID clientId) {
        return world.servicePrincipals()
                .first(p -> p.tenantId().equals(tenant.id()) && p.appId().equals(clientId));
    }

    void enable(UUID clientId, boolean enabled) {
        put(find(clientId)
                .orElseThrow(() ->
                        new IllegalArgumentException(clientId + " is not installed in the tenant " + tenant.name()))
                .withEnabled(enabled));
    }

    private void put(ServicePrincipal principal) {
        world.servicePrincipals().put(principal.id().toString(), principal);
    }

    void assign(UUID principalId, String roleName, String scope, Instant effectiveAt) {
        Role role = role(roleName);
        String name = world.ids().uuid().toString();
        String id = scope + "/providers/Microsoft.Authorization/roleAssignments/" + name;
        String now = world.now().toString();
        Map<String, Object> properties = Json.object(
                "roleDefinitionId",
                "/subscriptions/" + subscription.id() + "/providers/Microsoft.Authorization/roleDefinitions/"
                        + role.id(),
                "principalId",
                principalId.toString(),
                "principalType",
                world.users().find(principalId.toString()).isPresent() ? "User" : "ServicePrincipal",
                "scope",
                scope,
                "condition",
                null,
                "conditionVersion",
                null,
                "createdOn",
                now,
                "updatedOn",
                now,
                "createdBy",
                null,
                "updatedBy",
                principalId.toString(),
                "delegatedManagedIdentityResourceId",
                null,
                "description",
                null);
        Map<String, Object> body = Json.object(
                "properties", properties, "id", id, "type", "Microsoft.Authorization/roleAssignments", "name", name);
        world.roleAssignments().put(id, new RoleAssignment(id, scope, role.id(), principalId, body, effectiveAt));
    }

    void unassign(UUID principalId, String roleName, String scope) {
        Role role = role(roleName);
        RoleAssignment found = world.roleAssignments()
                .first(a -> a.principalId().equals(principalId)
                        && a.roleId().equals(role.id())
                        && a.scope().equalsIgnoreCase(scope))
                .orElseThrow(() -> new IllegalArgumentException(
                        principalId + " does not have the role \"" + roleName + "\" at " + scope));
        RevokedRole.revoke(world, found);
    }

    private static Role role(String name) {
        return Role.named(name)
                .orElseThrow(() -> new IllegalArgumentException("no role is called \"" + name + "\" here; there are "
                        + Arrays.stream(Role.values()).map(Role::displayName).toList()));
    }
}

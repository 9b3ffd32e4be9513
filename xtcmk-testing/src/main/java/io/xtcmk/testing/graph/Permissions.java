package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Caller;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.AuthorizationPolicy;
import io.xtcmk.testing.world.DirectoryRole;
import io.xtcmk.testing.world.GraphPermission;
import io.xtcmk.testing.world.ServicePrincipal;
import io.xtcmk.testing.world.User;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the caller may do in its directory: a user by what all users of the tenant may and by directory roles, a program by
 * its directory roles and by the permissions in its token.
 */
final class Permissions {
    /** All users may read; a program needs any role or permission. */
    static final String READ = "directory.read";
    /** Create applications. */
    static final String CREATE = "applications.create";
    /** The handler decides: owners may, too. */
    static final String WRITE = "applications.write";
    /** Change what the tenant lets its users do. */
    static final String POLICY = "policies.write";

    private final World world;

    Permissions(World world) {
        this.world = world;
    }

    /** Refuses what the caller may not, as far as that can be told before the object is known. */
    void check(Exchange exchange, String needs) {
        Rights rights = rights(exchange);
        boolean allowed = switch (needs) {
            case READ -> rights.user() || rights.any(r -> true, p -> true);
            case CREATE -> mayCreate(exchange);
            case POLICY -> rights.any(r -> r == DirectoryRole.GLOBAL_ADMINISTRATOR, p -> false);
            default -> true;
        };
        if (!allowed) {
            throw GraphErrors.denied();
        }
    }

    boolean mayCreate(Exchange exchange) {
        Rights rights = rights(exchange);
        boolean byPolicy = rights.user()
                && AuthorizationPolicy.of(world, exchange.caller().tenantId()).usersMayCreateApps();
        return byPolicy || rights.any(DirectoryRole::createsApplications, GraphPermission::createsApplications);
    }

    /** Whether the caller manages all applications and service principals of its tenant. */
    boolean isAdministrator(Exchange exchange) {
        return rights(exchange).any(DirectoryRole::managesApplications, GraphPermission::managesApplications);
    }

    /** Whether the caller manages an application as its owner; a program needs leave to own any. */
    boolean owns(Exchange exchange, Application application) {
        return application.tenantId().equals(exchange.caller().tenantId())
                && application.owners().contains(exchange.caller().objectId())
                && (exchange.caller().isUser() || mayCreate(exchange));
    }

    void checkMayChange(Exchange exchange, Application application) {
        if (!isAdministrator(exchange) && !owns(exchange, application)) {
            throw GraphErrors.denied();
        }
    }

    private Rights rights(Exchange exchange) {
        Caller caller = exchange.caller();
        String id = caller.objectId().toString();
        Set<DirectoryRole> roles = caller.isUser()
                ? world.users().find(id).map(User::directoryRoles).orElseThrow(Permissions::gone)
                : world.servicePrincipals()
                        .find(id)
                        .filter(ServicePrincipal::enabled)
                        .map(ServicePrincipal::directoryRoles)
                        .orElseThrow(Permissions::gone);
        List<GraphPermission> permissions = caller.permissions().stream()
                .map(GraphPermission::of)
                .flatMap(Optional::stream)
                .toList();
        return new Rights(caller.isUser(), roles, permissions);
    }

    private record Rights(boolean user, Set<DirectoryRole> roles, List<GraphPermission> permissions) {
        boolean any(Predicate<DirectoryRole> role, Predicate<GraphPermission> permission) {
            return roles.stream().anyMatch(role) || permissions.stream().anyMatch(permission);
        }
    }

    private static AzureError gone() {
        return AzureError.of(
                401,
                "Authorization_IdentityNotFound",
                "The identity of the calling application could not be established.");
    }
}

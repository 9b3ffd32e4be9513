package io.xtcmk.testing.world;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Questions about tenants, applications and service principals that more than one service asks. */
public final class Directory {
    private final World world;

    public Directory(World world) {
        this.world = world;
    }

    /** The tenant of a cloud by its GUID or its onmicrosoft.com domain. */
    public Optional<Tenant> tenant(String idOrDomain, Cloud cloud) {
        return world.tenants()
                .first(t -> (t.id().toString().equalsIgnoreCase(idOrDomain)
                                || t.domain().equalsIgnoreCase(idOrDomain))
                        && Cloud.of(t.cloud()) == cloud);
    }

    /** The tenant of this id, known to be there. */
    public Tenant tenant(UUID id) {
        return world.tenants().find(id.toString()).orElseThrow();
    }

    /** The application of a client id in any tenant of the cloud, if it is not deleted and has been replicated. */
    public Optional<Application> application(String clientId, Cloud cloud) {
        return world.applications()
                .first(a -> a.appId().toString().equalsIgnoreCase(clientId)
                        && isVisible(a)
                        && Cloud.of(tenant(a.tenantId()).cloud()) == cloud);
    }

    /** The service principal of a client id in a tenant, if it has been replicated. */
    public Optional<ServicePrincipal> servicePrincipal(UUID tenantId, UUID appId) {
        return world.servicePrincipals()
                .first(p -> p.tenantId().equals(tenantId) && p.appId().equals(appId) && isVisible(p));
    }

    /** {@code ServicePrincipal} or {@code User}, if there is such a principal in the tenant, and it has been replicated. */
    public Optional<String> principalType(UUID tenantId, UUID objectId) {
        String id = objectId.toString();
        if (world.users().find(id).filter(u -> u.tenantId().equals(tenantId)).isPresent()) {
            return Optional.of("User");
        }
        return world.servicePrincipals()
                .find(id)
                .filter(p -> p.tenantId().equals(tenantId) && isVisible(p))
                .map(p -> "ServicePrincipal");
    }

    /** The user of a tenant who signs in by this name. */
    public Optional<User> user(UUID tenantId, String userPrincipalName) {
        return world.users()
                .first(u ->
                        u.tenantId().equals(tenantId) && u.userPrincipalName().equalsIgnoreCase(userPrincipalName));
    }

    /** Whether an application is there for others than its maker. */
    public boolean isVisible(Application application) {
        return !application.isDeleted() && !application.visibleAt().isAfter(world.now());
    }

    /** Whether a service principal is there for others than its maker. */
    public boolean isVisible(ServicePrincipal principal) {
        Instant visibleAt = principal.createdAt().plus(world.settings().directoryReplication);
        return !visibleAt.isAfter(world.now());
    }

    /** Installs an application in a tenant: the service principal that is there already, or a new one. */
    public ServicePrincipal install(Application application, UUID tenantId) {
        return world.servicePrincipals()
                .first(p -> p.tenantId().equals(tenantId) && p.appId().equals(application.appId()))
                .orElseGet(() -> create(application, tenantId));
    }

    private ServicePrincipal create(Application application, UUID tenantId) {
        ServicePrincipal principal = new ServicePrincipal(
                world.ids().uuid(),
                application.appId(),
                tenantId,
                ServicePrincipal.Kind.Application,
                application.displayName(),
                true,
                Set.of(),
                Map.of(),
                world.now());
        world.servicePrincipals().put(principal.id().toString(), principal);
        return principal;
    }
}

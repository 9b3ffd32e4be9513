package io.xtcmk.testing.world;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A principal of a tenant's directory: an installed application, or a managed identity.
 *
 * @param id its object id
 * @param appId the client id of the application or identity behind it
 * @param tenantId the tenant in which it is
 * @param kind {@code Application} or {@code ManagedIdentity}, as Graph's servicePrincipalType
 * @param displayName its name
 * @param enabled Graph's accountEnabled
 * @param directoryRoles what it may do in the directory
 * @param properties the rest of what was set through Graph
 * @param createdAt when it was made
 */
public record ServicePrincipal(
        UUID id,
        UUID appId,
        UUID tenantId,
        Kind kind,
        String displayName,
        boolean enabled,
        Set<DirectoryRole> directoryRoles,
        Map<String, Object> properties,
        Instant createdAt) {

    /** What stands behind a service principal. */
    public enum Kind {
        /** An app registration of this or another tenant. */
        Application,
        /** A managed identity of this tenant. */
        ManagedIdentity
    }

    public ServicePrincipal withEnabled(boolean value) {
        return new ServicePrincipal(
                id, appId, tenantId, kind, displayName, value, directoryRoles, properties, createdAt);
    }

    public ServicePrincipal withDirectoryRoles(Set<DirectoryRole> roles) {
        return new ServicePrincipal(
                id, appId, tenantId, kind, displayName, enabled, Set.copyOf(roles), properties, createdAt);
    }

    public ServicePrincipal withProperties(Map<String, Object> changed) {
        return new ServicePrincipal(
                id, appId, tenantId, kind, displayName, enabled, directoryRoles, changed, createdAt);
    }
}

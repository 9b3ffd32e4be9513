package io.xtcmk.testing.world;

import java.util.UUID;

/**
 * What a tenant lets its users do without any role: Graph's {@code authorizationPolicy}.
 *
 * @param tenantId the tenant
 * @param usersMayConsent whether they may install applications of other tenants by consenting to them
 * @param usersMayCreateApps whether they may register applications
 */
public record AuthorizationPolicy(UUID tenantId, boolean usersMayConsent, boolean usersMayCreateApps) {

    /** The tenant's policy; a new tenant allows both. */
    public static AuthorizationPolicy of(World world, UUID tenantId) {
        return world.table(AuthorizationPolicy.class)
                .find(tenantId.toString())
                .orElse(new AuthorizationPolicy(tenantId, true, true));
    }

    public void put(World world) {
        world.table(AuthorizationPolicy.class).put(tenantId.toString(), this);
    }

    public AuthorizationPolicy withUsersMayConsent(boolean may) {
        return new AuthorizationPolicy(tenantId, may, usersMayCreateApps);
    }

    public AuthorizationPolicy withUsersMayCreateApps(boolean may) {
        return new AuthorizationPolicy(tenantId, usersMayConsent, may);
    }
}

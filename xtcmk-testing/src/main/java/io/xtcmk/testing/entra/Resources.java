package io.xtcmk.testing.entra;

import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Cloud;
import io.xtcmk.testing.world.Directory;
import io.xtcmk.testing.world.Tenant;
import io.xtcmk.testing.world.World;

/** For what tokens can be had: Azure's own services, and applications that are installed in the tenant. */
final class Resources {
    private final World world;
    private final Directory directory;

    Resources(World world) {
        this.world = world;
        this.directory = new Directory(world);
    }

    /** Refuses an audience that is nothing in the tenant. */
    void check(String audience, Cloud cloud, Tenant tenant) {
        if (!cloud.knows(Tokens.withoutSlash(audience)) && !isInstalledApi(audience, tenant)) {
            throw Aadsts.resourceNotFound(audience, tenant.name());
        }
    }

    /** Whether an application that is installed in the tenant offers itself under this audience. */
    private boolean isInstalledApi(String audience, Tenant tenant) {
        return !world.applications()
                .where(a -> directory.isVisible(a)
                        && (a.appId().toString().equals(audience)
                                || Json.list(a.properties(), "identifierUris").contains(audience))
                        && directory.servicePrincipal(tenant.id(), a.appId()).isPresent())
                .isEmpty();
    }
}

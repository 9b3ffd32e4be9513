package io.xtcmk.testing.arm;

import io.xtcmk.testing.keyvault.Vault;
import io.xtcmk.testing.keyvault.Vaults;
import io.xtcmk.testing.world.ManagementLock;
import io.xtcmk.testing.world.Rbac;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;

/**
 * What goes with a resource when it goes: what is below it, the roles and locks on it, an identity's service principal. A vault is
 * only put away, but its roles are lost all the same.
 */
public final class Removal {
    private Removal() {}

    /** Takes a resource away, with all that goes with it. */
    public static void of(World world, Resource resource) {
        String type = resource.text("type").orElse("");
        if (type.equalsIgnoreCase("Microsoft.ManagedIdentity/userAssignedIdentities")) {
            resource.text("properties.principalId").ifPresent(world.servicePrincipals()::remove);
        }
        // a system-assigned identity lives as long as its resource
        resource.text("identity.principalId").ifPresent(world.servicePrincipals()::remove);
        if (type.equalsIgnoreCase(Vault.TYPE)) {
            new Vaults(world).delete(new Vault(resource));
        }
        world.resources()
                .where(r -> Rbac.isWithin(r.id(), resource.id()))
                .forEach(r -> world.resources().remove(r.id()));
        world.roleAssignments()
                .where(a -> Rbac.isWithin(a.scope(), resource.id()))
                .forEach(a -> world.roleAssignments().remove(a.id()));
        world.table(ManagementLock.class)
                .where(l -> Rbac.isWithin(l.scope(), resource.id()))
                .forEach(l -> world.table(ManagementLock.class).remove(l.id()));
    }
}

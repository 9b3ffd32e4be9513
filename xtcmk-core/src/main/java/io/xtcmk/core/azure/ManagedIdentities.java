package io.xtcmk.core.azure;

import com.azure.core.management.Region;
import com.azure.core.util.Context;
import com.azure.resourcemanager.msi.MsiManager;
import com.azure.resourcemanager.msi.fluent.UserAssignedIdentitiesClient;
import com.azure.resourcemanager.msi.fluent.models.IdentityInner;

/** User-assigned managed identities of the connection's subscription. */
public final class ManagedIdentities {
    private final UserAssignedIdentitiesClient client;
    private final Failures failures;

    ManagedIdentities(Arm arm) {
        this.client = MsiManager.authenticate(arm.pipeline(), arm.profile())
                .serviceClient()
                .getUserAssignedIdentities();
        this.failures = arm.failures();
    }

    /** GET. */
    public Look<IdentityInner> find(String resourceGroup, String name) {
        return Look.at(
                () -> failures.call(() -> client.getByResourceGroupWithResponse(resourceGroup, name, Context.NONE)
                        .getValue()));
    }

    /** PUT. */
    public IdentityInner create(String resourceGroup, String name, Region region) {
        IdentityInner identity = new IdentityInner().withLocation(region.name());
        return failures.call(() -> client.createOrUpdateWithResponse(resourceGroup, name, identity, Context.NONE)
                .getValue());
    }
}

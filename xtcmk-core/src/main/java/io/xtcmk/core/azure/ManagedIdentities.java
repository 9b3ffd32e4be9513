package io.xtcmk.core.azure;

import com.azure.core.management.Region;
import com.azure.core.util.Context;
import com.azure.resourcemanager.msi.MsiManager;
import com.azure.resourcemanager.msi.fluent.UserAssignedIdentitiesClient;
import com.azure.resourcemanager.msi.fluent.models.IdentityInner;
import io.xtcmk.core.azure.Shape.Kind;

/** User-assigned managed identities of the connection's subscription. */
public final class ManagedIdentities {
    private static final Shape IDENTITY = Shape.OBJECT
            .must("location", Kind.TEXT)
            .must("properties.clientId", Kind.UUID)
            .must("properties.principalId", Kind.UUID);

    private final UserAssignedIdentitiesClient client;
    private final Arm arm;

    ManagedIdentities(Arm arm) {
        this.arm = arm;
        this.client = MsiManager.authenticate(arm.pipeline(), arm.profile())
                .serviceClient()
                .getUserAssignedIdentities();
    }

    /** GET. */
    public Look<IdentityInner> find(String resourceGroup, String name) {
        return Look.at(() -> arm.call(
                identity(resourceGroup, name),
                () -> client.getByResourceGroupWithResponse(resourceGroup, name, Context.NONE)
                        .getValue()));
    }

    /** PUT. */
    public IdentityInner create(String resourceGroup, String name, Region region) {
        IdentityInner identity = new IdentityInner().withLocation(region.name());
        return arm.call(
                identity(resourceGroup, name),
                () -> client.createOrUpdateWithResponse(resourceGroup, name, identity, Context.NONE)
                        .getValue());
    }

    private Shape identity(String resourceGroup, String name) {
        return IDENTITY.must("id", arm.id(resourceGroup, "Microsoft.ManagedIdentity/userAssignedIdentities", name));
    }
}

package io.xtcmk.core.azure;

import com.azure.core.management.Region;
import com.azure.core.util.Context;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.resources.fluent.ResourceGroupsClient;
import com.azure.resourcemanager.resources.fluent.models.ResourceGroupInner;
import io.xtcmk.core.azure.Shape.Kind;

/** Resource groups of the connection's subscription. */
public final class ResourceGroups {
    private final ResourceGroupsClient client;
    private final Arm arm;

    ResourceGroups(Arm arm) {
        this.arm = arm;
        this.client = ResourceManager.authenticate(arm.pipeline(), arm.profile())
                .withSubscription(arm.profile().getSubscriptionId())
                .serviceClient()
                .getResourceGroups();
    }

    /** Makes a group, or leaves the one that is there: PUT. */
    public ResourceGroupInner create(String name, Region region) {
        ResourceGroupInner group = new ResourceGroupInner().withLocation(region.name());
        return arm.call(
                Shape.OBJECT.must("name", Kind.same(name)),
                () -> client.createOrUpdateWithResponse(name, group, Context.NONE)
                        .getValue());
    }
}

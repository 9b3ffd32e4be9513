package io.xtcmk.core.services.storage;

import com.azure.core.util.Context;
import com.azure.resourcemanager.storage.StorageManager;
import com.azure.resourcemanager.storage.fluent.StorageAccountsClient;
import com.azure.resourcemanager.storage.fluent.models.StorageAccountInner;
import com.azure.resourcemanager.storage.models.StorageAccountCreateParameters;
import com.azure.resourcemanager.storage.models.StorageAccountUpdateParameters;
import io.xtcmk.core.azure.Arm;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.Look;

/** Storage accounts of the connection's subscription. */
public final class StorageAccounts {
    private final StorageAccountsClient client;
    private final Arm arm;

    private StorageAccounts(Arm arm) {
        this.client = StorageManager.authenticate(arm.pipeline(), arm.profile())
                .serviceClient()
                .getStorageAccounts();
        this.arm = arm;
    }

    /** Those of a connection. */
    public static StorageAccounts of(Azure azure) {
        return azure.client(StorageAccounts.class, StorageAccounts::new);
    }

    /** GET. */
    public Look<StorageAccountInner> find(String resourceGroup, String name) {
        return Look.at(
                () -> arm.call(() -> client.getByResourceGroupWithResponse(resourceGroup, name, null, Context.NONE)
                        .getValue()));
    }

    /** PUT, and GET of the operation until it is over: its last answer is the account. */
    public StorageAccountInner create(String resourceGroup, String name, StorageAccountCreateParameters parameters) {
        return arm.run(client.createWithResponseAsync(resourceGroup, name, parameters), StorageAccountInner::fromJson);
    }

    /** PATCH. */
    public StorageAccountInner update(String resourceGroup, String name, StorageAccountUpdateParameters parameters) {
        return arm.call(() -> client.updateWithResponse(resourceGroup, name, parameters, Context.NONE)
                .getValue());
    }
}

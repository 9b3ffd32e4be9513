package io.xtcmk.core.azure;

import com.azure.core.util.Context;
import com.azure.resourcemanager.storage.StorageManager;
import com.azure.resourcemanager.storage.fluent.StorageAccountsClient;
import com.azure.resourcemanager.storage.fluent.models.StorageAccountInner;
import com.azure.resourcemanager.storage.models.StorageAccountCreateParameters;
import com.azure.resourcemanager.storage.models.StorageAccountUpdateParameters;

/** Storage accounts of the connection's subscription. */
public final class StorageAccounts {
    private final StorageAccountsClient client;
    private final Failures failures;
    private final LongRunning longRunning;

    StorageAccounts(Arm arm) {
        this.client = StorageManager.authenticate(arm.pipeline(), arm.profile())
                .serviceClient()
                .getStorageAccounts();
        this.failures = arm.failures();
        this.longRunning = arm.longRunning();
    }

    /** GET. */
    public Look<StorageAccountInner> find(String resourceGroup, String name) {
        return Look.at(
                () -> failures.call(() -> client.getByResourceGroupWithResponse(resourceGroup, name, null, Context.NONE)
                        .getValue()));
    }

    /** PUT, and GET of the operation until it is over: its last answer is the account. */
    public StorageAccountInner create(String resourceGroup, String name, StorageAccountCreateParameters parameters) {
        return longRunning.run(
                client.createWithResponseAsync(resourceGroup, name, parameters), StorageAccountInner::fromJson);
    }

    /** PATCH. */
    public StorageAccountInner update(String resourceGroup, String name, StorageAccountUpdateParameters parameters) {
        return failures.call(() -> client.updateWithResponse(resourceGroup, name, parameters, Context.NONE)
                .getValue());
    }
}

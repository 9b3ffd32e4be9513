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
import io.xtcmk.core.azure.Shape;
import io.xtcmk.core.azure.Shape.Kind;

/** Storage accounts of the connection's subscription. */
public final class StorageAccounts {
    private static final Shape ACCOUNT = Shape.OBJECT
            .must("location", Kind.TEXT)
            .may("identity.userAssignedIdentities", Kind.RESOURCES_BY_ID)
            .must("properties.encryption.keySource", Kind.TEXT)
            .may("properties.encryption.keyvaultproperties.keyvaulturi", Kind.VAULT_URL)
            .may("properties.encryption.keyvaultproperties.keyname", Kind.KEY_NAME)
            .may("properties.encryption.keyvaultproperties.keyversion", Kind.KEY_VERSION.orBlank())
            .may("properties.encryption.keyvaultproperties.currentVersionedKeyIdentifier", Kind.KEY_URL.orBlank())
            .may("properties.encryption.keyvaultproperties.currentVersionedKeyExpirationTimestamp", Kind.TIME)
            .may("properties.encryption.identity.userAssignedIdentity", Kind.RESOURCE_ID.orBlank())
            .may("properties.encryption.identity.federatedIdentityClientId", Kind.UUID.orBlank());

    private final StorageAccountsClient client;
    private final Arm arm;

    private StorageAccounts(Arm arm) {
        this.arm = arm;
        this.client = StorageManager.authenticate(arm.pipeline(), arm.profile())
                .serviceClient()
                .getStorageAccounts();
    }

    /** Those of a connection. */
    public static StorageAccounts of(Azure azure) {
        return azure.client(StorageAccounts.class, StorageAccounts::new);
    }

    /** GET. */
    public Look<StorageAccountInner> find(String resourceGroup, String name) {
        return Look.at(() -> arm.call(
                account(resourceGroup, name),
                () -> client.getByResourceGroupWithResponse(resourceGroup, name, null, Context.NONE)
                        .getValue()));
    }

    /** PUT, and GET of the operation until it is over: its last answer is the account. */
    public StorageAccountInner create(String resourceGroup, String name, StorageAccountCreateParameters parameters) {
        return arm.run(
                client.createWithResponseAsync(resourceGroup, name, parameters),
                account(resourceGroup, name),
                StorageAccountInner::fromJson);
    }

    /** PATCH. */
    public StorageAccountInner update(String resourceGroup, String name, StorageAccountUpdateParameters parameters) {
        return arm.call(
                account(resourceGroup, name),
                () -> client.updateWithResponse(resourceGroup, name, parameters, Context.NONE)
                        .getValue());
    }

    private Shape account(String resourceGroup, String name) {
        return ACCOUNT.must("id", arm.id(resourceGroup, "Microsoft.Storage/storageAccounts", name));
    }
}

package io.xtcmk.core;

import io.xtcmk.FederatedAppDefinition;
import io.xtcmk.KeyOwnership;
import io.xtcmk.ProviderTenant;
import io.xtcmk.SqlServerEncryption;
import io.xtcmk.StorageEncryption;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.ResourceId;

/** The provider's tenant. */
final class CoreProviderTenant implements ProviderTenant {
    private final Azure azure;

    CoreProviderTenant(Azure azure) {
        this.azure = azure;
    }

    @Override
    public FederatedAppDefinition application(String uniqueName) {
        return new CoreFederatedAppDefinition(azure, Names.application(uniqueName));
    }

    @Override
    public KeyOwnership ownership(AuthorizedKey key) {
        AuthorizedKey given = Names.notNull("key", key);
        Keys.checkCloud(azure, given.key());
        return new CoreKeyOwnership(azure, given);
    }

    @Override
    public StorageEncryption storage(String resourceGroup, String accountName) {
        return new CoreStorageEncryption(
                azure,
                ResourceId.of(
                        azure.connection().subscriptionId(),
                        Names.resourceGroup(resourceGroup),
                        "Microsoft.Storage/storageAccounts",
                        Names.storageAccount(accountName)));
    }

    @Override
    public SqlServerEncryption sql(String resourceGroup, String serverName) {
        return new CoreSqlServerEncryption(
                azure,
                ResourceId.of(
                        azure.connection().subscriptionId(),
                        Names.resourceGroup(resourceGroup),
                        "Microsoft.Sql/servers",
                        Names.sqlServer(serverName)));
    }
}

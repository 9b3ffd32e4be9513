package io.xtcmk.core;

import io.xtcmk.FederatedAppDefinition;
import io.xtcmk.KeyOwnership;
import io.xtcmk.ProviderTenant;
import io.xtcmk.ProviderVerification;
import io.xtcmk.SqlServerEncryption;
import io.xtcmk.StorageEncryption;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.diagnosis.Subject;
import io.xtcmk.core.services.EncryptedServices;
import io.xtcmk.core.services.sql.SqlService;
import io.xtcmk.core.services.storage.StorageService;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.TenantId;

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
                        new StorageService().type(),
                        Names.storageAccount(accountName)));
    }

    @Override
    public SqlServerEncryption sql(String resourceGroup, String serverName) {
        return new CoreSqlServerEncryption(
                azure,
                ResourceId.of(
                        azure.connection().subscriptionId(),
                        Names.resourceGroup(resourceGroup),
                        new SqlService().type(),
                        Names.sqlServer(serverName)));
    }

    @Override
    public ProviderVerification verification(EncryptedResource resource) {
        EncryptedResource given = Names.notNull("resource", resource);
        checkOwn("resource", given.tenantId());
        if (!given.id().subscriptionId().equals(azure.connection().subscriptionId())) {
            throw new InvalidInputException(
                    "resource",
                    "is in subscription " + given.id().subscriptionId(),
                    "use a connection to that subscription; this one is to "
                            + azure.connection().subscriptionId());
        }
        if (EncryptedServices.of(given.id()).isEmpty()) {
            throw new InvalidInputException(
                    "resource",
                    "is of type " + Names.shown(given.id().type()),
                    "give " + EncryptedServices.labels() + "; or verify its application and key");
        }
        Keys.checkCloud(azure, given.key().key());
        return new CoreVerification(azure, Subject.of(given));
    }

    @Override
    public ProviderVerification verification(FederatedApp app, AuthorizedKey key) {
        FederatedApp by = Names.notNull("app", app);
        AuthorizedKey with = Names.notNull("key", key);
        checkOwn("app", by.tenantId());
        if (!with.clientId().equals(by.clientId())) {
            throw new InvalidInputException(
                    "key",
                    "is authorized for application " + with.clientId(),
                    "use a key that is authorized for the federated application, " + by.clientId());
        }
        Keys.checkCloud(azure, with.key());
        return new CoreVerification(azure, Subject.of(by, with));
    }

    private void checkOwn(String argument, TenantId tenant) {
        if (!tenant.equals(azure.connection().tenantId())) {
            throw new InvalidInputException(
                    argument,
                    "is of tenant " + tenant,
                    "use a connection to that tenant; this one is to "
                            + azure.connection().tenantId());
        }
    }
}

package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.management.Region;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.util.BinaryData;
import com.azure.resourcemanager.authorization.models.BuiltInRole;
import com.azure.resourcemanager.authorization.models.RoleAssignment;
import com.azure.resourcemanager.authorization.models.ServicePrincipal;
import com.azure.resourcemanager.keyvault.models.Vault;
import com.azure.resourcemanager.msi.models.Identity;
import com.azure.resourcemanager.sql.fluent.models.EncryptionProtectorInner;
import com.azure.resourcemanager.sql.models.EncryptionProtectorName;
import com.azure.resourcemanager.sql.models.IdentityType;
import com.azure.resourcemanager.sql.models.ResourceIdentity;
import com.azure.resourcemanager.sql.models.ServerKeyType;
import com.azure.resourcemanager.sql.models.ServerUpdate;
import com.azure.resourcemanager.sql.models.SqlDatabase;
import com.azure.resourcemanager.sql.models.SqlEncryptionProtector;
import com.azure.resourcemanager.sql.models.SqlFirewallRule;
import com.azure.resourcemanager.sql.models.SqlServer;
import com.azure.resourcemanager.sql.models.SqlServerKey;
import com.azure.resourcemanager.sql.models.TransparentDataEncryptionState;
import com.azure.resourcemanager.sql.models.UserIdentity;
import com.azure.resourcemanager.storage.models.EncryptionIdentity;
import com.azure.resourcemanager.storage.models.KeySource;
import com.azure.resourcemanager.storage.models.KeyVaultProperties;
import com.azure.resourcemanager.storage.models.StorageAccount;
import com.azure.resourcemanager.storage.models.StorageAccountEncryptionKeySource;
import com.azure.resourcemanager.storage.models.StorageAccountUpdateParameters;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobStorageException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Phase 3 by azure-resourcemanager's fluent clients, over sockets. They know no application of another tenant: that part
 * is their inner clients', as Microsoft has it.
 */
class FluentEncryptionTest {
    private final FluentStory story = new FluentStory();
    private final FluentTenant contoso = story.contoso;
    private Identity identity;
    private String application;
    private Vault vault;
    private KeyVaultKey key;
    private RoleAssignment assignment;

    @BeforeEach
    void phasesOneAndTwo() {
        identity = story.identity();
        application = story.application(identity);
        ServicePrincipal principal = story.installed(application);
        vault = story.vault();
        FluentStory.key(vault);
        key = vault.keyClient().getKey("cmk").block();
        assignment = story.assign(principal, BuiltInRole.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER, vault);
    }

    @AfterEach
    void stop() {
        story.close();
    }

    @Test
    void account_goesToTheCustomersKey_andBack() {
        StorageAccount account = account();
        assertThat(account.encryptionKeySource()).isEqualTo(StorageAccountEncryptionKeySource.MICROSOFT_STORAGE);

        encrypt(account);

        account.refresh();
        assertThat(account.encryptionKeySource()).isEqualTo(StorageAccountEncryptionKeySource.MICROSOFT_KEYVAULT);
        assertThat(account.userAssignedIdentityIdForCustomerEncryptionKey()).isEqualToIgnoringCase(identity.id());
        assertThat(account.innerModel().encryption().keyVaultProperties().currentVersionedKeyIdentifier())
                .isEqualTo(key.getId());
        account.update().withMicrosoftManagedEncryptionKey().apply();
        assertThat(account.refresh().encryptionKeySource())
                .isEqualTo(StorageAccountEncryptionKeySource.MICROSOFT_STORAGE);
        contoso.storage.storageAccounts().deleteById(account.id());
        assertThat(contoso.storage
                        .storageAccounts()
                        .checkNameAvailability("stfabrikam")
                        .isAvailable())
                .isTrue();
    }

    /** The same definition without the application: it looks for the key in the provider's own tenant. */
    @Test
    void account_withoutTheApplication_isRefused() {
        assertThatThrownBy(() -> contoso.storage
                        .storageAccounts()
                        .define("stfabrikam")
                        .withRegion(Region.EUROPE_WEST)
                        .withExistingResourceGroup("rg")
                        .withExistingUserAssignedManagedServiceIdentity(identity)
                        .withEncryptionKeyFromKeyVault(vault.vaultUri(), "cmk", null, identity)
                        .create())
                .isInstanceOfSatisfying(
                        ManagementException.class,
                        e -> assertThat(e.getValue().getCode()).isEqualTo("KeyVaultAuthenticationFailure"));
    }

    @Test
    void blobs_closeWhenTheCustomerTakesTheRoleAway() {
        StorageAccount account = account();
        encrypt(account);
        story.provider.administrator().grant("Storage Blob Data Contributor", account.id());
        BlobContainerClient container = new BlobServiceClientBuilder()
                .endpoint(account.endPoints().primary().blob())
                .credential(contoso.credential)
                .httpClient(story.http)
                .buildClient()
                .createBlobContainer("data");
        BlobClient blob = container.getBlobClient("letter.txt");
        blob.upload(BinaryData.fromString("what fabrikam wants nobody else to read"));
        assertThat(blob.downloadContent().toString()).startsWith("what fabrikam");

        story.fabrikam.authorization.roleAssignments().deleteById(assignment.id());

        assertThatThrownBy(blob::downloadContent)
                .isInstanceOfSatisfying(
                        BlobStorageException.class,
                        e -> assertThat(e.getErrorCode().toString()).isEqualTo("KeyVaultAccessTokenCannotBeAcquired"));
        assertThat(container.listBlobs()).hasSize(1);
    }

    private StorageAccount account() {
        return contoso.storage
                .storageAccounts()
                .define("stfabrikam")
                .withRegion(Region.EUROPE_WEST)
                .withExistingResourceGroup("rg")
                .withGeneralPurposeAccountKindV2()
                .withExistingUserAssignedManagedServiceIdentity(identity)
                .disableBlobPublicAccess()
                .create();
    }

    private void encrypt(StorageAccount account) {
        // io.xtcmk.testing has an Encryption of its own.
        var encryption = new com.azure.resourcemanager.storage.models.Encryption()
                .withKeySource(KeySource.MICROSOFT_KEYVAULT)
                .withKeyVaultProperties(new KeyVaultProperties()
                        .withKeyVaultUri(vault.vaultUri())
                        .withKeyName("cmk"))
                .withEncryptionIdentity(new EncryptionIdentity()
                        .withEncryptionUserAssignedIdentity(identity.id())
                        .withEncryptionFederatedIdentityClientId(application));
        contoso.storage
                .serviceClient()
                .getStorageAccounts()
                .update("rg", account.name(), new StorageAccountUpdateParameters().withEncryption(encryption));
    }

    @Test
    void server_isDefined_withItsFirewallAndDatabases() {
        SqlServer server = server();
        SqlDatabase database = server.databases().define("db1").create();

        assertThat(server.fullyQualifiedDomainName()).isEqualTo("sql-fabrikam.database.windows.net");
        assertThat(server.firewallRules().list())
                .extracting(SqlFirewallRule::name)
                .containsExactlyInAnyOrder("AllowAllWindowsAzureIps", "office");
        assertThat(server.databases().list()).extracting(SqlDatabase::name).containsExactlyInAnyOrder("master", "db1");
        assertThat(database.getTransparentDataEncryption().status()).isEqualTo(TransparentDataEncryptionState.ENABLED);
        server.firewallRules().get("office").delete();
        assertThat(server.firewallRules().list()).hasSize(1);
        database.delete();
        contoso.sql.sqlServers().deleteById(server.id());
        assertThat(contoso.sql.sqlServers().listByResourceGroup("rg")).isEmpty();
        assertThat(contoso.sql
                        .sqlServers()
                        .checkNameAvailability("sql-fabrikam")
                        .isAvailable())
                .isTrue();
    }

    @Test
    void server_isProtectedByTheCustomersKey_andBack() {
        SqlServer server = server();
        // The fluent update knows neither the identity nor the application.
        contoso.sql
                .serviceClient()
                .getServers()
                .update(
                        "rg",
                        server.name(),
                        new ServerUpdate()
                                .withIdentity(new ResourceIdentity()
                                        .withType(IdentityType.USER_ASSIGNED)
                                        .withUserAssignedIdentities(Map.of(identity.id(), new UserIdentity())))
                                .withPrimaryUserAssignedIdentityId(identity.id())
                                .withFederatedClientId(UUID.fromString(application)));

        SqlServerKey added =
                server.serverKeys().define().withAzureKeyVaultKey(key.getId()).create();
        protect(server, ServerKeyType.AZURE_KEY_VAULT, added.name());

        SqlEncryptionProtector protector = server.encryptionProtectors().get();
        assertThat(protector.serverKeyType()).isEqualTo(ServerKeyType.AZURE_KEY_VAULT);
        assertThat(protector.uri()).isEqualTo(key.getId());
        assertThat(server.serverKeys().list())
                .extracting(SqlServerKey::name)
                .containsExactlyInAnyOrder("ServiceManaged", added.name());
        protect(server, ServerKeyType.SERVICE_MANAGED, "ServiceManaged");
        added.delete();
        assertThat(server.serverKeys().list()).hasSize(1);
    }

    /** The fluent protector's update says that "no action is pending", and sends nothing. */
    private void protect(SqlServer server, ServerKeyType type, String name) {
        contoso.sql
                .serviceClient()
                .getEncryptionProtectors()
                .createOrUpdate(
                        "rg",
                        server.name(),
                        EncryptionProtectorName.CURRENT,
                        new EncryptionProtectorInner().withServerKeyType(type).withServerKeyName(name));
    }

    private SqlServer server() {
        return contoso.sql
                .sqlServers()
                .define("sql-fabrikam")
                .withRegion(Region.EUROPE_WEST)
                .withExistingResourceGroup("rg")
                .withAdministratorLogin("azureuser")
                .withAdministratorPassword("Pa55w.rd-Pa55w.rd")
                .defineFirewallRule("office")
                .withIpAddressRange("203.0.113.1", "203.0.113.9")
                .attach()
                .create();
    }
}

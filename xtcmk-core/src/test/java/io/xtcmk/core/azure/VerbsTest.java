package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.management.Region;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import com.azure.resourcemanager.keyvault.fluent.models.KeyProperties;
import com.azure.resourcemanager.keyvault.fluent.models.VaultInner;
import com.azure.resourcemanager.keyvault.models.JsonWebKeyType;
import com.azure.resourcemanager.keyvault.models.KeyCreateParameters;
import com.azure.resourcemanager.keyvault.models.SkuFamily;
import com.azure.resourcemanager.keyvault.models.VaultCreateOrUpdateParameters;
import com.azure.resourcemanager.keyvault.models.VaultProperties;
import com.azure.resourcemanager.sql.fluent.models.ServerInner;
import com.azure.resourcemanager.sql.models.ServerUpdate;
import com.azure.resourcemanager.storage.models.Kind;
import com.azure.resourcemanager.storage.models.MinimumTlsVersion;
import com.azure.resourcemanager.storage.models.Sku;
import com.azure.resourcemanager.storage.models.SkuName;
import com.azure.resourcemanager.storage.models.StorageAccountCreateParameters;
import com.azure.resourcemanager.storage.models.StorageAccountUpdateParameters;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.microsoft.graph.models.Application;
import com.microsoft.graph.models.FederatedIdentityCredential;
import io.xtcmk.core.services.sql.SqlServers;
import io.xtcmk.core.services.storage.StorageAccounts;
import io.xtcmk.model.ClientId;
import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakeTenant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every verb against the fake, which refuses what Azure would. */
class VerbsTest {
    private static final String CRYPTO_OFFICER = "14b46e9e-c2b7-41b4-b07b-48a6ebf60603";
    private static final Region REGION = Region.EUROPE_WEST;

    private final FakeAzure fake = FakeAzure.create();
    private final FakeTenant contoso = fake.tenant("contoso");
    private final Azure azure = new Azure(contoso.connection());

    @BeforeEach
    void group() {
        azure.resourceGroups().create("rg", REGION);
    }

    @Test
    void graph_upsertsAndFinds() {
        GraphDirectory graph = azure.graph();
        assertThat(graph.application("contoso-cmk")).isEmpty();
        Application body = new Application();
        body.setDisplayName("contoso-cmk");
        body.setSignInAudience("AzureADMultipleOrgs");
        Application made = graph.upsertApplication("contoso-cmk", body).orElseThrow();
        assertThat(graph.upsertApplication("contoso-cmk", body)).isEmpty();
        assertThat(graph.application("contoso-cmk"))
                .get()
                .extracting(Application::getId)
                .isEqualTo(made.getId());
        Application patch = new Application();
        patch.setDisplayName("other");
        graph.updateApplication(made.getId(), patch);
        assertThat(graph.application("contoso-cmk").orElseThrow().getDisplayName())
                .isEqualTo("other");

        FederatedIdentityCredential credential = new FederatedIdentityCredential();
        credential.setIssuer(azure.cloud().issuer(contoso.tenantId()));
        credential.setSubject(UUID.randomUUID().toString());
        credential.setAudiences(List.of(azure.cloud().exchangeAudience()));
        assertThat(graph.credentials(made.getId())).isEmpty();
        assertThat(graph.upsertCredential(made.getId(), "id-cmk", credential)).isPresent();
        assertThat(graph.upsertCredential(made.getId(), "id-cmk", credential)).isEmpty();
        assertThat(graph.credentials(made.getId()))
                .extracting(FederatedIdentityCredential::getName)
                .containsExactly("id-cmk");

        ClientId clientId = ClientId.of(made.getAppId());
        assertThat(graph.servicePrincipal(clientId)).isEmpty();
        assertThat(graph.upsertServicePrincipal(clientId)).isPresent();
        assertThat(graph.upsertServicePrincipal(clientId)).isEmpty();
        assertThat(graph.servicePrincipal(clientId)).isPresent();
    }

    @Test
    void identity_isMadeInAGroup() {
        assertThat(azure.managedIdentities().find("none", "id-cmk").groupMissing())
                .isTrue();
        assertThat(azure.managedIdentities().find("rg", "id-cmk")).isEqualTo(Look.missing(false));
        UUID principal =
                azure.managedIdentities().create("rg", "id-cmk", REGION).principalId();
        assertThat(azure.managedIdentities()
                        .find("rg", "id-cmk")
                        .value()
                        .orElseThrow()
                        .principalId())
                .isEqualTo(principal);
    }

    @Test
    void vault_itsKeysAndRoles() {
        assertThat(azure.vaults().find("none", "kv-contoso").groupMissing()).isTrue();
        assertThat(azure.vaults().find("rg", "kv-contoso")).isEqualTo(Look.missing(false));
        VaultInner vault = vault();
        assertThat(vault.properties().vaultUri()).isEqualTo("https://kv-contoso.vault.azure.net/");
        assertThat(azure.vaults().find("rg", "kv-contoso").value()).isPresent();

        assertThat(azure.vaults().findKey("rg", "kv-contoso", "k")).isEmpty();
        KeyCreateParameters key = new KeyCreateParameters()
                .withProperties(new KeyProperties().withKty(JsonWebKeyType.RSA).withKeySize(3072));
        String uri =
                azure.vaults().createKeyIfMissing("rg", "kv-contoso", "k", key).keyUriWithVersion();
        assertThat(azure.vaults()
                        .createKeyIfMissing("rg", "kv-contoso", "k", key)
                        .keyUriWithVersion())
                .isEqualTo(uri);
        assertThat(azure.vaults().findKey("rg", "kv-contoso", "k")).isPresent();

        UUID me = contoso.administrator().servicePrincipalId().value();
        UUID name = UUID.fromString("44444444-4444-4444-4444-444444444444");
        assertThat(azure.roles().find(vault.id(), name)).isEmpty();
        azure.roles()
                .assign(
                        vault.id(),
                        name,
                        new RoleAssignmentCreateParameters()
                                .withRoleDefinitionId("/subscriptions/" + contoso.subscriptionId()
                                        + "/providers/Microsoft.Authorization/roleDefinitions/" + CRYPTO_OFFICER)
                                .withPrincipalId(me.toString())
                                .withPrincipalType(PrincipalType.SERVICE_PRINCIPAL));
        assertThat(azure.roles().find(vault.id(), name)).isPresent();
        assertThat(azure.roles().assignments(vault.id(), me))
                .extracting(a -> a.name())
                .contains(name.toString());

        fake.clock().advance(java.time.Duration.ofMinutes(15));
        VaultKeys keys = azure.vaultKeys(vault.properties().vaultUri());
        assertThat(keys.find("none")).isEmpty();
        assertThat(keys.find("k").orElseThrow().getId())
                .as("Resource Manager writes the port")
                .isEqualTo(uri.replace(":443", ""));
        assertThat(keys.rotate("k").getId()).isNotEqualTo(uri.replace(":443", ""));
        assertThat(keys.create(new CreateRsaKeyOptions("other").setKeySize(3072))
                        .getName())
                .isEqualTo("other");
    }

    @Test
    void storageAccount_isMadeAndUpdated() {
        assertThat(StorageAccounts.of(azure).find("none", "stcontoso").groupMissing())
                .isTrue();
        assertThat(StorageAccounts.of(azure).find("rg", "stcontoso")).isEqualTo(Look.missing(false));
        StorageAccountCreateParameters create = new StorageAccountCreateParameters()
                .withLocation(REGION.name())
                .withKind(Kind.STORAGE_V2)
                .withSku(new Sku().withName(SkuName.STANDARD_LRS));
        assertThat(StorageAccounts.of(azure).create("rg", "stcontoso", create).name())
                .isEqualTo("stcontoso");
        assertThat(StorageAccounts.of(azure)
                        .update(
                                "rg",
                                "stcontoso",
                                new StorageAccountUpdateParameters().withMinimumTlsVersion(MinimumTlsVersion.TLS1_2))
                        .minimumTlsVersion())
                .isEqualTo(MinimumTlsVersion.TLS1_2);
        assertThat(StorageAccounts.of(azure).find("rg", "stcontoso").value()).isPresent();
    }

    @Test
    void sqlServer_isMadeAndUpdated() {
        assertThat(SqlServers.of(azure).find("none", "sql-contoso").groupMissing())
                .isTrue();
        assertThat(SqlServers.of(azure).find("rg", "sql-contoso")).isEqualTo(Look.missing(false));
        ServerInner server = new ServerInner()
                .withLocation(REGION.name())
                .withAdministratorLogin("sqladmin")
                .withAdministratorLoginPassword("S3cret-of-the-fake!");
        assertThat(SqlServers.of(azure)
                        .createOrUpdate("rg", "sql-contoso", server)
                        .state())
                .isEqualTo("Ready");
        ServerInner updated =
                SqlServers.of(azure).update("rg", "sql-contoso", new ServerUpdate().withMinimalTlsVersion("1.2"));
        assertThat(updated.minimalTlsVersion()).isEqualTo("1.2");
        assertThat(SqlServers.of(azure).protector("rg", "sql-contoso").serverKeyName())
                .isEqualTo("ServiceManaged");
        assertThat(SqlServers.of(azure)
                        .setProtector("rg", "sql-contoso", SqlServers.of(azure).protector("rg", "sql-contoso"))
                        .serverKeyName())
                .isEqualTo("ServiceManaged");
        assertThat(SqlServers.of(azure).findKey("rg", "sql-contoso", "none")).isEmpty();
    }

    private VaultInner vault() {
        VaultProperties properties = new VaultProperties()
                .withTenantId(contoso.tenantId().value())
                .withSku(new com.azure.resourcemanager.keyvault.models.Sku()
                        .withFamily(SkuFamily.A)
                        .withName(com.azure.resourcemanager.keyvault.models.SkuName.STANDARD))
                .withEnableRbacAuthorization(true)
                .withEnableSoftDelete(true)
                .withEnablePurgeProtection(true)
                .withAccessPolicies(List.of());
        return azure.vaults()
                .create(
                        "rg",
                        "kv-contoso",
                        new VaultCreateOrUpdateParameters()
                                .withLocation(REGION.name())
                                .withProperties(properties));
    }
}

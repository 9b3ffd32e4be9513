package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.management.Region;
import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.authorization.models.ActiveDirectoryApplication;
import com.azure.resourcemanager.authorization.models.BuiltInRole;
import com.azure.resourcemanager.authorization.models.RoleAssignment;
import com.azure.resourcemanager.authorization.models.ServicePrincipal;
import com.azure.resourcemanager.keyvault.models.DeletedVault;
import com.azure.resourcemanager.keyvault.models.Key;
import com.azure.resourcemanager.keyvault.models.Vault;
import com.azure.resourcemanager.msi.models.Identity;
import com.azure.resourcemanager.resources.models.GenericResource;
import com.azure.resourcemanager.resources.models.ResourceGroup;
import com.azure.resourcemanager.resources.models.ResourceGroups;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.models.KeyProperties;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** azure-resourcemanager's fluent clients, unchanged and over sockets: what each of them makes, finds and takes away. */
class FluentClientsTest {
    private final FluentStory story = new FluentStory();
    private final FluentTenant contoso = story.contoso;
    private final FluentTenant fabrikam = story.fabrikam;

    @AfterEach
    void stop() {
        story.close();
    }

    @Test
    void resourceGroups_areDefinedChangedAndDeleted() {
        ResourceGroups groups = contoso.resources.resourceGroups();
        groups.define("rg").withRegion(Region.EUROPE_WEST).withTag("a", "b").create();
        groups.getByName("rg").update().withTag("c", "d").apply();

        assertThat(groups.contain("rg")).isTrue();
        assertThat(groups.contain("rg-nobodys")).isFalse();
        assertThat(groups.listByTag("c", "d")).extracting(ResourceGroup::name).containsExactly("rg");
        assertThat(groups.getByName("rg").tags()).containsEntry("a", "b").containsEntry("c", "d");
        groups.deleteByName("rg");
        assertThat(groups.contain("rg")).isFalse();
    }

    @Test
    void subscriptionsTenantsAndProviders_areListed() {
        assertThat(contoso.resources.subscriptions().list())
                .singleElement()
                .satisfies(s -> assertThat(s.subscriptionId())
                        .isEqualTo(story.provider.subscriptionId().toString()));
        assertThat(contoso.resources.tenants().list())
                .singleElement()
                .satisfies(t -> assertThat(t.tenantId())
                        .isEqualTo(story.provider.tenantId().toString()));
        assertThat(contoso.resources.providers().getByName("Microsoft.Storage").registrationState())
                .isEqualTo("Registered");
    }

    @Test
    void identities_areDefined_withAccess() {
        Identity identity = story.identity();
        Identity reader = contoso.identities
                .identities()
                .define("id-reader")
                .withRegion(Region.EUROPE_WEST)
                .withExistingResourceGroup("rg")
                .withAccessToCurrentResourceGroup(BuiltInRole.READER)
                .create();

        assertThat(identity.tenantId()).isEqualTo(story.provider.tenantId().toString());
        assertThat(contoso.identities.identities().list())
                .extracting(Identity::principalId)
                .containsExactlyInAnyOrder(identity.principalId(), reader.principalId());
        assertThat(contoso.authorization.roleAssignments().listByScope(groupId()))
                .extracting(RoleAssignment::principalId)
                .contains(reader.principalId());
        assertThat(contoso.resources.genericResources().listByResourceGroup("rg"))
                .extracting(GenericResource::name)
                .containsExactlyInAnyOrder("id-cmk", "id-reader");
        contoso.identities.identities().deleteById(reader.id());
        assertThat(contoso.identities.identities().listByResourceGroup("rg")).hasSize(1);
    }

    private String groupId() {
        return contoso.resources.resourceGroups().getByName("rg").id();
    }

    @Test
    void applications_areRegistered_andTheirPrincipalsHaveRoles() {
        contoso.resources
                .resourceGroups()
                .define("rg")
                .withRegion(Region.EUROPE_WEST)
                .create();
        ServicePrincipal principal = contoso.authorization
                .servicePrincipals()
                .define("reader")
                .withNewApplication()
                .withNewRoleInResourceGroup(
                        BuiltInRole.READER, contoso.resources.resourceGroups().getByName("rg"))
                .create();
        ActiveDirectoryApplication application =
                contoso.authorization.applications().getByName("reader");

        assertThat(application.applicationId()).isEqualTo(principal.applicationId());
        assertThat(contoso.authorization.roleAssignments().listByServicePrincipal(principal))
                .extracting(RoleAssignment::scope)
                .containsExactly(groupId());
        assertThat(contoso.authorization
                        .roleDefinitions()
                        .getByScopeAndRoleName(groupId(), "Reader")
                        .name())
                .isEqualTo("acdd72a7-3385-48ef-bd42-f606fba81ae7");
        contoso.authorization.applications().deleteById(application.id());
        assertThat(contoso.authorization.servicePrincipals().listByFilter("displayName eq 'reader'"))
                .isEmpty();
    }

    @Test
    void vaults_areDefined_andTheirKeysUsed() {
        Vault vault = story.vault();
        Key key = FluentStory.key(vault);
        byte[] secret = "a data key of thirty-two letters".getBytes(StandardCharsets.US_ASCII);

        byte[] wrapped = key.wrapKey(KeyWrapAlgorithm.RSA_OAEP_256, secret);

        assertThat(wrapped).hasSize(256);
        assertThat(key.unwrapKey(KeyWrapAlgorithm.RSA_OAEP_256, wrapped)).isEqualTo(secret);
        assertThat(vault.purgeProtectionEnabled()).isTrue();
        assertThat(vault.roleBasedAccessControlEnabled()).isTrue();
        assertThat(vault.keys().list()).extracting(Key::name).containsExactly("cmk");
        assertThat(key.listVersions()).hasSize(1);
        KeyProperties disabled = key.attributes().setEnabled(false);
        key.update().withAttributes(disabled).apply();
        assertThatThrownBy(() -> key.wrapKey(KeyWrapAlgorithm.RSA_OAEP_256, secret))
                .hasStackTraceContaining("KeyDisabled");
    }

    @Test
    void vaults_areDeletedKeptAndRecovered() {
        Vault vault = story.vault();
        fabrikam.vaults.vaults().deleteById(vault.id());

        assertThat(fabrikam.vaults.vaults().listByResourceGroup("rg")).isEmpty();
        assertThat(fabrikam.vaults.vaults().listDeleted())
                .extracting(DeletedVault::name)
                .containsExactly("kv-fabrikam");
        assertThat(fabrikam.vaults.vaults().checkNameAvailability("kv-fabrikam").nameAvailable())
                .isFalse();
        assertThatThrownBy(() -> fabrikam.vaults.vaults().purgeDeleted("kv-fabrikam", "westeurope"))
                .isInstanceOfSatisfying(
                        ManagementException.class,
                        e -> assertThat(e.getValue().getCode()).isEqualTo("MethodNotAllowed"));
        Vault back = fabrikam.vaults.vaults().recoverSoftDeletedVault("rg", "kv-fabrikam", "westeurope");
        assertThat(back.id()).isEqualToIgnoringCase(vault.id());
    }

    @Test
    void refusals_areManagementExceptionsWithAzuresCodes() {
        assertCode("ResourceGroupNotFound", () -> contoso.vaults.vaults().getByResourceGroup("rg-none", "kv-none"));
        story.vault();
        assertCode("ResourceNotFound", () -> fabrikam.sql.sqlServers().getByResourceGroup("rg", "sql-none"));
        assertCode(
                "VaultAlreadyExists",
                () -> contoso.vaults
                        .vaults()
                        .define("kv-fabrikam")
                        .withRegion(Region.EUROPE_WEST)
                        .withNewResourceGroup("rg")
                        .withRoleBasedAccessControl()
                        .create());
        assertCode(
                "RoleAssignmentExists",
                () -> story.assign(
                        fabrikam.authorization
                                .servicePrincipals()
                                .getByName(story.customer
                                        .administrator()
                                        .clientId()
                                        .toString()),
                        BuiltInRole.KEY_VAULT_CRYPTO_OFFICER,
                        fabrikam.vaults.vaults().getByResourceGroup("rg", "kv-fabrikam")));
    }

    private static void assertCode(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ManagementException.class,
                        e -> assertThat(e.getValue().getCode()).isEqualTo(code));
    }
}

package io.xtcmk.testing;

import com.azure.core.http.HttpClient;
import com.azure.core.management.Region;
import com.azure.resourcemanager.authorization.models.BuiltInRole;
import com.azure.resourcemanager.authorization.models.RoleAssignment;
import com.azure.resourcemanager.authorization.models.ServicePrincipal;
import com.azure.resourcemanager.keyvault.models.Key;
import com.azure.resourcemanager.keyvault.models.Vault;
import com.azure.resourcemanager.msi.models.Identity;
import com.azure.resourcemanager.resources.fluentcore.arm.models.Resource;
import com.azure.security.keyvault.keys.models.KeyType;
import com.microsoft.graph.models.Application;
import com.microsoft.graph.models.FederatedIdentityCredential;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Two tenants behind the proxy, and phases 1 and 2 between them as a user of Microsoft's fluent clients writes them. */
final class FluentStory implements AutoCloseable {
    final FakeAzureServer server = FakeAzure.start();
    final FakeTenant provider = server.azure().tenant("contoso");
    final FakeTenant customer = server.azure().tenant("fabrikam");
    final HttpClient http = FluentTenant.through(server);
    final FluentTenant contoso = new FluentTenant(http, provider);
    final FluentTenant fabrikam = new FluentTenant(http, customer);
    private int assigned;

    /** Phase 1: the identity, and the application that has it for a credential. */
    Identity identity() {
        return contoso.identities
                .identities()
                .define("id-cmk")
                .withRegion(Region.EUROPE_WEST)
                .withNewResourceGroup("rg")
                .create();
    }

    /** The fluent clients know no federated credentials of applications: this is microsoft-graph's part. */
    String application(Identity identity) {
        GraphServiceClient graph = GraphClients.over(http, contoso.credential);
        Application asked = new Application();
        asked.setDisplayName("contoso-cmk");
        asked.setSignInAudience("AzureADMultipleOrgs");
        Application made = graph.applications().post(asked);
        FederatedIdentityCredential credential = new FederatedIdentityCredential();
        credential.setName("id-cmk");
        credential.setIssuer("https://login.microsoftonline.com/" + provider.tenantId() + "/v2.0");
        credential.setSubject(identity.principalId());
        credential.setAudiences(List.of("api://AzureADTokenExchange"));
        graph.applications()
                .byApplicationId(made.getId())
                .federatedIdentityCredentials()
                .post(credential);
        return made.getAppId();
    }

    /** Phase 2: consent. */
    ServicePrincipal installed(String application) {
        return fabrikam.authorization
                .servicePrincipals()
                .define("contoso-cmk")
                .withExistingApplication(application)
                .create();
    }

    Vault vault() {
        Vault vault = fabrikam.vaults
                .vaults()
                .define("kv-fabrikam")
                .withRegion(Region.EUROPE_WEST)
                .withNewResourceGroup("rg")
                .withRoleBasedAccessControl()
                .withPurgeProtectionEnabled()
                .create();
        ServicePrincipal administrator = fabrikam.authorization
                .servicePrincipals()
                .getByName(customer.administrator().clientId().toString());
        assign(administrator, BuiltInRole.KEY_VAULT_CRYPTO_OFFICER, vault);
        return vault;
    }

    static Key key(Vault vault) {
        return vault.keys()
                .define("cmk")
                .withKeyTypeToCreate(KeyType.RSA)
                .withKeySize(2048)
                .create();
    }

    RoleAssignment assign(ServicePrincipal principal, BuiltInRole role, Resource scope) {
        String named = principal.id() + role + scope.id() + assigned++;
        return fabrikam.authorization
                .roleAssignments()
                .define(UUID.nameUUIDFromBytes(named.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .forServicePrincipal(principal)
                .withBuiltInRole(role)
                .withResourceScope(scope)
                .create();
    }

    @Override
    public void close() {
        Traffic.keep(FluentStory.class, server.azure());
        server.close();
    }
}

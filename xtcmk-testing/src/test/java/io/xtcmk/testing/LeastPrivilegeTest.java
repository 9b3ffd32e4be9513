package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.testing.Rest.Reply;
import io.xtcmk.testing.http.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Each step of "Cross tenant Customer Managed Keys with Managed identity", its three tables of least-privileged roles, done
 * by a user who has exactly that role; and refused, with Azure's body, to one who has not. Two rows have been corrected
 * since: who assigns a role needs one that may assign roles, which Key Vault Administrator is not; and who attaches an
 * identity to a resource needs Managed Identity Operator on it, which Contributor includes where it covers both.
 */
class LeastPrivilegeTest {
    private static final String ARM = "https://management.azure.com";
    private static final String GRAPH = "https://graph.microsoft.com/v1.0";
    private static final String DENIED = "Insufficient privileges to complete the operation.";

    private final TwoTenants two = new TwoTenants();
    private final FakeUser provider = two.contoso.newUser("paula");
    private final FakeUser customer = two.fabrikam.newUser("carl");

    private Rest as(FakeUser user, String resource) {
        return Rest.over(two.azure.httpClient()).as(user.credential(), resource + "/.default");
    }

    private Rest graph(FakeUser user) {
        return as(user, "https://graph.microsoft.com");
    }

    private static void group(TwoTenants two, FakeTenant tenant) {
        TwoTenants.ok(two.arm(tenant)
                .put(TwoTenants.group(tenant, "?api-version=2021-04-01"), Json.object("location", "westeurope")));
    }

    private static String groupId(FakeTenant tenant) {
        return "/subscriptions/" + tenant.subscriptionId() + "/resourceGroups/rg";
    }

    private static void assertDone(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isLessThan(300);
    }

    private static void assertDenied(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("Authorization_RequestDenied");
        assertThat(reply.at("error.message")).isEqualTo(DENIED);
        assertThat(reply.at("error.innerError.request-id"))
                .isEqualTo(reply.headers().get("request-id"));
    }

    private static void assertUnauthorized(Reply reply, FakeUser who, String action, String scope) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("AuthorizationFailed");
        assertThat(reply.at("error.message"))
                .isEqualTo("The client '" + who.userPrincipalName() + "' with object id '" + who.objectId()
                        + "' does not have authorization to perform action '" + action + "' over scope '" + scope
                        + "' or the scope is invalid. If access was recently granted, please refresh your"
                        + " credentials.");
    }

    /** The service provider configures identities. */
    @Nested
    class Phase1 {
        private Reply createApplication(Rest graph) {
            return graph.post(
                    GRAPH + "/applications",
                    Json.object("displayName", "contoso-cmk", "signInAudience", "AzureADMultipleOrgs"));
        }

        @Test
        void step1_application_byAnyUser_unlessThePolicyIsAgainstIt_thenByAnApplicationDeveloper() {
            assertDone(createApplication(graph(provider)));

            two.contoso.usersMayCreateApplications(false);
            assertDenied(createApplication(graph(provider)));
            assertDone(createApplication(graph(two.contoso.newUser("dev", "Application Developer"))));
        }

        @Test
        void step1_application_byAProgram_takesApplicationReadWriteOwnedBy() {
            FakePrincipal program = two.contoso.newPrincipal("pipeline");
            Rest without =
                    Rest.over(two.azure.httpClient()).as(program.credential(), "https://graph.microsoft.com/.default");
            assertDenied(createApplication(without));

            program.grantGraph("Application.ReadWrite.OwnedBy");
            assertDenied(createApplication(without));
            Rest with =
                    Rest.over(two.azure.httpClient()).as(program.credential(), "https://graph.microsoft.com/.default");
            assertDone(createApplication(with));
        }

        private Reply createIdentity() {
            return as(provider, ARM)
                    .put(ARM + identity() + "?api-version=2023-01-31", Json.object("location", "westeurope"));
        }

        private String identity() {
            return groupId(two.contoso) + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-cmk";
        }

        @Test
        void step2_identity_byAManagedIdentityContributor_ofTheGroup() {
            group(two, two.contoso);
            provider.grant("Managed Identity Operator", groupId(two.contoso));
            assertUnauthorized(
                    createIdentity(), provider, "Microsoft.ManagedIdentity/userAssignedIdentities/write", identity());

            provider.grant("Managed Identity Contributor", groupId(two.contoso));
            assertDone(createIdentity());
        }

        @Test
        void step3_federatedCredential_byTheApplicationsOwner() {
            FakeUser other = two.contoso.newUser("oscar", "Application Developer");
            Reply application = createApplication(graph(provider));
            String credentials = GRAPH + "/applications/" + application.at("id") + "/federatedIdentityCredentials";
            Map<String, Object> body = Json.object(
                    "name",
                    "id-cmk",
                    "issuer",
                    two.issuer,
                    "subject",
                    new UUID(1, 2).toString(),
                    "audiences",
                    List.of("api://AzureADTokenExchange"));

            assertDenied(graph(other).post(credentials, body));
            assertDone(graph(provider).post(credentials, body));
        }
    }

    /** The customer authorizes the application on a key. */
    @Nested
    class Phase2 {
        private String clientId() {
            return TwoTenants.ok(two.graph(two.contoso)
                            .post(
                                    GRAPH + "/applications",
                                    Json.object(
                                            "displayName",
                                            "contoso-cmk",
                                            "signInAudience",
                                            "AzureADMultipleOrgs",
                                            "web",
                                            Json.object("redirectUris", List.of("https://contoso.example")))))
                    .at("appId");
        }

        @Test
        void step1_install_byGraph_takesACloudApplicationAdministrator() {
            Map<String, Object> body = Json.object("appId", clientId());

            assertDenied(graph(customer).post(GRAPH + "/servicePrincipals", body));
            assertDenied(graph(two.fabrikam.newUser("dev", "Application Developer"))
                    .post(GRAPH + "/servicePrincipals", body));
            assertDone(graph(two.fabrikam.newUser("admin", "Cloud Application Administrator"))
                    .post(GRAPH + "/servicePrincipals", body));
        }

        @Test
        void step1_install_byConsentUrl_isAnyUsers_unlessThePolicyIsAgainstIt() {
            URI url =
                    URI.create("https://login.microsoftonline.com/common/oauth2/authorize?response_type=code&client_id="
                            + clientId() + "&redirect_uri=https://contoso.example");

            two.fabrikam.usersMayConsent(false);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> customer.acceptConsent(url))
                    .hasMessageStartingWith("AADSTS90093");
            two.fabrikam.usersMayConsent(true);
            assertThat(customer.acceptConsent(url)).hasParameter("code");
        }

        private String vault() {
            return groupId(two.fabrikam) + "/providers/Microsoft.KeyVault/vaults/kv-fabrikam";
        }

        private Reply createVault() {
            return as(customer, ARM)
                    .put(
                            ARM + vault() + "?api-version=2022-07-01",
                            Json.object(
                                    "location",
                                    "westeurope",
                                    "properties",
                                    Json.object(
                                            "tenantId",
                                            two.fabrikam.tenantId().toString(),
                                            "sku",
                                            Json.object("family", "A", "name", "standard"),
                                            "enableRbacAuthorization",
                                            true,
                                            "enablePurgeProtection",
                                            true)));
        }

        @Test
        void step2_vault_byAContributor_andKey_byACryptoOfficer() {
            group(two, two.fabrikam);
            assertUnauthorized(createVault(), customer, "Microsoft.KeyVault/vaults/write", vault());
            customer.grant("Contributor", groupId(two.fabrikam));
            assertDone(createVault());

            Reply refused = createKey();
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("Forbidden");
            assertThat(refused.at("error.innererror.code")).isEqualTo("ForbiddenByRbac");
            assertThat(refused.at("error.message"))
                    .contains("oid=" + customer.objectId())
                    .contains("Action: 'Microsoft.KeyVault/vaults/keys/create/action'")
                    .contains("observe propagation time");
            customer.grant("Key Vault Crypto Officer", vault());
            assertDone(createKey());
        }

        private Reply createKey() {
            return as(customer, "https://vault.azure.net")
                    .post(
                            two.vaultUrl + "/keys/cmk/create?api-version=7.4",
                            Json.object("kty", "RSA", "key_size", 2048));
        }

        @Test
        void step3_role_byAUserAccessAdministrator_whichAKeyVaultAdministratorIsNot() {
            two.roleScope = "";
            two.connect();
            String assignment = vault() + "/providers/Microsoft.Authorization/roleAssignments/" + new UUID(5, 6);
            Map<String, Object> body = Json.object(
                    "properties",
                    Json.object(
                            "roleDefinitionId",
                            "/providers/Microsoft.Authorization/roleDefinitions/" + TwoTenants.ENCRYPTION_USER,
                            "principalId",
                            two.servicePrincipalId));
            customer.grant("Key Vault Administrator", vault());
            customer.grant("Contributor", groupId(two.fabrikam));
            String url = ARM + assignment + "?api-version=2022-04-01";

            assertUnauthorized(
                    as(customer, ARM).put(url, body),
                    customer,
                    "Microsoft.Authorization/roleAssignments/write",
                    vault());
            customer.grant("User Access Administrator", vault());
            assertDone(as(customer, ARM).put(url, body));
        }

        @Test
        void step3_role_byARoleBasedAccessControlAdministrator_too_butNotElsewhere() {
            two.roleScope = "";
            two.connect();
            Map<String, Object> body = Json.object(
                    "properties",
                    Json.object(
                            "roleDefinitionId",
                            "/providers/Microsoft.Authorization/roleDefinitions/" + TwoTenants.ENCRYPTION_USER,
                            "principalId",
                            two.servicePrincipalId));
            customer.grant("Role Based Access Control Administrator", vault() + "/keys/cmk");

            assertDone(as(customer, ARM)
                    .put(
                            ARM + vault() + "/keys/cmk/providers/Microsoft.Authorization/roleAssignments/"
                                    + new UUID(5, 7) + "?api-version=2022-04-01",
                            body));
            assertUnauthorized(
                    as(customer, ARM)
                            .put(
                                    ARM + vault() + "/providers/Microsoft.Authorization/roleAssignments/"
                                            + new UUID(5, 8) + "?api-version=2022-04-01",
                                    body),
                    customer,
                    "Microsoft.Authorization/roleAssignments/write",
                    vault());
        }
    }

    /** The service provider configures resources with the customer's key. */
    @Nested
    class Phase3 {
        private Reply createAccount() {
            return as(provider, ARM).put(TwoTenants.account(two.contoso, "stfabrikam"), two.accountBody());
        }

        private Reply createServer() {
            return as(provider, ARM).put(TwoTenants.sql(two.contoso, ""), two.serverBody());
        }

        private void assertLinked(Reply reply, String resource) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(403);
            assertThat(reply.code()).isEqualTo("LinkedAuthorizationFailed");
            assertThat(reply.at("error.message"))
                    .contains("'" + provider.userPrincipalName() + "'")
                    .contains("perform the write action on scope '" + resource + "'")
                    .contains(
                            "'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked scope(s) '"
                                    + two.identityId + "'");
        }

        @Test
        void step1_storageAccount_byAContributor() {
            two.connect();
            String account = groupId(two.contoso) + "/providers/Microsoft.Storage/storageAccounts/stfabrikam";

            assertUnauthorized(createAccount(), provider, "Microsoft.Storage/storageAccounts/write", account);
            provider.grant("Contributor", groupId(two.contoso));
            assertThat(createAccount().status()).isEqualTo(202);
        }

        @Test
        void step1_storageAccount_byAStorageAccountContributor_whoMayAssignTheIdentity() {
            two.connect();
            provider.grant("Storage Account Contributor", groupId(two.contoso));

            assertLinked(
                    createAccount(), groupId(two.contoso) + "/providers/Microsoft.Storage/storageAccounts/stfabrikam");
            provider.grant("Managed Identity Operator", two.identityId);
            assertThat(createAccount().status()).isEqualTo(202);
        }

        @Test
        void step2_sqlServer_byAContributor() {
            two.connect();
            String server = groupId(two.contoso) + "/providers/Microsoft.Sql/servers/sql-fabrikam";

            assertUnauthorized(createServer(), provider, "Microsoft.Sql/servers/write", server);
            provider.grant("Contributor", groupId(two.contoso));
            assertThat(createServer().status()).isEqualTo(202);
        }

        @Test
        void step2_sqlServer_byASqlServerContributor_whoMayAssignTheIdentity() {
            two.connect();
            provider.grant("SQL Server Contributor", groupId(two.contoso));

            assertLinked(createServer(), groupId(two.contoso) + "/providers/Microsoft.Sql/servers/sql-fabrikam");
            provider.grant("Managed Identity Operator", two.identityId);
            assertThat(createServer().status()).isEqualTo(202);
        }

        @Test
        void noRoleOfTheProviders_isAnyRoleOnTheKey() {
            two.connect();
            provider.grant("Owner", "/subscriptions/" + two.contoso.subscriptionId());

            Reply refused = as(provider, "https://vault.azure.net").get(two.keyUrl + "?api-version=7.4");

            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.at("error.message")).startsWith("AKV10032");
        }
    }
}

package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.UsernamePasswordCredential;
import com.azure.identity.UsernamePasswordCredentialBuilder;
import io.xtcmk.testing.Rest.Reply;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Tokens;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** People: how they sign in, what they may without any role, and what the tenant's policy says to that. */
class UsersTest {
    private static final String ARM = "https://management.azure.com";
    private static final String GRAPH = "https://graph.microsoft.com/v1.0";
    private static final String CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

    private final FakeAzure azure = FakeAzure.create();
    private final FakeTenant contoso = azure.tenant("contoso");
    private final FakeTenant fabrikam = azure.tenant("fabrikam");
    private final FakeUser alice = fabrikam.newUser("alice");

    private Rest graph(FakeUser user) {
        return Rest.over(azure.httpClient()).as(user.credential(), "https://graph.microsoft.com/.default");
    }

    private Rest arm(FakeUser user) {
        return Rest.over(azure.httpClient()).as(user.credential(), ARM + "/.default");
    }

    private Reply signIn(String tenant, Map<String, String> form) {
        return Rest.over(azure.httpClient())
                .form("https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/token", form);
    }

    private Map<String, String> form(String user, String password) {
        return Map.of(
                "grant_type",
                "password",
                "client_id",
                CLI,
                "username",
                user,
                "password",
                password,
                "scope",
                "openid profile offline_access https://management.core.windows.net//.default");
    }

    // signing in

    @Test
    @SuppressWarnings("deprecation") // Microsoft advises against passwords; the fake has to know them all the same
    void microsoftsClient_signsIn_byNameAndPassword() {
        UsernamePasswordCredential credential = new UsernamePasswordCredentialBuilder()
                .clientId(CLI)
                .tenantId(fabrikam.tenantId().toString())
                .username(alice.userPrincipalName())
                .password(alice.password())
                .httpClient(azure.httpClient())
                .build();

        AccessToken token = credential.getTokenSync(new TokenRequestContext().addScopes(ARM + "/.default"));

        assertThat(Tokens.claims(token.getToken()).orElseThrow())
                .containsEntry("upn", "alice@fabrikam.onmicrosoft.com")
                .containsEntry("oid", alice.objectId().toString())
                .containsEntry("appid", CLI)
                .containsEntry("idtyp", "user")
                .containsEntry("scp", "user_impersonation")
                .doesNotContainKey("roles");
    }

    @Test
    void organizations_isTheTenantOfTheNamesDomain() {
        Reply token = signIn("organizations", form(alice.userPrincipalName(), alice.password()));

        assertThat(token.status()).isEqualTo(200);
        assertThat(Tokens.claims(token.at("access_token")).orElseThrow())
                .containsEntry("tid", fabrikam.tenantId().toString());
    }

    @Test
    void refreshToken_bringsATokenForAnotherResource_untilNinetyDaysLater() {
        Reply first = signIn("organizations", form(alice.userPrincipalName(), alice.password()));
        Map<String, String> refresh = Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                CLI,
                "refresh_token",
                first.at("refresh_token"),
                "scope",
                "https://vault.azure.net/.default");

        Reply second = signIn("organizations", refresh);

        assertThat(Tokens.claims(second.at("access_token")).orElseThrow())
                .containsEntry("aud", "https://vault.azure.net");
        azure.clock().advance(Duration.ofDays(90));
        assertThat(signIn("organizations", refresh).text()).contains("AADSTS70000");
    }

    @Test
    void wrongNamePasswordOrProgram_isRefused() {
        String tenant = fabrikam.tenantId().toString();
        FakePrincipal program = fabrikam.newPrincipal("program");
        Map<String, String> byProgram = new java.util.HashMap<>(form(alice.userPrincipalName(), alice.password()));
        byProgram.put("client_id", program.clientId().toString());

        assertThat(signIn(tenant, form(alice.userPrincipalName(), "guess")).text())
                .contains("AADSTS50126");
        assertThat(signIn(tenant, form("bob@fabrikam.onmicrosoft.com", "x")).text())
                .contains("AADSTS50034");
        assertThat(signIn(contoso.tenantId().toString(), form(alice.userPrincipalName(), alice.password()))
                        .text())
                .contains("AADSTS50034");
        assertThat(signIn(tenant, byProgram).text()).contains("AADSTS7000218");
    }

    @Test
    void passwords_areInNoRecordAndNoDescription() {
        signIn("organizations", form(alice.userPrincipalName(), alice.password()));

        assertThat(azure.calls().toString()).doesNotContain(alice.password());
        assertThat(azure.calls()).allSatisfy(c -> assertThat(c.toJson()).doesNotContain(alice.password()));
        assertThat(azure.toString() + alice)
                .contains("alice@fabrikam.onmicrosoft.com")
                .doesNotContain(alice.password());
    }

    // Azure

    @Test
    void user_hasRolesLikeAnybody_andIsCalledByName() {
        String group = "/subscriptions/" + fabrikam.subscriptionId() + "/resourceGroups/rg";
        Map<String, Object> body = Json.object("location", "westeurope");

        Reply refused = arm(alice).put(ARM + group + "?api-version=2021-04-01", body);
        assertThat(refused.code()).isEqualTo("AuthorizationFailed");
        assertThat(refused.at("error.message"))
                .startsWith("The client 'alice@fabrikam.onmicrosoft.com' with object id '" + alice.objectId()
                        + "' does not have authorization to perform action"
                        + " 'Microsoft.Resources/subscriptions/resourceGroups/write'");

        alice.grant("Contributor", "/subscriptions/" + fabrikam.subscriptionId());
        assertThat(arm(alice).put(ARM + group + "?api-version=2021-04-01", body).status())
                .isEqualTo(201);
        Reply vault = arm(alice)
                .put(
                        ARM + group + "/providers/Microsoft.KeyVault/vaults/kv-alice?api-version=2022-07-01",
                        Json.object(
                                "location",
                                "westeurope",
                                "properties",
                                Json.object(
                                        "tenantId", fabrikam.tenantId().toString(),
                                        "enableRbacAuthorization", true,
                                        "sku", Json.object("family", "A", "name", "standard"))));
        assertThat(vault.at("systemData.createdBy")).isEqualTo(alice.userPrincipalName());
        assertThat(vault.at("systemData.createdByType")).isEqualTo("User");
        alice.revoke("Contributor", "/subscriptions/" + fabrikam.subscriptionId());
        assertThat(arm(alice).get(ARM + group + "?api-version=2021-04-01").status())
                .isEqualTo(403);
    }

    @Test
    void roleForAUser_isOfTypeUser() {
        String assignment = ARM + "/subscriptions/" + fabrikam.subscriptionId()
                + "/providers/Microsoft.Authorization/roleAssignments/" + new java.util.UUID(1, 1)
                + "?api-version=2022-04-01";
        Map<String, Object> properties = Json.object(
                "roleDefinitionId",
                "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7",
                "principalId",
                alice.objectId().toString());
        Rest admin = Rest.over(azure.httpClient()).as(fabrikam.credential(), ARM + "/.default");

        Reply wrong = admin.put(
                assignment, Json.object("properties", Json.with(properties, "principalType", "ServicePrincipal")));
        Reply right = admin.put(assignment, Json.object("properties", properties));

        assertThat(wrong.code()).isEqualTo("UnmatchedPrincipalType");
        assertThat(wrong.at("error.message")).contains("has type 'User'");
        assertThat(right.at("properties.principalType")).isEqualTo("User");
    }

    // the directory

    @Test
    void user_readsTheDirectory_andFindsHerself() {
        assertThat(graph(alice).get(GRAPH + "/me").at("id"))
                .isEqualTo(alice.objectId().toString());
        assertThat(graph(alice)
                        .get(GRAPH + "/users/alice@fabrikam.onmicrosoft.com")
                        .at("id"))
                .isEqualTo(alice.objectId().toString());
        assertThat(graph(alice)
                        .get(GRAPH + "/users?$filter=userPrincipalName eq 'alice@fabrikam.onmicrosoft.com'")
                        .text())
                .contains(alice.objectId().toString());
        assertThat(graph(alice).get(GRAPH + "/applications").status()).isEqualTo(200);
        assertThat(Rest.over(azure.httpClient())
                        .as(fabrikam.credential(), "https://graph.microsoft.com/.default")
                        .get(GRAPH + "/me")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void policy_isReadByAll_andChangedByGlobalAdministratorsOnly() {
        String policy = GRAPH + "/policies/authorizationPolicy";
        Map<String, Object> closed = Json.object(
                "defaultUserRolePermissions",
                Json.object("allowedToCreateApps", false, "permissionGrantPoliciesAssigned", java.util.List.of()));
        FakeUser applications = fabrikam.newUser("bob", "Application Administrator");
        FakeUser global = fabrikam.newUser("carol", "Global Administrator");

        assertThat(graph(alice).get(policy).at("defaultUserRolePermissions.allowedToCreateApps"))
                .isEqualTo("true");
        assertThat(graph(applications).patch(policy, closed).code()).isEqualTo("Authorization_RequestDenied");
        assertThat(graph(global).patch(policy, closed).status()).isEqualTo(204);
        assertThat(graph(alice).get(policy).at("defaultUserRolePermissions.allowedToCreateApps"))
                .isEqualTo("false");
        assertThat(graph(alice)
                        .post(GRAPH + "/applications", Json.object("displayName", "mine"))
                        .code())
                .isEqualTo("Authorization_RequestDenied");
        assertThat(graph(applications)
                        .post(GRAPH + "/applications", Json.object("displayName", "mine"))
                        .status())
                .isEqualTo(201);
    }

    // consent, and the policy that blocks it

    private static final String REDIRECT = "https://contoso.example/done";

    private URI consentUrl(String path) {
        String clientId = Identities.application(azure, contoso, "saas", "AzureADMultipleOrgs")
                .appId()
                .toString();
        return URI.create("https://login.microsoftonline.com/" + fabrikam.tenantId() + path + "?client_id=" + clientId
                + "&response_type=code&redirect_uri=" + REDIRECT
                + "&scope=https%3A%2F%2Fvault.azure.net%2F.default");
    }

    @Test
    void user_mayConsent_unlessThePolicySaysNo_whichNoAdministratorIsKeptFromBy() {
        URI url = consentUrl("/oauth2/authorize");
        fabrikam.usersMayConsent(false);

        assertThatThrownBy(() -> alice.acceptConsent(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("AADSTS90093: An administrator of fabrikam has set a policy that prevents you from granting"
                        + " saas the permissions it is requesting. Contact an administrator of fabrikam, who can grant"
                        + " permissions to this app on your behalf.");
        FakeUser administrator = fabrikam.newUser("bob", "Cloud Application Administrator");
        assertThat(administrator.acceptConsent(url)).hasParameter("code");
        assertThat(alice.acceptConsent(url))
                .as("what is installed needs no consent")
                .hasParameter("code");
    }

    @Test
    void user_consents_whereThePolicyAllows() {
        assertThat(alice.acceptConsent(consentUrl("/oauth2/authorize"))).hasParameter("code");
    }

    @Test
    void adminConsent_isForAdministrators_whateverThePolicy() {
        URI url = consentUrl("/v2.0/adminconsent");

        assertThatThrownBy(() -> alice.acceptConsent(url)).hasMessageStartingWith("AADSTS90093: saas is requesting");
        assertThat(fabrikam.newUser("bob", "Application Administrator").acceptConsent(url))
                .hasParameter("admin_consent", "True");
    }

    @Test
    void unknownRoleOrPermission_isNamedWithThoseThereAre() {
        assertThatThrownBy(() -> fabrikam.newUser("dave", "Boss"))
                .hasMessageContaining("no directory role is called \"Boss\"")
                .hasMessageContaining("Application Developer");
        assertThatThrownBy(() -> fabrikam.newPrincipal("p").grantGraph("Everything"))
                .hasMessageContaining("Application.ReadWrite.OwnedBy");
    }
}

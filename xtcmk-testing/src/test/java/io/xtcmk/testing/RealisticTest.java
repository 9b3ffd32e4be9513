package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.testing.Rest.Reply;
import io.xtcmk.testing.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An Azure that takes its time: what a caller sees meanwhile, and that it passes. */
class RealisticTest {
    private static final String ARM = "https://management.azure.com";
    private static final String GRAPH = "https://graph.microsoft.com/v1.0";

    private final FakeAzure azure = FakeAzure.create().realistic();
    private final FakeTenant contoso = azure.tenant("contoso");
    private final FakeTenant fabrikam = azure.tenant("fabrikam");
    private final String group = ARM + "/subscriptions/" + contoso.subscriptionId() + "/resourceGroups/rg";

    private Rest arm(FakeTenant tenant) {
        return Rest.over(azure.httpClient()).as(tenant.credential(), ARM + "/.default");
    }

    private Rest graph(FakeTenant tenant) {
        return Rest.over(azure.httpClient()).as(tenant.credential(), "https://graph.microsoft.com/.default");
    }

    private Reply application() {
        return graph(contoso)
                .post(
                        GRAPH + "/applications",
                        Json.object("displayName", "contoso-cmk", "signInAudience", "AzureADMultipleOrgs"));
    }

    @Test
    void newApplication_isNotFoundYet_andCannotBeInstalledElsewhere_forThirtySeconds() {
        Reply made = application();
        Map<String, Object> install = Json.object("appId", made.at("appId"));

        assertThat(graph(contoso).get(GRAPH + "/applications/" + made.at("id")).code())
                .isEqualTo("Request_ResourceNotFound");
        assertThat(graph(fabrikam).post(GRAPH + "/servicePrincipals", install).text())
                .contains("NoBackingApplicationObject");

        azure.clock().advance(Duration.ofSeconds(30));
        assertThat(graph(contoso).get(GRAPH + "/applications/" + made.at("id")).status())
                .isEqualTo(200);
        assertThat(graph(fabrikam).post(GRAPH + "/servicePrincipals", install).status())
                .isEqualTo(201);
    }

    @Test
    void newServicePrincipal_isNoPrincipalYet_unlessItsTypeIsGiven() {
        arm(fabrikam).put(groupOf(fabrikam), Json.object("location", "westeurope"));
        Reply app = application();
        azure.clock().advance(Duration.ofSeconds(30));
        Reply principal = graph(fabrikam).post(GRAPH + "/servicePrincipals", Json.object("appId", app.at("appId")));

        Reply early = assign(principal.at("id"), null);
        assertThat(early.status()).isEqualTo(400);
        assertThat(early.code()).isEqualTo("PrincipalNotFound");
        assertThat(assign(principal.at("id"), "ServicePrincipal").status()).isEqualTo(201);
    }

    private String groupOf(FakeTenant tenant) {
        return ARM + "/subscriptions/" + tenant.subscriptionId() + "/resourceGroups/rg?api-version=2021-04-01";
    }

    private Reply assign(String principal, String type) {
        return arm(fabrikam)
                .put(
                        ARM + "/subscriptions/" + fabrikam.subscriptionId()
                                + "/resourceGroups/rg/providers/Microsoft.Authorization/roleAssignments/"
                                + new UUID(3, 4) + "?api-version=2022-04-01",
                        Json.object(
                                "properties",
                                Json.object(
                                        "roleDefinitionId",
                                        "/providers/Microsoft.Authorization/roleDefinitions/"
                                                + TwoTenants.ENCRYPTION_USER,
                                        "principalId",
                                        principal,
                                        "principalType",
                                        type == null ? Json.ABSENT : type)));
    }

    @Test
    void newRole_hasItsEffectAfterFiveMinutes_andARemovedOneForAsLong() {
        arm(contoso).put(group + "?api-version=2021-04-01", Json.object("location", "westeurope"));
        FakePrincipal reader = contoso.newPrincipal("reader").grant("Reader", contosoSubscription());
        Rest arm = Rest.over(azure.httpClient()).as(reader.credential(), ARM + "/.default");

        assertThat(arm.get(group + "?api-version=2021-04-01").code()).isEqualTo("AuthorizationFailed");
        azure.clock().advance(Duration.ofMinutes(5));
        assertThat(arm.get(group + "?api-version=2021-04-01").status()).isEqualTo(200);
        reader.revoke("Reader", contosoSubscription());
        assertThat(arm.get(group + "?api-version=2021-04-01").status()).isEqualTo(200);
        azure.clock().advance(Duration.ofMinutes(5));
        assertThat(arm.get(group + "?api-version=2021-04-01").code()).isEqualTo("AuthorizationFailed");
    }

    private String contosoSubscription() {
        return "/subscriptions/" + contoso.subscriptionId();
    }

    @Test
    void newFederatedCredential_isAADSTS70021_forTwoMinutes() {
        arm(contoso).put(group + "?api-version=2021-04-01", Json.object("location", "westeurope"));
        Reply identity = arm(contoso)
                .put(
                        group
                                + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-cmk?api-version=2023-01-31",
                        Json.object("location", "westeurope"));
        Reply app = application();
        azure.clock().advance(Duration.ofSeconds(30));
        graph(fabrikam).post(GRAPH + "/servicePrincipals", Json.object("appId", app.at("appId")));
        azure.clock().advance(Duration.ofSeconds(30));
        graph(contoso)
                .post(
                        GRAPH + "/applications/" + app.at("id") + "/federatedIdentityCredentials",
                        Json.object(
                                "name",
                                "id-cmk",
                                "issuer",
                                "https://login.microsoftonline.com/" + contoso.tenantId() + "/v2.0",
                                "subject",
                                identity.at("properties.principalId"),
                                "audiences",
                                List.of("api://AzureADTokenExchange")));

        assertThat(exchange(identity.at("id"), app.at("appId")).text()).contains("AADSTS70021");
        azure.clock().advance(Duration.ofMinutes(2));
        assertThat(exchange(identity.at("id"), app.at("appId")).status()).isEqualTo(200);
    }

    private Reply exchange(String identityId, String clientId) {
        String assertion = Rest.token(contoso.managedIdentity(identityId), "api://AzureADTokenExchange/.default");
        return Rest.over(azure.httpClient())
                .form(
                        "https://login.microsoftonline.com/" + fabrikam.tenantId() + "/oauth2/v2.0/token",
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                clientId,
                                "scope",
                                "https://vault.azure.net/.default",
                                "client_assertion_type",
                                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                "client_assertion",
                                assertion));
    }

    @Test
    void throttles_areOn_andEachDelayCanBeSetOtherwise() {
        arm(contoso).put(group + "?api-version=2021-04-01", Json.object("location", "westeurope"));
        Rest arm = arm(contoso);
        int refused = 0;
        for (int i = 0; i < 251; i++) {
            refused += arm.get(group + "?api-version=2021-04-01").status() == 429 ? 1 : 0;
        }
        assertThat(refused).isEqualTo(1);

        azure.rolePropagation(Duration.ZERO).throttling(false);
        FakePrincipal reader = contoso.newPrincipal("reader").grant("Reader", contosoSubscription());
        assertThat(Rest.over(azure.httpClient())
                        .as(reader.credential(), ARM + "/.default")
                        .get(group + "?api-version=2021-04-01")
                        .status())
                .isEqualTo(200);
    }
}

package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.graph.applications.item.addpassword.AddPasswordPostRequestBody;
import com.microsoft.graph.models.Application;
import com.microsoft.graph.models.FederatedIdentityCredential;
import com.microsoft.graph.models.PasswordCredential;
import com.microsoft.graph.models.ServicePrincipal;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** microsoft-graph, unchanged. */
class GraphClientTest {
    private final FakeAzure azure = FakeAzure.create();
    private final FakeTenant contoso = azure.tenant("contoso");
    private final FakeTenant fabrikam = azure.tenant("fabrikam");
    private final GraphServiceClient provider = GraphClients.over(azure.httpClient(), contoso.credential());
    private final GraphServiceClient customer = GraphClients.over(azure.httpClient(), fabrikam.credential());

    @AfterEach
    void keepTraffic() {
        Traffic.keep(GraphClientTest.class, azure);
    }

    @Test
    void application_isCreatedFoundChangedAndDeleted() {
        Application made = provider.applications().post(application("saas", "AzureADMultipleOrgs"));

        assertThat(made.getSignInAudience()).isEqualTo("AzureADMultipleOrgs");
        assertThat(made.getPublisherDomain()).isEqualTo("contoso.onmicrosoft.com");
        assertThat(provider.applicationsWithAppId(made.getAppId()).get().getId())
                .isEqualTo(made.getId());
        assertThat(find("appId eq '" + made.getAppId() + "'")).containsExactly("saas");
        assertThat(find("startswith(displayName,'sa')")).containsExactly("saas");
        assertThat(find("displayName eq 'other'")).isEmpty();

        Application change = new Application();
        change.setDisplayName("renamed");
        provider.applications().byApplicationId(made.getId()).patch(change);
        assertThat(provider.applications().byApplicationId(made.getId()).get().getDisplayName())
                .isEqualTo("renamed");

        provider.applications().byApplicationId(made.getId()).delete();
        assertThatThrownBy(() ->
                        provider.applications().byApplicationId(made.getId()).get())
                .isInstanceOfSatisfying(ODataError.class, e -> {
                    assertThat(e.getResponseStatusCode()).isEqualTo(404);
                    assertThat(e.getError().getCode()).isEqualTo("Request_ResourceNotFound");
                    assertThat(e.getError().getInnerError().getRequestId()).isNotBlank();
                });
    }

    @Test
    void upsertByUniqueName_createsOnce() {
        Application made = provider.applicationsWithUniqueName("contoso-cmk")
                .patch(
                        application("contoso-cmk", "AzureADMultipleOrgs"),
                        r -> r.headers.add("Prefer", "create-if-missing"));
        Application again = provider.applicationsWithUniqueName("contoso-cmk")
                .patch(
                        application("contoso-cmk", "AzureADMultipleOrgs"),
                        r -> r.headers.add("Prefer", "create-if-missing"));

        assertThat(made.getUniqueName()).isEqualTo("contoso-cmk");
        assertThat(again).isNull();
        assertThat(provider.applicationsWithUniqueName("contoso-cmk").get().getId())
                .isEqualTo(made.getId());
        assertThat(find("uniqueName eq 'contoso-cmk'")).hasSize(1);
    }

    @Test
    void federatedIdentityCredential_isCreatedListedFoundByNameAndDeleted() {
        Application app = provider.applications().post(application("saas", "AzureADMultipleOrgs"));
        var credentials = provider.applications().byApplicationId(app.getId()).federatedIdentityCredentials();

        FederatedIdentityCredential made = credentials.post(credential("id-cmk", "subject"));

        assertThat(made.getAudiences()).containsExactly("api://AzureADTokenExchange");
        assertThat(credentials.get().getValue()).hasSize(1);
        assertThat(provider.applications()
                        .byApplicationId(app.getId())
                        .federatedIdentityCredentialsWithName("id-cmk")
                        .get()
                        .getId())
                .isEqualTo(made.getId());
        assertThat(provider.applications()
                        .byApplicationId(app.getId())
                        .federatedIdentityCredentialsWithName("id-cmk")
                        .patch(credential("id-cmk", "other"), r -> r.headers.add("Prefer", "create-if-missing")))
                .isNull();
        assertThat(credentials
                        .byFederatedIdentityCredentialId(made.getId())
                        .get()
                        .getSubject())
                .isEqualTo("other");
        credentials.byFederatedIdentityCredentialId("id-cmk").delete();
        assertThat(credentials.get().getValue()).isEmpty();
    }

    @Test
    void servicePrincipal_isInstalledInTheOtherTenant() {
        Application app = provider.applications().post(application("saas", "AzureADMultipleOrgs"));
        ServicePrincipal body = new ServicePrincipal();
        body.setAppId(app.getAppId());

        ServicePrincipal made = customer.servicePrincipals().post(body);

        assertThat(made.getAppOwnerOrganizationId())
                .isEqualTo(contoso.tenantId().value());
        assertThat(made.getServicePrincipalNames()).containsExactly(app.getAppId());
        assertThat(customer.servicePrincipalsWithAppId(app.getAppId()).get().getId())
                .isEqualTo(made.getId());
        assertThat(customer.servicePrincipals()
                        .get(r ->
                                r.queryParameters.filter = "servicePrincipalNames/any(c:c eq '" + app.getAppId() + "')")
                        .getValue())
                .hasSize(1);
        assertThat(customer.servicePrincipalsWithAppId(app.getAppId())
                        .patch(body, r -> r.headers.add("Prefer", "create-if-missing")))
                .isNull();

        customer.servicePrincipals().byServicePrincipalId(made.getId()).delete();
        assertThat(fabrikam.servicePrincipalOf(io.xtcmk.model.ClientId.of(app.getAppId())))
                .isEmpty();
        assertThat(customer.servicePrincipalsWithAppId(app.getAppId())
                        .patch(body, r -> r.headers.add("Prefer", "create-if-missing")))
                .isNotNull();
    }

    @Test
    void secret_isShownOnceAndSignsIn() {
        Application app = provider.applications().post(application("saas", "AzureADMyOrg"));
        ServicePrincipal body = new ServicePrincipal();
        body.setAppId(app.getAppId());
        provider.servicePrincipals().post(body);
        AddPasswordPostRequestBody ask = new AddPasswordPostRequestBody();
        PasswordCredential asked = new PasswordCredential();
        asked.setDisplayName("rbac");
        ask.setPasswordCredential(asked);

        PasswordCredential secret = provider.applications()
                .byApplicationId(app.getId())
                .addPassword()
                .post(ask);

        assertThat(secret.getSecretText()).startsWith(secret.getHint()).hasSize(40);
        assertThat(provider.applications().byApplicationId(app.getId()).get().getPasswordCredentials())
                .singleElement()
                .satisfies(shown -> assertThat(shown.getSecretText()).isNull());
        Rest.Reply token = Rest.over(azure.httpClient())
                .form(
                        "https://login.microsoftonline.com/" + contoso.tenantId() + "/oauth2/v2.0/token",
                        java.util.Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                app.getAppId(),
                                "client_secret",
                                secret.getSecretText(),
                                "scope",
                                "https://graph.microsoft.com/.default"));
        assertThat(token.status()).isEqualTo(200);
    }

    @Test
    void pages_leadThroughAll() {
        for (int i = 0; i < 5; i++) {
            provider.applications().post(application("app-" + i, "AzureADMyOrg"));
        }

        var first = provider.applications().get(r -> r.queryParameters.top = 4);
        var second = provider.applications().withUrl(first.getOdataNextLink()).get();

        assertThat(first.getValue()).hasSize(4);
        assertThat(second.getValue()).hasSize(2);
        assertThat(second.getOdataNextLink()).isNull();
    }

    private List<String> find(String filter) {
        return provider.applications().get(r -> r.queryParameters.filter = filter).getValue().stream()
                .map(Application::getDisplayName)
                .toList();
    }

    private static Application application(String name, String audience) {
        Application application = new Application();
        application.setDisplayName(name);
        application.setSignInAudience(audience);
        return application;
    }

    private FederatedIdentityCredential credential(String name, String subject) {
        FederatedIdentityCredential credential = new FederatedIdentityCredential();
        credential.setName(name);
        credential.setIssuer("https://login.microsoftonline.com/" + contoso.tenantId() + "/v2.0");
        credential.setSubject(subject);
        credential.setAudiences(List.of("api://AzureADTokenExchange"));
        return credential;
    }
}

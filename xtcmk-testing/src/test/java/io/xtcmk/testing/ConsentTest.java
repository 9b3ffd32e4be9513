package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xtcmk.model.ClientId;
import io.xtcmk.testing.http.UrlEncoded;
import io.xtcmk.testing.world.Application;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Parameters and answers from Microsoft's page "Permissions and consent: the admin consent endpoint". */
class ConsentTest {
    private static final String REDIRECT = "https://contoso.example/done";
    private static final String LOGIN = "https://login.microsoftonline.com/";

    private final FakeAzure azure = FakeAzure.create();
    private final FakeTenant contoso = azure.tenant("contoso");
    private final FakeTenant fabrikam = azure.tenant("fabrikam");
    private final Application app = Identities.application(azure, contoso, "saas", "AzureADMultipleOrgs");
    private final ClientId clientId = new ClientId(app.appId());

    @Test
    void accept_installsTheApplication_andAnswersToTheRedirectAddress() {
        URI back = fabrikam.acceptConsent(v2(fabrikam.tenantId().toString(), REDIRECT));

        assertThat(back.toString()).startsWith(REDIRECT + "?");
        assertThat(UrlEncoded.parse(back.getRawQuery()))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "admin_consent", "True",
                        "tenant", fabrikam.tenantId().toString(),
                        "state", "s t",
                        "scope", "https://vault.azure.net/.default"));
        assertThat(fabrikam.servicePrincipalOf(clientId)).isPresent();
    }

    @Test
    void accept_again_changesNothing() {
        fabrikam.acceptConsent(v2("organizations", REDIRECT));
        var first = fabrikam.servicePrincipalOf(clientId);

        fabrikam.acceptConsent(v2(fabrikam.tenantId().toString(), REDIRECT));

        assertThat(fabrikam.servicePrincipalOf(clientId)).isEqualTo(first);
    }

    @Test
    void accept_onVersion1_hasNoScope() {
        URI back = fabrikam.acceptConsent(URI.create(LOGIN + "common/adminconsent?client_id=" + clientId
                + "&redirect_uri=" + encoded(REDIRECT) + "&state=7"));

        assertThat(UrlEncoded.parse(back.getRawQuery()))
                .containsOnlyKeys("admin_consent", "tenant", "state")
                .containsEntry("tenant", fabrikam.tenantId().toString());
    }

    @Test
    void accept_onTheAuthorizeEndpoint_givesACode() {
        URI back = fabrikam.acceptConsent(authorize("common"));

        assertThat(UrlEncoded.parse(back.getRawQuery())).containsOnlyKeys("code", "session_state");
        assertThat(fabrikam.servicePrincipalOf(clientId)).isPresent();
    }

    @Test
    void decline_installsNothing_andSaysSo() {
        URI back = fabrikam.declineConsent(v2(fabrikam.tenantId().toString(), REDIRECT));

        assertThat(UrlEncoded.parse(back.getRawQuery()))
                .containsEntry("admin_consent", "True")
                .containsEntry("error", "consent_required")
                .containsEntry("state", "s t")
                .hasEntrySatisfying("error_description", d -> assertThat(d).startsWith("AADSTS65004"))
                .doesNotContainKey("tenant");
        assertThat(UrlEncoded.parse(fabrikam.declineConsent(authorize("common")).getRawQuery()))
                .containsEntry("error", "access_denied");
        assertThat(fabrikam.servicePrincipalOf(clientId)).isEmpty();
    }

    @Test
    void unregisteredRedirect_is50011_andIsNeverRedirectedTo() {
        URI url = v2(fabrikam.tenantId().toString(), "https://evil.example/");

        assertThatThrownBy(() -> fabrikam.acceptConsent(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("AADSTS50011");
        assertThat(fabrikam.servicePrincipalOf(clientId)).isEmpty();
        assertThat(Rest.over(azure.httpClient()).get(url.toString()).text()).contains("AADSTS50011");
    }

    @Test
    void anotherTenantsUrl_is50020() {
        assertThatThrownBy(() -> fabrikam.acceptConsent(v2(contoso.tenantId().toString(), REDIRECT)))
                .hasMessageStartingWith("AADSTS50020");
    }

    @Test
    void singleTenantApplication_is700016_andOnCommon50194() {
        Identities.put(
                azure,
                app.withProperties(
                        io.xtcmk.testing.http.Json.with(app.properties(), "signInAudience", "AzureADMyOrg")));

        assertThatThrownBy(() -> fabrikam.acceptConsent(v2(fabrikam.tenantId().toString(), REDIRECT)))
                .hasMessageStartingWith("AADSTS700016");
        assertThatThrownBy(() -> fabrikam.acceptConsent(authorize("common"))).hasMessageStartingWith("AADSTS50194");
    }

    @Test
    void unknownClient_is700016_andMissingScope900144() {
        String url = v2(fabrikam.tenantId().toString(), REDIRECT).toString();

        assertThatThrownBy(() -> fabrikam.acceptConsent(
                        URI.create(url.replace(clientId.toString(), "99999999-9999-4999-8999-999999999999"))))
                .hasMessageStartingWith("AADSTS700016");
        assertThatThrownBy(() -> fabrikam.acceptConsent(URI.create(url.replace("&scope", "&skope"))))
                .hasMessageStartingWith("AADSTS900144");
    }

    @Test
    void page_namesTheApplication_andInstallsNothingByItself() {
        Rest.Reply page = Rest.over(azure.httpClient())
                .get(v2(fabrikam.tenantId().toString(), REDIRECT).toString());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("saas");
        assertThat(fabrikam.servicePrincipalOf(clientId)).isEmpty();
    }

    private URI v2(String tenant, String redirect) {
        return URI.create(LOGIN + tenant + "/v2.0/adminconsent?client_id=" + clientId + "&redirect_uri="
                + encoded(redirect) + "&scope=" + encoded("https://vault.azure.net/.default") + "&state=s+t");
    }

    /** As in the scenario's first description. */
    private URI authorize(String tenant) {
        return URI.create(LOGIN + tenant + "/oauth2/authorize?response_type=code&client_id=" + clientId
                + "&redirect_uri=" + encoded(REDIRECT));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

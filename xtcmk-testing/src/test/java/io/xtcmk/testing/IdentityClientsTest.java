package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.ClientAssertionCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import io.xtcmk.testing.Rest.Reply;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Resource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** azure-identity, unchanged, with its instance discovery on. */
class IdentityClientsTest {
    private static final TokenRequestContext VAULT =
            new TokenRequestContext().addScopes("https://vault.azure.net/.default");

    private final FakeAzure azure = FakeAzure.create();
    private final FakeTenant contoso = azure.tenant("contoso");
    private final FakeTenant fabrikam = azure.tenant("fabrikam");

    @Test
    void clientSecretCredential_findsTheEndpointAndGetsAToken() {
        String token = secretCredential(contoso.administrator().clientSecret())
                .getTokenSync(VAULT)
                .getToken();

        assertThat(Tokens.claims(token).orElseThrow())
                .containsEntry("tid", contoso.tenantId().toString())
                .containsEntry("aud", "https://vault.azure.net");
        // MSAL asks for the instances of the cloud once a JVM, so perhaps not in this test.
        assertThat(azure.calls())
                .extracting(call -> call.url().getPath())
                .endsWith("/" + contoso.tenantId() + "/oauth2/v2.0/token")
                .isSubsetOf("/common/discovery/instance", "/" + contoso.tenantId() + "/oauth2/v2.0/token");
    }

    @Test
    void clientSecretCredential_showsTheRefusal() {
        assertThatThrownBy(() -> secretCredential("guessed").getTokenSync(VAULT))
                .hasStackTraceContaining("AADSTS7000215");
    }

    @Test
    void clientAssertionCredential_speaksForTheApplicationInTheOtherTenant() {
        Resource identity = Identities.identity(azure, contoso, "id-cmk");
        Application app = Identities.application(azure, contoso, "saas", "AzureADMultipleOrgs");
        Identities.install(azure, app, fabrikam);
        Identities.trust(
                azure,
                app,
                "https://login.microsoftonline.com/" + contoso.tenantId() + "/v2.0",
                Identities.principalId(identity),
                "api://AzureADTokenExchange");
        TokenCredential source = contoso.managedIdentity(identity.id());

        TokenCredential credential = new ClientAssertionCredentialBuilder()
                .tenantId(fabrikam.tenantId().toString())
                .clientId(app.appId().toString())
                .clientAssertion(() -> Rest.token(source, Identities.EXCHANGE_SCOPE))
                .httpClient(azure.httpClient())
                .build();

        assertThat(Tokens.claims(credential.getTokenSync(VAULT).getToken()).orElseThrow())
                .containsEntry("tid", fabrikam.tenantId().toString())
                .containsEntry("appid", app.appId().toString());
    }

    @Test
    void managedIdentityCredential_asksTheMetadataService() {
        Resource identity = Identities.identity(azure, contoso, "id-cmk");
        TokenCredential credential = new ManagedIdentityCredentialBuilder()
                .clientId(identity.text("properties.clientId").orElseThrow())
                .httpClient(azure.workload(identity.id()).httpClient())
                .build();

        String token = credential.getTokenSync(VAULT).getToken();

        assertThat(Tokens.claims(token).orElseThrow()).containsEntry("sub", Identities.principalId(identity));
    }

    @Test
    void discovery_knowsAllClouds_andRefusesOtherHosts() {
        String url = "https://login.microsoftonline.com/common/discovery/instance?api-version=1.1"
                + "&authorization_endpoint=https://%s/common/oauth2/v2.0/authorize";

        Reply known = get(url.formatted("login.microsoftonline.us"));
        Reply unknown = get(url.formatted("login.example.com"));

        assertThat(known.json().get("metadata")).asInstanceOf(LIST).hasSize(3);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.at("error")).isEqualTo("invalid_instance");
    }

    @Test
    void openIdConfiguration_leadsToTheKeyThatSignsTokens() {
        String token = Rest.token(contoso.credential(), "https://vault.azure.net/.default");
        Reply v2 =
                get("https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration");
        Reply v1 = get("https://login.microsoftonline.com/contoso.onmicrosoft.com/.well-known/openid-configuration");

        assertThat(v2.at("issuer")).isEqualTo("https://login.microsoftonline.com/" + contoso.tenantId() + "/v2.0");
        assertThat(v1.at("issuer")).isEqualTo("https://sts.windows.net/" + contoso.tenantId() + "/");
        Reply keys = get(v2.at("jwks_uri"));
        assertThat(keys.text()).contains(azure.tokens().keyId());
        assertThat(azure.tokens().isGenuine(token)).isTrue();
    }

    @Test
    void openIdConfiguration_ofUnknownTenant_isInvalidTenant() {
        Reply reply = get("https://login.microsoftonline.com/12345678-1234-1234-1234-123456789012/v2.0"
                + "/.well-known/openid-configuration");

        TokenEndpointTest.assertRefused(reply, 400, "invalid_tenant", 90002);
    }

    @Test
    void metadataService_answersInStrings_andRefusesAsTheRealOne() {
        Resource first = Identities.identity(azure, contoso, "id-1");
        Resource second = Identities.identity(azure, contoso, "id-2");
        String url = "http://169.254.169.254//metadata/identity/oauth2/token?api-version=2018-02-01"
                + "&resource=api://AzureADTokenExchange";
        Rest here = Rest.over(azure.httpClient()).with("Metadata", "true");

        assertThat(here.get(url).at("error_description")).isEqualTo("Identity not found");
        azure.attachIdentity(first.id());
        assertThat(get(url).at("error_description")).isEqualTo("Required metadata header not specified");
        Reply one = here.get(url);
        assertThat(one.json())
                .allSatisfy((name, value) -> assertThat(value).as(name).isInstanceOf(String.class))
                .containsEntry("expires_in", "86399")
                .containsEntry("client_id", first.text("properties.clientId").orElseThrow());
        azure.attachIdentity(second.id());
        assertThat(here.get(url).at("error_description")).startsWith("Multiple user assigned identities exist");
        assertThat(here.get(url + "&msi_res_id=" + second.id()).at("client_id"))
                .isEqualTo(second.text("properties.clientId").orElseThrow());
        assertThat(here.get(url + "&object_id=" + fabrikam.tenantId()).status()).isEqualTo(400);
    }

    @Test
    void appService_knowsTheWorkloadByItsHeader() {
        Resource identity = Identities.identity(azure, contoso, "id-cmk");
        Map<String, String> environment = azure.workload(identity.id()).environment();
        String url = environment.get("IDENTITY_ENDPOINT") + "?api-version=2019-08-01&resource=https://vault.azure.net";

        Reply reply = Rest.over(azure.httpClient())
                .with("X-IDENTITY-HEADER", environment.get("IDENTITY_HEADER"))
                .get(url);

        assertThat(reply.at("client_id"))
                .isEqualTo(identity.text("properties.clientId").orElseThrow());
        assertThat(get(url).status()).isEqualTo(401);
    }

    private TokenCredential secretCredential(String secret) {
        return new ClientSecretCredentialBuilder()
                .tenantId(contoso.tenantId().toString())
                .clientId(contoso.administrator().clientId().toString())
                .clientSecret(secret)
                .httpClient(azure.httpClient())
                .build();
    }

    private Reply get(String url) {
        return Rest.over(azure.httpClient()).get(url);
    }
}

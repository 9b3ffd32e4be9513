package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.testing.Rest.Reply;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Directory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and meanings from Microsoft's page "Microsoft Entra authentication and authorization error codes". */
class TokenEndpointTest {
    private final FakeAzure azure = FakeAzure.create();
    private final FakeTenant contoso = azure.tenant("contoso");
    private final FakeTenant fabrikam = azure.tenant("fabrikam");
    private final FakePrincipal admin = contoso.administrator();

    @Test
    void unknownTenant_is90002_withTheWholeEnvelope() {
        Reply reply = Rest.over(azure.httpClient())
                .with("client-request-id", "11111111-2222-3333-4444-555555555555")
                .form(url("12345678-1234-1234-1234-123456789012"), form());

        assertRefused(reply, 400, "invalid_request", 90002);
        assertThat(reply.json())
                .containsEntry("timestamp", "2026-01-01 00:00:00Z")
                .containsEntry("correlation_id", "11111111-2222-3333-4444-555555555555")
                .containsEntry("error_uri", "https://login.microsoftonline.com/error?code=90002");
        assertThat(reply.at("error_description"))
                .startsWith("AADSTS90002: Tenant '12345678-1234-1234-1234-123456789012' not found.")
                .contains("Trace ID: " + reply.at("trace_id"))
                .endsWith("Timestamp: 2026-01-01 00:00:00Z");
    }

    @Test
    void tenantByDomain_isTheSameTenant() {
        assertThat(ask("contoso.onmicrosoft.com", form()).at("token_type")).isEqualTo("Bearer");
    }

    @Test
    void tenantOfAnotherCloud_is90002() {
        Reply reply = Rest.over(azure.httpClient())
                .form("https://login.microsoftonline.us/" + contoso.tenantId() + "/oauth2/v2.0/token", form());

        assertRefused(reply, 400, "invalid_request", 90002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "consumers", "organizations"})
    void clientCredentials_withoutATenant_areRefused(String tenant) {
        assertRefused(ask(tenant, form()), 400, "invalid_request", 9001023);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type", "client_id", "scope"})
    void missingParameter_is900144(String name) {
        assertRefused(askWithout(name), 400, "invalid_request", 900144);
    }

    @Test
    void otherGrant_is70003() {
        assertRefused(askWith("grant_type", "client_secret"), 400, "unsupported_grant_type", 70003);
    }

    @Test
    void get_is900561() {
        Reply reply = Rest.over(azure.httpClient()).get(url(contoso.tenantId().toString()));

        assertRefused(reply, 400, "invalid_request", 900561);
    }

    @Test
    void unknownClient_is700016() {
        assertRefused(askWith("client_id", "99999999-9999-4999-8999-999999999999"), 400, "unauthorized_client", 700016);
    }

    @Test
    void singleTenantClient_inAnotherTenant_is700016() {
        assertRefused(ask(fabrikam.tenantId().toString(), form()), 400, "unauthorized_client", 700016);
    }

    @Test
    void deletedClient_is700016() {
        Application registered = registrationOf(admin);
        Identities.put(azure, registered.withDeletedAt(azure.clock().now()));

        assertRefused(ask(form()), 400, "unauthorized_client", 700016);
    }

    @Test
    void multiTenantClient_thatIsNotInstalled_is7000229() {
        Application app = Identities.application(azure, contoso, "saas", "AzureADMultipleOrgs");

        Reply reply = ask(
                fabrikam.tenantId().toString(), with("client_id", app.appId().toString()));

        assertRefused(reply, 401, "invalid_client", 7000229);
    }

    @Test
    void disabledClient_is7000112() {
        contoso.enableApplication(admin.clientId(), false);

        assertRefused(ask(form()), 400, "unauthorized_client", 7000112);
    }

    @Test
    void noProof_is7000218() {
        assertRefused(askWithout("client_secret"), 401, "invalid_client", 7000218);
    }

    @Test
    void wrongSecret_is7000215() {
        assertRefused(askWith("client_secret", "guessed"), 401, "invalid_client", 7000215);
    }

    @Test
    void expiredSecret_is7000222() {
        azure.clock().advance(Duration.ofDays(4000));

        assertRefused(ask(form()), 401, "invalid_client", 7000222);
    }

    @Test
    void unknownResource_is500011() {
        assertRefused(askWith("scope", "https://vault.azure.com/.default"), 400, "invalid_resource", 500011);
    }

    @Test
    void scopeWithoutDefault_isRefused() {
        assertRefused(askWith("scope", "https://vault.azure.net/user"), 400, "invalid_scope", 1002012);
    }

    @Test
    void resourceOnV2_is901002() {
        assertRefused(askWith("resource", "https://vault.azure.net"), 400, "invalid_request", 901002);
    }

    @ParameterizedTest
    @CsvSource({
        "https://management.core.windows.net//.default, https://management.core.windows.net/",
        "https://graph.microsoft.com//.default, https://graph.microsoft.com/",
        "https://vault.azure.net/.default openid profile offline_access, https://vault.azure.net",
        "offline_access https://management.azure.com/.default openid, https://management.azure.com"
    })
    void audience_isTheScopeLessDefault(String scope, String audience) {
        Reply reply = askWith("scope", scope);

        assertThat(reply.json()).containsEntry("expires_in", 3599).containsEntry("ext_expires_in", 3599);
        assertThat(Tokens.claims(reply.at("access_token")).orElseThrow()).containsEntry("aud", audience);
    }

    @Test
    void v1_answersInStrings() {
        Map<String, String> form = form();
        form.remove("scope");
        form.put("resource", "https://vault.azure.net");

        Reply reply = Rest.over(azure.httpClient())
                .form("https://login.microsoftonline.com/" + contoso.tenantId() + "/oauth2/token", form);

        assertThat(reply.json())
                .containsEntry("expires_in", "3599")
                .containsEntry("resource", "https://vault.azure.net");
    }

    @Test
    void applicationNotYetReplicated_is700016_untilItIs() {
        azure.directoryReplication(Duration.ofSeconds(20));
        Rest graph = Rest.over(azure.httpClient()).as(contoso.credential(), "https://graph.microsoft.com/.default");
        String appId = graph.post(
                        "https://graph.microsoft.com/v1.0/applications",
                        Json.object("displayName", "fresh", "signInAudience", "AzureADMultipleOrgs"))
                .at("appId");

        assertRefused(askWith("client_id", appId), 400, "unauthorized_client", 700016);
        azure.clock().advance(Duration.ofSeconds(20));
        assertRefused(askWith("client_id", appId), 401, "invalid_client", 7000229);
    }

    private Application registrationOf(FakePrincipal principal) {
        return new Directory(azure.world())
                .application(principal.clientId().toString(), io.xtcmk.testing.world.Cloud.PUBLIC)
                .orElseThrow();
    }

    static void assertRefused(Reply reply, int status, String error, int number) {
        assertThat(reply.at("error_description")).startsWith("AADSTS" + number + ": ");
        assertThat(reply.at("error")).isEqualTo(error);
        assertThat(reply.json()).containsEntry("error_codes", List.of(number));
        assertThat(reply.status()).isEqualTo(status);
    }

    private Map<String, String> form() {
        return new TreeMap<>(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                admin.clientId().toString(),
                "client_secret",
                admin.clientSecret(),
                "scope",
                "https://vault.azure.net/.default"));
    }

    private Map<String, String> with(String name, String value) {
        Map<String, String> form = form();
        form.put(name, value);
        return form;
    }

    private Reply askWith(String name, String value) {
        return ask(with(name, value));
    }

    private Reply askWithout(String name) {
        Map<String, String> form = form();
        form.remove(name);
        return ask(form);
    }

    private Reply ask(Map<String, String> form) {
        return ask(contoso.tenantId().toString(), form);
    }

    private Reply ask(String tenant, Map<String, String> form) {
        return Rest.over(azure.httpClient()).form(url(tenant), form);
    }

    private static String url(String tenant) {
        return "https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/token";
    }
}

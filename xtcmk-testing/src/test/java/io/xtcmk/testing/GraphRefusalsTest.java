package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xtcmk.testing.Rest.Reply;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.UnsupportedRouteError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Graph refuses. Codes from Microsoft's pages "federatedIdentityCredential resource type", "Create
 * federatedIdentityCredential", "Create servicePrincipal" and "Microsoft Graph error responses".
 */
class GraphRefusalsTest {
    private static final String GRAPH = "https://graph.microsoft.com/v1.0";
    private static final String SCOPE = "https://graph.microsoft.com/.default";

    private final FakeAzure azure = FakeAzure.create();
    private final FakeTenant contoso = azure.tenant("contoso");
    private final FakeTenant fabrikam = azure.tenant("fabrikam");
    private final Rest provider = Rest.over(azure.httpClient()).as(contoso.credential(), SCOPE);
    private final Rest customer = Rest.over(azure.httpClient()).as(fabrikam.credential(), SCOPE);

    @AfterEach
    void keepTraffic() {
        Traffic.keep(GraphRefusalsTest.class, azure);
    }

    @Test
    void withoutToken_isUnauthenticated() {
        Reply reply =
                Rest.over(azure.httpClient()).with("client-request-id", "abc").get(GRAPH + "/applications");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo("InvalidAuthenticationToken");
        assertThat(reply.at("error.innerError.client-request-id")).isEqualTo("abc");
        assertThat(reply.at("error.innerError.date")).isEqualTo("2026-01-01T00:00:00");
        assertThat(reply.headers()).containsKey("request-id").containsEntry("client-request-id", "abc");
    }

    @Test
    void tokenForAnotherService_isRefused() {
        Rest wrong = Rest.over(azure.httpClient()).as(contoso.credential(), "https://management.azure.com/.default");

        assertThat(wrong.get(GRAPH + "/applications").at("error.message")).contains("Invalid audience");
    }

    @Test
    void audienceWithDoubleSlash_isTaken() {
        Rest az = Rest.over(azure.httpClient()).as(contoso.credential(), "https://graph.microsoft.com//.default");

        assertThat(az.get(GRAPH + "/applications").status()).isEqualTo(200);
    }

    @Test
    void expiredToken_isRefused() {
        azure.clock().advance(Duration.ofHours(2));

        assertThat(provider.get(GRAPH + "/applications").at("error.message")).contains("expired");
    }

    @Test
    void forgedToken_isRefused() {
        Rest forged = Rest.over(azure.httpClient())
                .with("Authorization", "Bearer " + Rest.token(contoso.credential(), SCOPE) + "AA");

        assertThat(forged.get(GRAPH + "/applications").status()).isEqualTo(401);
    }

    @Test
    void nobody_mayNeitherReadNorCreate() {
        Rest nobody = as(contoso.newPrincipal("nobody"));

        assertDenied(nobody.get(GRAPH + "/applications"));
        assertDenied(nobody.post(GRAPH + "/applications", application("x")));
    }

    @Test
    void reader_mayReadButNotCreate() {
        Rest reader = as(contoso.newPrincipal("reader", "Directory Readers"));

        assertThat(reader.get(GRAPH + "/applications").status()).isEqualTo(200);
        assertDenied(reader.post(GRAPH + "/applications", application("x")));
        assertDenied(reader.with("Prefer", "create-if-missing")
                .patch(GRAPH + "/applications(uniqueName='x')", application("x")));
    }

    @Test
    void developer_mayChangeOnlyWhatItOwns() {
        Rest developer = as(contoso.newPrincipal("developer", "Application Developer"));
        String mine =
                developer.post(GRAPH + "/applications", application("mine")).at("id");
        String other =
                provider.post(GRAPH + "/applications", application("other")).at("id");

        assertThat(developer
                        .patch(GRAPH + "/applications/" + mine, Json.object("notes", "x"))
                        .status())
                .isEqualTo(204);
        assertThat(developer.post(credentials(mine), credential("mine", "s")).status())
                .isEqualTo(201);
        assertDenied(developer.patch(GRAPH + "/applications/" + other, Json.object("notes", "x")));
        assertDenied(developer.post(credentials(other), credential("other", "s")));
        assertDenied(developer.delete(GRAPH + "/applications/" + other));
    }

    @Test
    void developer_mayNotInstallAForeignApplication() {
        String appId =
                provider.post(GRAPH + "/applications", application("saas")).at("appId");
        Map<String, Object> body = Json.object("appId", appId);

        Reply developer = as(fabrikam.newPrincipal("developer", "Application Developer"))
                .post(GRAPH + "/servicePrincipals", body);
        Reply reader =
                as(fabrikam.newPrincipal("reader", "Directory Readers")).post(GRAPH + "/servicePrincipals", body);

        assertDenied(developer);
        assertThat(developer.at("error.message")).contains("must in the local tenant");
        assertDenied(reader);
        assertThat(customer.post(GRAPH + "/servicePrincipals", body).status()).isEqualTo(201);
    }

    @Test
    void secondServicePrincipal_conflicts() {
        Map<String, Object> body = Json.object(
                "appId",
                provider.post(GRAPH + "/applications", application("saas")).at("appId"));
        customer.post(GRAPH + "/servicePrincipals", body);

        Reply again = customer.post(GRAPH + "/servicePrincipals", body);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("Request_MultipleObjectsWithSameKeyValue");
        assertThat(again.at("error.message")).contains("already in use");
    }

    @Test
    void servicePrincipalOfUnknownOrSingleTenantApplication_hasNoBackingObject() {
        String single = provider.post(
                        GRAPH + "/applications", Json.object("displayName", "x", "signInAudience", "AzureADMyOrg"))
                .at("appId");

        for (String appId : List.of("99999999-9999-4999-8999-999999999999", single)) {
            Reply reply = customer.post(GRAPH + "/servicePrincipals", Json.object("appId", appId));

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("Request_BadRequest");
            assertThat(reply.text()).contains("\"code\":\"NoBackingApplicationObject\",\"target\":\"appId\"");
        }
    }

    @Test
    void replication_hidesTheFreshApplication_exceptBehindItsUniqueName() {
        azure.directoryReplication(Duration.ofSeconds(30));
        Rest upsert = provider.with("Prefer", "create-if-missing");
        String url = GRAPH + "/applications(uniqueName='saas')";
        Reply made = upsert.patch(url, application("saas"));

        assertThat(provider.get(GRAPH + "/applications/" + made.at("id")).status())
                .isEqualTo(404);
        assertThat(provider.post(credentials(made.at("id")), credential("abc", "s"))
                        .code())
                .isEqualTo("Request_ResourceNotFound");
        assertThat(customer.post(GRAPH + "/servicePrincipals", Json.object("appId", made.at("appId")))
                        .text())
                .contains("NoBackingApplicationObject");
        assertThat(upsert.patch(url, application("saas")).status()).isEqualTo(204);
        azure.clock().advance(Duration.ofSeconds(30));
        assertThat(provider.get(GRAPH + "/applications/" + made.at("id")).status())
                .isEqualTo(200);
        assertThat(customer.post(GRAPH + "/servicePrincipals", Json.object("appId", made.at("appId")))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void duplicateCredentialName_conflicts() {
        String app = newApplication();
        provider.post(credentials(app), credential("abc", "one"));

        Reply reply = provider.post(credentials(app), credential("abc", "two"));

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("Request_MultipleObjectsWithSameKeyValue");
        assertThat(reply.at("error.message")).isEqualTo("FederatedIdentityCredential with name abc already exists.");
    }

    @Test
    void duplicateIssuerAndSubject_isABadRequest() {
        String app = newApplication();
        provider.post(credentials(app), credential("abc", "same"));

        assertBadRequest(provider.post(credentials(app), credential("abd", "same")));
    }

    @Test
    void twentyFirstCredential_exceedsTheQuota() {
        String app = newApplication();
        for (int i = 1; i <= 20; i++) {
            assertThat(provider.post(credentials(app), credential("credential-" + i, "subject-" + i))
                            .status())
                    .isEqualTo(201);
        }

        Reply reply = provider.post(credentials(app), credential("one-more", "subject"));

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.at("error.message")).contains("exceeded its limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "-abc", "a b c", "a/b/c", "äöü"})
    void badCredentialName_isRefused(String name) {
        assertBadRequest(provider.post(credentials(newApplication()), credential(name, "s")));
    }

    @ParameterizedTest
    @CsvSource({"name", "issuer", "subject", "audiences"})
    void credentialWithout_isRefused(String property) {
        Map<String, Object> body = Json.without(credential("abc", "s"), property);

        assertBadRequest(provider.post(credentials(newApplication()), body));
    }

    @Test
    void credentialLimits_areGraphs() {
        String url = credentials(newApplication());

        assertBadRequest(provider.post(url, Json.with(credential("abc", "s"), "audiences", List.of("a", "b"))));
        assertBadRequest(provider.post(url, credential("a".repeat(121), "s")));
        assertBadRequest(provider.post(url, credential("abc", "s".repeat(601))));
        assertBadRequest(provider.post(url, Json.with(credential("abc", "s"), "colour", "blue")));
        assertThat(provider.post(url, credential("a".repeat(120), "s".repeat(600)))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void wrongIssuer_isAcceptedAtCreation() {
        Map<String, Object> body = Json.with(credential("abc", "nobody"), "issuer", "https://login.example.com/");

        assertThat(provider.post(credentials(newApplication()), body).status()).isEqualTo(201);
    }

    @Test
    void credentialName_isImmutable() {
        String url = credentials(newApplication());
        provider.post(url, credential("abc", "s"));

        assertBadRequest(provider.patch(url + "/abc", Json.object("name", "abd")));
        assertBadRequest(provider.patch(url + "(name='abc')", Json.object("name", "abd")));
        assertThat(provider.patch(url + "(name='abc')", Json.object("subject", "t"))
                        .status())
                .isEqualTo(204);
        assertThat(provider.get(url + "/abc").at("subject")).isEqualTo("t");
    }

    @Test
    void upsert_withoutTheHeader_isNotFound() {
        assertThat(provider.patch(GRAPH + "/applications(uniqueName='x')", application("x"))
                        .code())
                .isEqualTo("Request_ResourceNotFound");
        assertThat(provider.patch(credentials(newApplication()) + "(name='abc')", credential("abc", "s"))
                        .status())
                .isEqualTo(404);
        assertThat(customer.patch(
                                GRAPH + "/servicePrincipals(appId='99999999-9999-4999-8999-999999999999')",
                                Json.object("accountEnabled", true))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void applicationWithoutName_orWithUnknownAudienceOrProperty_isRefused() {
        assertBadRequest(provider.post(GRAPH + "/applications", Json.object("signInAudience", "AzureADMyOrg")));
        assertBadRequest(
                provider.post(GRAPH + "/applications", Json.object("displayName", "x", "signInAudience", "Everybody")));
        assertBadRequest(provider.post(GRAPH + "/applications", Json.object("displayName", "x", "colour", "blue")));
        assertBadRequest(provider.post(GRAPH + "/applications", Json.object("displayName", "x", "appId", "y")));
    }

    @Test
    void omittedAudience_includesPersonalAccounts() {
        assertThat(provider.post(GRAPH + "/applications", Json.object("displayName", "x"))
                        .at("signInAudience"))
                .isEqualTo("AzureADandPersonalMicrosoftAccount");
    }

    /** To leave it out would answer another question. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "?$filter=notes ne 'x'",
                "?$filter=createdDateTime ge 2026-01-01T00:00:00Z",
                "?$filter=(displayName eq 'x') or (displayName eq 'y')",
                "?$search=\"displayName:x\"",
                "?$orderby=displayName",
                "/delta",
                "/$count",
                "/00000000-0000-0000-0000-000000000001/owners",
            })
    void whatIsNotPlayed_isNamed(String rest) {
        assertThatThrownBy(() -> provider.get(
                        GRAPH + "/applications" + rest.replace(" ", "%20").replace("\"", "%22")))
                .isInstanceOf(UnsupportedRouteError.class)
                .hasMessageContaining("the fake does not");
    }

    @Test
    void deletedApplication_isRestoredWithItsServicePrincipal() {
        Reply app = provider.post(GRAPH + "/applications", application("saas"));
        provider.post(GRAPH + "/servicePrincipals", Json.object("appId", app.at("appId")));
        String items = GRAPH + "/directory/deletedItems/";

        provider.delete(GRAPH + "/applications/" + app.at("id"));
        assertThat(provider.get(GRAPH + "/servicePrincipals(appId='" + app.at("appId") + "')")
                        .status())
                .isEqualTo(404);
        assertThat(provider.get(items + "microsoft.graph.application").text()).contains(app.at("id"));
        assertThat(provider.post(items + app.at("id") + "/restore", Map.of()).status())
                .isEqualTo(200);
        assertThat(provider.get(GRAPH + "/servicePrincipals(appId='" + app.at("appId") + "')")
                        .status())
                .isEqualTo(200);

        provider.delete(GRAPH + "/applications/" + app.at("id"));
        assertThat(provider.delete(items + app.at("id")).status()).isEqualTo(204);
        assertThat(provider.post(items + app.at("id") + "/restore", Map.of()).status())
                .isEqualTo(404);
    }

    /** What the Azure CLI asks for, request by request. */
    @Test
    void azureCli_findsWhatItLooksFor() {
        Reply app = provider.post(
                GRAPH + "/applications",
                Json.object(
                        "displayName", "saas", "signInAudience", "AzureADMultipleOrgs", "keyCredentials", List.of()));

        assertThat(provider.get(GRAPH + "/applications?$filter=appId eq '" + app.at("id") + "'")
                        .json())
                .containsEntry("value", List.of());
        assertThat(customer.get(GRAPH + "/applications/" + app.at("appId")).status())
                .isEqualTo(404);
        String principal = customer.post(
                        GRAPH + "/servicePrincipals", Json.object("appId", app.at("appId"), "accountEnabled", true))
                .at("id");
        Reply found = customer.post(
                GRAPH + "/directoryObjects/getByIds",
                Json.object("ids", List.of(principal), "types", List.of("user", "group", "servicePrincipal")));
        assertThat(found.text()).contains("\"@odata.type\":\"#microsoft.graph.servicePrincipal\"");
        assertThat(provider.get(GRAPH + "/organization").text()).contains("contoso.onmicrosoft.com");
        Reply selected = provider.get(GRAPH + "/applications/" + app.at("id") + "?$select=id,appId");
        assertThat(selected.json()).containsOnlyKeys("@odata.context", "id", "appId");
    }

    @Test
    void disabledServicePrincipal_cannotSignIn() {
        Reply app = provider.post(GRAPH + "/applications", application("saas"));
        customer.post(GRAPH + "/servicePrincipals", Json.object("appId", app.at("appId"), "accountEnabled", false));

        assertThat(customer.get(GRAPH + "/servicePrincipals(appId='" + app.at("appId") + "')")
                        .json())
                .containsEntry("accountEnabled", false);
    }

    @Test
    void goneCaller_isNotKnownAnyMore() {
        FakePrincipal temporary = contoso.newPrincipal("temporary", "Cloud Application Administrator");
        Rest caller = as(temporary);
        provider.delete(GRAPH + "/servicePrincipals/" + temporary.servicePrincipalId());

        assertThat(caller.get(GRAPH + "/applications").code()).isEqualTo("Authorization_IdentityNotFound");
    }

    private Rest as(FakePrincipal principal) {
        return Rest.over(azure.httpClient()).as(principal.credential(), SCOPE);
    }

    private String newApplication() {
        return provider.post(GRAPH + "/applications", application("saas")).at("id");
    }

    private static String credentials(String application) {
        return GRAPH + "/applications/" + application + "/federatedIdentityCredentials";
    }

    private static Map<String, Object> application(String name) {
        return Json.object("displayName", name, "signInAudience", "AzureADMultipleOrgs");
    }

    private Map<String, Object> credential(String name, String subject) {
        return Json.object(
                "name",
                name,
                "issuer",
                "https://login.microsoftonline.com/" + contoso.tenantId() + "/v2.0",
                "subject",
                subject,
                "audiences",
                List.of("api://AzureADTokenExchange"));
    }

    private static void assertDenied(Reply reply) {
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("Authorization_RequestDenied");
    }

    private static void assertBadRequest(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("Request_BadRequest");
    }
}

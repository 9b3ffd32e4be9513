package io.xtcmk.testing;

import static io.xtcmk.testing.TokenEndpointTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.management.AzureEnvironment;
import io.xtcmk.testing.Rest.Reply;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Cloud;
import io.xtcmk.testing.world.Resource;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The provider's managed identity stands for the provider's application in the customer's tenant.
 *
 * <pre>
 *   contoso (provider)                        fabrikam (customer)
 *   id-cmk --credential of--> application  ~> service principal
 * </pre>
 *
 * Rules from Microsoft's pages "Configure an application to trust a managed identity" and "Important considerations and
 * restrictions for federated identity credentials".
 */
class FederatedExchangeTest {
    private static final String AUDIENCE = "api://AzureADTokenExchange";

    private final FakeAzure azure = FakeAzure.create();
    private final FakeTenant contoso = azure.tenant("contoso");
    private final FakeTenant fabrikam = azure.tenant("fabrikam");
    private final Resource identity = Identities.identity(azure, contoso, "id-cmk");
    private final Application app = Identities.application(azure, contoso, "saas", "AzureADMultipleOrgs");
    private final String issuer = "https://login.microsoftonline.com/" + contoso.tenantId() + "/v2.0";
    private final String subject = Identities.principalId(identity);

    @BeforeEach
    void install() {
        Identities.install(azure, app, fabrikam);
    }

    @Test
    void exchange_givesATokenOfTheServicePrincipal() {
        Identities.trust(azure, app, issuer, subject, AUDIENCE);

        Map<String, Object> claims =
                Tokens.claims(exchange(assertion()).at("access_token")).orElseThrow();

        String servicePrincipal = fabrikam.servicePrincipalOf(new io.xtcmk.model.ClientId(app.appId()))
                .orElseThrow()
                .toString();
        assertThat(claims)
                .containsEntry("iss", "https://sts.windows.net/" + fabrikam.tenantId() + "/")
                .containsEntry("aud", "https://vault.azure.net")
                .containsEntry("appid", app.appId().toString())
                .containsEntry("appidacr", "2")
                .containsEntry("oid", servicePrincipal)
                .containsEntry("tid", fabrikam.tenantId().toString())
                .doesNotContainKey("xms_mirid");
    }

    @Test
    void assertion_isAnIdentitysTokenOfVersion2() {
        assertThat(Tokens.claims(assertion()).orElseThrow())
                .containsEntry("iss", issuer)
                .containsEntry("sub", subject)
                .containsEntry("oid", subject)
                .containsEntry("ver", "2.0")
                .containsEntry("azp", identity.text("properties.clientId").orElseThrow())
                .containsEntry("xms_mirid", identity.id().replace("resourceGroups", "resourcegroups"));
    }

    @ParameterizedTest
    @CsvSource({"api://AzureADTokenExchange", "fb60f99c-7a34-4190-8149-302f77469936"})
    void audience_hasTwoNames(String audience) {
        Identities.trust(azure, app, issuer, subject, audience);

        assertThat(exchange(assertion()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "US_GOVERNMENT, https://login.microsoftonline.us, api://AzureADTokenExchangeUSGov, https://vault.usgovcloudapi.net",
        "CHINA, https://login.partner.microsoftonline.cn, api://AzureADTokenExchangeChina, https://vault.azure.cn"
    })
    void otherClouds_haveTheirOwnIssuerAndAudience(Cloud cloud, String login, String audience, String vault) {
        AzureEnvironment environment =
                cloud == Cloud.CHINA ? AzureEnvironment.AZURE_CHINA : AzureEnvironment.AZURE_US_GOVERNMENT;
        FakeTenant provider = azure.tenant("provider", environment);
        FakeTenant customer = azure.tenant("customer", environment);
        Resource there = Identities.identity(azure, provider, "id-there");
        Application registered = Identities.application(azure, provider, "saas", "AzureADMultipleOrgs");
        Identities.install(azure, registered, customer);
        Identities.trust(
                azure,
                registered,
                login + "/" + provider.tenantId() + "/v2.0",
                Identities.principalId(there),
                audience);

        Reply reply = exchange(
                login + "/" + customer.tenantId(),
                registered,
                Rest.token(provider.managedIdentity(there.id()), audience + "/.default"),
                vault + "/.default");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    @Test
    void noCredential_is70021() {
        assertRefused(exchange(assertion()), 401, "invalid_client", 70021);
    }

    @Test
    void credentialNotYetPropagated_is70021_untilItIs() {
        Identities.trust(
                azure, app, issuer, subject, AUDIENCE, azure.clock().now().plusSeconds(90));

        assertRefused(exchange(assertion()), 401, "invalid_client", 70021);
        azure.clock().advance(Duration.ofSeconds(90));
        assertThat(exchange(assertion()).status()).isEqualTo(200);
    }

    @Test
    void otherIssuer_is700211() {
        Identities.trust(azure, app, issuer + "/", subject, AUDIENCE);

        assertRefused(exchange(assertion()), 401, "invalid_client", 700211);
    }

    @Test
    void otherAudience_is700212() {
        Identities.trust(azure, app, issuer, subject, "api://AzureADTokenExchangeUSGov");

        assertRefused(exchange(assertion()), 401, "invalid_client", 700212);
    }

    @Test
    void clientIdAsSubject_is700213() {
        Identities.trust(
                azure, app, issuer, identity.text("properties.clientId").orElseThrow(), AUDIENCE);

        assertRefused(exchange(assertion()), 401, "invalid_client", 700213);
    }

    @Test
    void subjectInOtherCase_is7002138() {
        Identities.trust(azure, app, issuer, subject.toUpperCase(Locale.ROOT), AUDIENCE);

        assertRefused(exchange(assertion()), 401, "invalid_client", 7002138);
    }

    @Test
    void identityOfAnotherTenant_is700236() {
        Resource foreign = Identities.identity(azure, fabrikam, "id-foreign");
        Identities.trust(
                azure,
                app,
                "https://login.microsoftonline.com/" + fabrikam.tenantId() + "/v2.0",
                Identities.principalId(foreign),
                AUDIENCE);

        String assertion = Rest.token(fabrikam.managedIdentity(foreign.id()), Identities.EXCHANGE_SCOPE);

        assertRefused(exchange(assertion), 401, "invalid_client", 700236);
    }

    @Test
    void applicationsToken_is700226() {
        Identities.trust(
                azure, app, issuer, contoso.administrator().servicePrincipalId().toString(), AUDIENCE);

        String assertion = Rest.token(contoso.credential(), Identities.EXCHANGE_SCOPE);

        assertRefused(exchange(assertion), 401, "invalid_client", 700226);
    }

    @Test
    void tokenFromAnotherExchange_is700231() {
        Identities.trust(azure, app, issuer, subject, AUDIENCE);
        Identities.install(azure, app, contoso);
        String chained = exchange(
                        "https://login.microsoftonline.com/" + contoso.tenantId(),
                        app,
                        assertion(),
                        Identities.EXCHANGE_SCOPE)
                .at("access_token");

        assertRefused(exchange(chained), 401, "invalid_client", 700231);
    }

    @Test
    void identitysTokenForAnotherResource_is700227() {
        Identities.trust(azure, app, issuer, subject, AUDIENCE);

        String assertion = Rest.token(contoso.managedIdentity(identity.id()), "https://vault.azure.net/.default");

        assertRefused(exchange(assertion), 401, "invalid_client", 700227);
    }

    @Test
    void notAJwt_is50027() {
        assertRefused(exchange("secret"), 400, "invalid_request", 50027);
    }

    @Test
    void tokenOfAnotherWorld_is700027() {
        Identities.trust(azure, app, issuer, subject, AUDIENCE);
        String[] parts = assertion().split("\\.", -1);

        assertRefused(exchange(parts[0] + "." + parts[1] + ".AAAA"), 401, "invalid_client", 700027);
    }

    @Test
    void expiredAssertion_is700024() {
        Identities.trust(azure, app, issuer, subject, AUDIENCE);
        String assertion = assertion();

        azure.clock().advance(Duration.ofHours(25));

        assertRefused(exchange(assertion), 401, "invalid_client", 700024);
    }

    @Test
    void notInstalled_is7000229_beforeTheAssertionIsLookedAt() {
        Application fresh = Identities.application(azure, contoso, "fresh", "AzureADMultipleOrgs");

        Reply reply = exchange(
                "https://login.microsoftonline.com/" + fabrikam.tenantId(), fresh, "?", Identities.EXCHANGE_SCOPE);

        assertRefused(reply, 401, "invalid_client", 7000229);
    }

    private String assertion() {
        return Rest.token(contoso.managedIdentity(identity.id()), Identities.EXCHANGE_SCOPE);
    }

    private Reply exchange(String assertion) {
        return exchange(
                "https://login.microsoftonline.com/" + fabrikam.tenantId(),
                app,
                assertion,
                "https://vault.azure.net/.default");
    }

    private Reply exchange(String authority, Application application, String assertion, String scope) {
        return Rest.over(azure.httpClient())
                .form(
                        authority + "/oauth2/v2.0/token",
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                application.appId().toString(),
                                "client_assertion_type",
                                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                "client_assertion",
                                assertion,
                                "scope",
                                scope));
    }
}

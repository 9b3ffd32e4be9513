package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.TenantConnection;
import io.xtcmk.exception.ConditionalAccessException;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.OwnershipTag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Services that evaluate access continuously: a challenge for claims is answered once; a second one is a policy's refusal. */
class ClaimsTest extends EncryptionScenario {
    private static final String CLAIMS = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}";
    private static final String BODY =
            "{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"TokenCreatedWithOutdatedPolicies\"}}";

    private final List<String> bodies = new ArrayList<>();

    private HttpClient challenging(String host, int times) {
        AtomicInteger left = new AtomicInteger(times);
        return new Intercepted(azure.httpClient(), (request, onward) -> {
            if (request.getUrl().getPath().endsWith("/oauth2/v2.0/token")) {
                bodies.add(request.getBodyAsBinaryData().toString());
            }
            String authorization = request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION);
            boolean strikes = request.getUrl().getHost().endsWith(host)
                    && authorization != null
                    && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
            return strikes ? Intercepted.answer(request, 401, challenge(), BODY) : onward.send();
        });
    }

    private static HttpHeaders challenge() {
        String claims = Base64.getEncoder().encodeToString(CLAIMS.getBytes(StandardCharsets.UTF_8));
        return new HttpHeaders()
                .set(
                        HttpHeaderName.WWW_AUTHENTICATE,
                        "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\","
                                + " error=\"insufficient_claims\", claims=\"" + claims + "\"");
    }

    private TenantConnection over(HttpClient client, TokenCredential credential) {
        return TenantConnection.builder()
                .tenantId(contoso.tenantId())
                .subscriptionId(contoso.subscriptionId())
                .credential(credential)
                .httpClient(client)
                .timeSource(azure.clock())
                .executor(azure.clock().executor())
                .build();
    }

    private void assertRefused(ConditionalAccessException refused) {
        assertThat(refused).isNotNull();
        assertThat(refused.likelyCause()).contains("conditional access policy");
        assertThat(refused.fix()).contains("sign-in logs");
        assertThat(refused.getMessage())
                .contains("TokenCreatedWithOutdatedPolicies")
                .doesNotContain("tenant id");
    }

    @Test
    void challenge_isAnswered_andNobodyNotices() {
        FederatedApp app = phase1On(over(challenging("graph.microsoft.com", 1), contoso.credential()))
                .createFederatedApp();

        assertThat(app.tenantId()).isEqualTo(contoso.tenantId());
    }

    @Test
    void repeatedChallenge_isConditionalAccess() {
        for (String host : List.of("management.azure.com", "graph.microsoft.com")) {
            ConditionalAccessException refused = catchThrowableOfType(
                    ConditionalAccessException.class,
                    () -> phase1On(over(challenging(host, 100), contoso.credential()))
                            .createFederatedApp());

            assertRefused(refused);
            assertThat(refused.actor()).isEqualTo(Actor.PROVIDER);
        }
    }

    /** The check of the tenant, which a token that does not tell its own needs, meets the challenge first. */
    @Test
    void repeatedChallenge_toAnOpaqueToken_isNoWrongTenant() {
        Map<String, String> opened = new ConcurrentHashMap<>();
        AtomicInteger seals = new AtomicInteger();
        TokenCredential sealing =
                request -> contoso.credential().getToken(request).map(token -> {
                    String seal = "sealed-" + seals.getAndIncrement();
                    opened.put("Bearer " + seal, "Bearer " + token.getToken());
                    return new AccessToken(seal, token.getExpiresAt());
                });
        HttpClient line = challenging("management.azure.com", 1000);
        HttpClient opening = new Intercepted(line, (request, onward) -> {
            String seal = request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION);
            if (seal != null) {
                request.setHeader(HttpHeaderName.AUTHORIZATION, opened.getOrDefault(seal, seal));
            }
            return onward.send();
        });

        assertRefused(catchThrowableOfType(
                ConditionalAccessException.class,
                () -> phase1On(over(opening, sealing)).createFederatedApp()));
    }

    @Test
    void challengeOfTheVault_reachesTheExchange() {
        FederatedApp app = phase1();
        OwnershipTag tag = OwnershipTag.issue("customer-42", fabrikam.tenantId());
        AuthorizedKey key =
                phase2On(customer(), app.clientId()).ownershipTag(tag.value()).authorize();
        azure.clock().advance(Duration.ofMinutes(15));
        TokenCredential identity = contoso.managedIdentity(app.identity().id().toString());

        assertThat(CrossTenantCmk.provider(over(challenging("vault.azure.net", 1), contoso.credential()))
                        .ownership(key)
                        .tag(tag)
                        .managedIdentity(identity)
                        .prove())
                .isNotNull();
        assertThat(bodies).hasSize(2);
        assertThat(bodies.get(0)).contains("CP1").doesNotContain("nbf");
        assertThat(bodies.get(1)).contains("CP1", "nbf");

        assertRefused(catchThrowableOfType(
                ConditionalAccessException.class,
                () -> CrossTenantCmk.provider(over(challenging("vault.azure.net", 100), contoso.credential()))
                        .ownership(key)
                        .tag(tag)
                        .managedIdentity(identity)
                        .prove()));
    }

    @Test
    void policyThatRefusesTheSignInItself_isConditionalAccess() {
        TokenCredential blocked = request -> Mono.error(new com.azure.core.exception.ClientAuthenticationException(
                "AADSTS53003: Access has been blocked by Conditional Access policies.", null));

        ConditionalAccessException refused = catchThrowableOfType(
                ConditionalAccessException.class,
                () -> phase1On(over(azure.httpClient(), blocked)).plan());

        assertThat(refused.azureAnswer().orElseThrow().code()).isEqualTo("AADSTS53003");
    }

    @Override
    boolean isRealistic() {
        return false;
    }
}

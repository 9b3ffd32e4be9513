package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.engine.AzureFailure;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class TokenPolicyTest {
    private static final String ARM = "https://management.azure.com/subscriptions?api-version=2022-12-01";

    private final Wire wire = new Wire();
    private final HttpPipeline pipeline = pipeline(wire.connection(), Clouds.PUBLIC.arm());

    private static HttpPipeline pipeline(TenantConnection connection, Audience audience) {
        return new Pipelines(connection, new Failures(connection.timeSource())).pipeline(audience);
    }

    private void get(String url) {
        pipeline.sendSync(new HttpRequest(HttpMethod.GET, url), Context.NONE);
    }

    private Wire answers(int count) {
        IntStream.range(0, count).forEach(i -> wire.answer(200, "{}"));
        return wire;
    }

    @Test
    void token_isAskedOnceForTheConnectionsTenant() {
        answers(2);
        get(ARM);
        get(ARM);
        assertThat(wire.tokenRequests).singleElement().satisfies(request -> {
            assertThat(request.getTenantId()).isEqualTo(Wire.TENANT.toString());
            assertThat(request.getScopes()).containsExactly("https://management.azure.com/.default");
        });
        assertThat(wire.header(1, "Authorization")).isEqualTo("Bearer " + Wire.token(1));
    }

    @ParameterizedTest
    @CsvSource({"PT54M59S,1", "PT55M,2", "PT2H,2"})
    void token_isRefreshedFiveMinutesBeforeItEnds(Duration later, int tokens) {
        answers(2);
        get(ARM);
        wire.clock.advance(later);
        get(ARM);
        assertThat(wire.tokenRequests).hasSize(tokens);
    }

    @Test
    void token_isSharedByPipelinesOfAScopeOnly() {
        answers(3);
        Pipelines pipelines = new Pipelines(wire.connection(), new Failures(wire.clock));
        for (Audience audience : List.of(Clouds.PUBLIC.arm(), Clouds.PUBLIC.arm(), Clouds.PUBLIC.graph())) {
            String url = "https://" + audience.host() + "/";
            pipelines.pipeline(audience).sendSync(new HttpRequest(HttpMethod.GET, url), Context.NONE);
        }
        assertThat(wire.tokenRequests)
                .flatExtracting(TokenRequestContext::getScopes)
                .containsExactly("https://management.azure.com/.default", "https://graph.microsoft.com/.default");
    }

    @Test
    void token_forManyAtOnceIsAskedOnce_andTheClockKnowsWhoWaits() {
        answers(8);
        Slow slow = new Slow(wire);
        HttpPipeline many = pipeline(wire.builder().credential(slow).build(), Clouds.PUBLIC.arm());
        Executor executor = wire.clock.executor();
        List<CompletableFuture<Void>> all = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> many.sendSync(new HttpRequest(HttpMethod.GET, ARM), Context.NONE), executor))
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(slow.asked).hasValue(1);
        assertThat(wire.clock.now()).isEqualTo(Wire.START.plusSeconds(30));
    }

    @Test
    void token_thatCouldNotBeHadIsAskedForAgain() {
        answers(1);
        AtomicInteger asked = new AtomicInteger();
        TokenCredential moody = request -> Mono.fromCallable(() -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("AADSTS700016: Application was not found");
            }
            return wire.getTokenSync(request);
        });
        HttpPipeline moodily = pipeline(wire.builder().credential(moody).build(), Clouds.PUBLIC.arm());
        HttpRequest request = new HttpRequest(HttpMethod.GET, ARM);
        assertThatThrownBy(() -> moodily.sendSync(request, Context.NONE))
                .isInstanceOfSatisfying(
                        AzureFailure.class, f -> assertThat(f.code()).isEqualTo("AADSTS700016"));
        assertThat(moodily.sendSync(request, Context.NONE).getStatusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void claimsChallenge_isAnsweredOnceWithThoseClaims(boolean sync) {
        String claims = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}";
        wire.answer(401, "", "WWW-Authenticate", challenge(claims)).answer(200, "{}");
        HttpRequest request = new HttpRequest(HttpMethod.PUT, ARM).setBody("body");
        if (sync) {
            pipeline.sendSync(request, Context.NONE);
        } else {
            pipeline.send(request).block();
        }
        assertThat(wire.tokenRequests)
                .extracting(TokenRequestContext::getClaims)
                .containsExactly(null, claims);
        assertThat(wire.header(1, "Authorization")).isEqualTo("Bearer " + Wire.token(2));
        assertThat(wire.body(1)).isEqualTo("body");
    }

    @Test
    void claimsChallenge_replacesTheTokenForAll() {
        wire.answer(401, "", "WWW-Authenticate", challenge("{}"));
        answers(2);
        get(ARM);
        get(ARM);
        assertThat(wire.header(2, "Authorization")).isEqualTo("Bearer " + Wire.token(2));
        assertThat(wire.tokenRequests).hasSize(2);
    }

    @Test
    void claimsChallenge_twiceIsARefusal() {
        String challenge = challenge("{}");
        wire.answer(401, "", "WWW-Authenticate", challenge).answer(401, "", "WWW-Authenticate", challenge);
        assertThatThrownBy(() -> get(ARM))
                .isInstanceOfSatisfying(
                        AzureFailure.class, f -> assertThat(f.status()).isEqualTo(401));
        assertThat(wire.requests).hasSize(2);
    }

    @Test
    void otherChallenge_isARefusal() {
        wire.answer(401, "", "WWW-Authenticate", "Bearer authorization=\"https://login.microsoftonline.com/other\"");
        assertThatThrownBy(() -> get(ARM)).isInstanceOf(AzureFailure.class);
        assertThat(wire.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://management.azure.com/",
                "https://management.azure.com.example.com/",
                "https://example.com/management.azure.com",
                "https://x.management.azure.com/",
                "https://management.azure.com:8443/",
                "https://user@management.azure.com/",
                "https://management.chinacloudapi.cn/"
            })
    void token_isNotSentElsewhere(String url) {
        assertThatThrownBy(() -> get(url))
                .isInstanceOfSatisfying(
                        AzureFailure.class, f -> assertThat(f.code()).isEqualTo("UntrustedHost"));
        assertThat(wire.requests).isEmpty();
        assertThat(wire.tokenRequests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://kv.vault.azure.net/,PUBLIC,true",
        "https://KV.Vault.Azure.NET:443/keys,PUBLIC,true",
        "https://kv.vault.azure.net/,US_GOVERNMENT,false",
        "https://kv.vault.usgovcloudapi.net/,US_GOVERNMENT,true",
        "https://kv.vault.azure.cn/,CHINA,true",
        "https://evilvault.azure.net/,PUBLIC,false",
        "https://kv.vault.azure.net.example.com/,PUBLIC,false"
    })
    void vaults_areToldByTheEndOfTheirHost(java.net.URL url, Clouds cloud, boolean admitted) {
        assertThat(cloud.keys("kv" + cloud.vaultSuffix()).admits(url)).isEqualTo(admitted);
    }

    @Test
    void managedHsm_hasItsOwnScope() {
        assertThat(Clouds.PUBLIC.keys("h.managedhsm.azure.net").scope())
                .isEqualTo("https://managedhsm.azure.net/.default");
        assertThat(Clouds.PUBLIC.keys("v.vault.azure.net").scope()).isEqualTo("https://vault.azure.net/.default");
    }

    private static String challenge(String claims) {
        String encoded = Base64.getEncoder().encodeToString(claims.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\","
                + " error=\"insufficient_claims\", claims=\"" + encoded + "\"";
    }

    private record Slow(Wire wire, AtomicInteger asked) implements TokenCredential {
        Slow(Wire wire) {
            this(wire, new AtomicInteger());
        }

        @Override
        public AccessToken getTokenSync(TokenRequestContext request) {
            asked.incrementAndGet();
            try {
                wire.clock.pause(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new AccessToken("t", wire.clock.now().plusSeconds(3600).atOffset(ZoneOffset.UTC));
        }

        @Override
        public Mono<AccessToken> getToken(TokenRequestContext request) {
            return Mono.fromCallable(() -> getTokenSync(request));
        }
    }
}

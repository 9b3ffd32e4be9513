package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RedirectPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.test.http.MockHttpResponse;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.TenantId;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asking a vault, which may be a hostile one, to which tenant it belongs. */
class VaultTenantsTest {
    private static final String TENANT = "33333333-3333-3333-3333-333333333333";
    private static final String CHALLENGE = "Bearer authorization=\"https://login.microsoftonline.com/" + TENANT
            + "\", resource=\"https://vault.azure.net\"";
    private static final KeyIdentifier KEY =
            KeyIdentifier.parse("https://kv-fabrikam.vault.azure.net/keys/secret-project");

    private final Wire wire = new Wire();

    private TenantId ask(TenantConnection connection, KeyIdentifier key) {
        return new Azure(connection).vaultTenants().of(key);
    }

    private TenantId ask() {
        return ask(wire.connection(), KEY);
    }

    private AzureFailure refused() {
        return catchThrowableOfType(AzureFailure.class, this::ask);
    }

    @Test
    void challenge_namesTheTenant() {
        wire.answer(401, "{}", "WWW-Authenticate", CHALLENGE);
        assertThat(ask()).isEqualTo(TenantId.of(TENANT));
    }

    @Test
    void question_holdsNothing() {
        wire.answer(401, "{}", "WWW-Authenticate", CHALLENGE);
        ask();

        assertThat(wire.asked()).containsExactly("GET https://kv-fabrikam.vault.azure.net/keys?api-version=7.4");
        assertThat(wire.header(0, "Authorization")).isNull();
        assertThat(wire.requests.get(0).getBody()).isNull();
        assertThat(wire.tokenRequests).isEmpty();
    }

    @Test
    void credentialOfACallersPolicy_isTakenOut() {
        wire.answer(401, "{}", "WWW-Authenticate", CHALLENGE);
        HttpPipelinePolicy zealous = new HttpPipelinePolicy() {
            @Override
            public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
                context.getHttpRequest().setHeader(HttpHeaderName.AUTHORIZATION, "Bearer token-of-somebody");
                return next.process();
            }
        };
        ask(wire.builder().addPolicy(zealous).build(), KEY);

        assertThat(wire.header(0, "Authorization")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "AZURE, kv-fabrikam.vault.azure.net, login.microsoftonline.com, https://vault.azure.net",
        "AZURE, kv-fabrikam.vault.azure.net, login.windows.net, https://vault.azure.net",
        "AZURE, kv-fabrikam.vault.azure.net, login.microsoftonline.com, https://vault.azure.net/",
        "AZURE, hsm-fabrikam.managedhsm.azure.net, login.microsoftonline.com, https://managedhsm.azure.net",
        "AZURE_US_GOVERNMENT, kv-f.vault.usgovcloudapi.net, login.microsoftonline.us, https://vault.usgovcloudapi.net",
        "AZURE_CHINA, kv-f.vault.azure.cn, login.chinacloudapi.cn, https://vault.azure.cn",
        "AZURE_CHINA, kv-f.vault.azure.cn, login.partner.microsoftonline.cn, https://vault.azure.cn",
    })
    void eachCloudsOwnChallenge_isTaken(String cloud, String host, String authority, String resource) throws Exception {
        AzureEnvironment environment =
                (AzureEnvironment) AzureEnvironment.class.getField(cloud).get(null);
        wire.answer(
                401,
                "",
                "WWW-Authenticate",
                "bearer authorization_uri=\"https://" + authority + "/" + TENANT + "/\",scope=\"" + resource + "\"");

        TenantId tenant = ask(wire.builder().environment(environment).build(), new KeyIdentifier(host, "k", null));

        assertThat(tenant).hasToString(TENANT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Basic realm=\"vault\"",
                "Bearer authorization=\"https://login.microsoftonline.com/T\"",
                "Bearer resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com/T\", resource=\"https://vault.azure.net.evil.com\"",
                "Bearer authorization=\"https://login.microsoftonline.com/T\", resource=\"https://management.azure.com\"",
                "Bearer authorization=\"https://login.microsoftonline.com/T\", resource=\"https://managedhsm.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.us/T\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.evil.com/T\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com.evil.com/T\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com@evil.com/T\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://x@login.microsoftonline.com/T\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com:8443/T\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://l\u043egin.microsoftonline.com/T\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"http://login.microsoftonline.com/T\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com/common\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com/x/T\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com/T/x\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com/T?a=b\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com/T#a\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com/%54\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000\","
                        + " resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com/------------------------------------\","
                        + " resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com/T\","
                        + " authorization=\"https://login.microsoftonline.com/U\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com/T\","
                        + " authorization_uri=\"https://login.microsoftonline.com/U\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com/T\", resource=\"https://vault.azure.net\", evil",
                "Bearer authorization='https://login.microsoftonline.com/T', resource='https://vault.azure.net'",
                "Bearer authorization=https://login.microsoftonline.com/T, resource=https://vault.azure.net",
                "Bearer authorization=\"https://login.microsoftonline.com/T\", resource=\"https://vault.azure.net",
            })
    void anyOtherChallenge_isNotBelieved(String challenge) {
        wire.answer(
                401, "{}", "WWW-Authenticate", challenge.replace("T", TENANT).replace("/U", "/" + Wire.TENANT));

        AzureFailure failure = refused();

        assertThat(failure.code()).isEqualTo("InvalidAnswer");
        assertThat(failure.isTransient()).isFalse();
        assertThat(wire.tokenRequests).isEmpty();
    }

    @Test
    void hugeChallenges_areNotBelieved() {
        String long1 = CHALLENGE + ", padding=\"" + "a".repeat(1_000_000) + "\"";
        String long2 = CHALLENGE.replace("Bearer ", "Bearer " + "a=\"b\",".repeat(200_000));
        String long3 = "Bearer " + "authorization=".repeat(100_000);
        for (String challenge : List.of(long1, long2, long3)) {
            wire.answer(401, "{}", "WWW-Authenticate", challenge);
            assertThat(refused().message()).hasSizeLessThan(200);
        }
    }

    @Test
    void twoTenants_areNone() {
        String other = CHALLENGE.replace(TENANT, Wire.TENANT.toString());
        assertThat(VaultChallenge.tenant(List.of(CHALLENGE, other), Clouds.PUBLIC, Clouds.PUBLIC.keys(KEY.vaultHost())))
                .isEmpty();
        assertThat(VaultChallenge.tenant(
                        List.of("PoP authorization=\"https://evil.com\"", CHALLENGE),
                        Clouds.PUBLIC,
                        Clouds.PUBLIC.keys(KEY.vaultHost())))
                .contains(TenantId.of(TENANT));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 301, 302, 303, 307, 308})
    void noRefusal_isNotWhatAVaultAnswers(int status) {
        wire.answer(status, "{}", "Location", "https://evil.com/", "WWW-Authenticate", CHALLENGE);

        assertThat(refused().code()).isEqualTo("InvalidAnswer");
        assertThat(wire.asked()).hasSize(1);
    }

    @Test
    void redirectsThatACallersPolicyFollows_endAtTheClouds() {
        wire.answer(307, "", "Location", "https://evil.com/keys").answer(401, "", "WWW-Authenticate", CHALLENGE);
        TenantConnection connection =
                wire.builder().addPolicy(new RedirectPolicy()).build();

        AzureFailure failure = catchThrowableOfType(AzureFailure.class, () -> ask(connection, KEY));

        assertThat(failure.code()).isEqualTo("UntrustedHost");
        assertThat(wire.asked()).hasSize(1);
    }

    @Test
    void refusalWithoutAChallenge_saysNothing() {
        wire.answer(403, "{\"error\":{\"code\":\"Forbidden\"}}");
        assertThat(refused().code()).isEqualTo(VaultTenants.NO_CHALLENGE);
        wire.answer(401, "{}");
        assertThat(refused().code()).isEqualTo(VaultTenants.NO_CHALLENGE);
    }

    @Test
    void noAnswer_isTheNetworks() {
        wire.fail(new UncheckedIOException(new UnknownHostException("kv-fabrikam.vault.azure.net")));
        assertThat(refused().status()).isZero();
    }

    /** The key's type lets no other cloud's host pass for one, but the connection may be to another cloud. */
    @Test
    void vaultOfAnotherCloud_isNotAsked() {
        KeyIdentifier elsewhere = new KeyIdentifier("kv-f.vault.azure.cn", "k", null);

        AzureFailure failure = catchThrowableOfType(AzureFailure.class, () -> ask(wire.connection(), elsewhere));

        assertThat(failure.code()).isEqualTo("UntrustedHost");
        assertThat(wire.asked()).isEmpty();
    }

    /** An answer whose body comes in pieces. */
    private HttpResponse inPieces(HttpRequest request, int status, Flux<ByteBuffer> body) {
        HttpHeaders headers = new HttpHeaders().set(HttpHeaderName.CONTENT_TYPE, "application/json");
        if (status == 401) {
            headers.set(HttpHeaderName.WWW_AUTHENTICATE, CHALLENGE);
        }
        return new MockHttpResponse(request, status, headers) {
            @Override
            public Flux<ByteBuffer> getBody() {
                return body;
            }
        };
    }

    private static Flux<ByteBuffer> pieces(int size, Runnable each) {
        return Flux.generate(sink -> {
            each.run();
            sink.next(ByteBuffer.allocate(size));
        });
    }

    @Test
    void bodyWithoutEnd_isNotReadToIt() {
        AtomicInteger pieces = new AtomicInteger();
        wire.answer(request -> inPieces(request, 401, pieces(1 << 20, pieces::incrementAndGet)))
                .answer(request -> inPieces(request, 403, pieces(1 << 20, pieces::incrementAndGet)));

        assertThat(ask()).as("the head has said it").isEqualTo(TenantId.of(TENANT));
        assertThat(refused().code()).isEqualTo(OwnCodes.UNREADABLE);
        assertThat(pieces).hasValue(2);
    }

    @Test
    void bodyThatDrips_isReadForAsLongAsAnAnswerIsWaitedFor() {
        Runnable second = () -> wire.clock.advance(Duration.ofSeconds(1));
        wire.answer(request -> inPieces(request, 401, pieces(1, second)))
                .answer(request -> inPieces(request, 403, pieces(1, second)));

        assertThat(ask()).isEqualTo(TenantId.of(TENANT));
        assertThat(wire.clock.now()).isEqualTo(Wire.START.plusSeconds(10));
        assertThat(refused().code()).isEqualTo(OwnCodes.UNREADABLE);
        assertThat(wire.clock.now()).isEqualTo(Wire.START.plusSeconds(20));
    }

    @Test
    void bodyThatStops_isNotWaitedFor() {
        Flux<ByteBuffer> silence =
                Flux.<ByteBuffer>never().doOnSubscribe(s -> wire.clock.advance(Duration.ofSeconds(10)));
        wire.answer(request -> inPieces(request, 401, silence));

        assertThat(ask()).isEqualTo(TenantId.of(TENANT));
    }
}

package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.WrongTenant;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.model.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** A credential is anybody's code: whatever it does, every caller gets an answer, and nothing bad is remembered. */
class TokenCacheTest {
    private static final String SCOPE = "https://management.azure.com/.default";

    private final Wire wire = new Wire();

    private TokenCache cache(TokenCredential credential) {
        return new TokenCache(credential, Wire.TENANT, new Failures(wire.clock), true);
    }

    private AccessToken token(String text, Duration lifetime) {
        return new AccessToken(text, wire.clock.now().plus(lifetime).atOffset(ZoneOffset.UTC));
    }

    private AccessToken good() {
        return token("good", Duration.ofHours(1));
    }

    private static String jwt(String claims) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".sig";
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(Throwable exception) throws E {
        throw (E) exception;
    }

    /** What a credential does wrong, by name, and what comes of it: a code, or an error's type. */
    private record Wrong(String name, Supplier<Mono<AccessToken>> answer, String outcome) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Wrong> wrongs() {
        return Stream.of(
                new Wrong("checked exception", () -> throwing(new Exception("odd")), "AuthenticationFailed"),
                new Wrong("without a message", () -> throwing(new IllegalStateException()), "AuthenticationFailed"),
                new Wrong("I/O exception", () -> throwing(new IOException("reset")), "Network"),
                new Wrong("I/O in a Mono", () -> Mono.error(new IOException("reset")), "Network"),
                new Wrong("checked in a Mono", () -> Mono.error(new Exception("odd")), "AuthenticationFailed"),
                new Wrong("linkage", () -> throwing(new NoSuchMethodError("x")), OwnCodes.CLIENT),
                new Wrong("error", () -> throwing(new AssertionError("odd")), "AssertionError"),
                new Wrong("stack overflow", () -> throwing(new StackOverflowError()), "StackOverflowError"),
                new Wrong("null Mono", () -> null, OwnCodes.CLIENT),
                new Wrong("empty Mono", Mono::empty, OwnCodes.NO_TOKEN),
                new Wrong("null text", () -> Mono.just(in2030(null)), OwnCodes.NO_TOKEN),
                new Wrong("blank text", () -> Mono.just(in2030(" ")), OwnCodes.NO_TOKEN),
                new Wrong("line break", () -> Mono.just(in2030("a\r\nX-Other: b")), OwnCodes.NO_TOKEN),
                new Wrong(
                        "other tenant",
                        () -> Mono.just(in2030(jwt("{\"tid\":\"33333333-3333-3333-3333-333333333333\"}"))),
                        OwnCodes.WRONG_TENANT));
    }

    private static Mono<AccessToken> throwing(Throwable exception) {
        throw TokenCacheTest.<RuntimeException>sneaky(exception);
    }

    private static AccessToken in2030(String text) {
        return new AccessToken(text, OffsetDateTime.parse("2030-01-01T00:00:00Z"));
    }

    private static String outcome(Throwable thrown) {
        return thrown instanceof AzureFailure failure
                ? failure.code()
                : thrown.getClass().getSimpleName();
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void wrongAnswer_isAnAnswer_andIsNotRemembered(Wrong wrong) {
        AtomicInteger asked = new AtomicInteger();
        TokenCache cache =
                cache(request -> asked.incrementAndGet() == 1 ? wrong.answer().get() : Mono.just(good()));

        assertThat(outcome(catchThrowable(() -> cache.token(SCOPE)))).isEqualTo(wrong.outcome());
        assertThat(cache.token(SCOPE).getToken()).isEqualTo("good");
        assertThat(asked).hasValue(2);
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void wrongAnswer_reachesAllWhoWaitForIt(Wrong wrong) throws Exception {
        TokenCache cache = cache(request -> {
            pause(Duration.ofSeconds(30));
            return wrong.answer().get();
        });

        List<CompletableFuture<AccessToken>> all = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> cache.token(SCOPE), wire.clock.executor()))
                .toList();

        for (CompletableFuture<AccessToken> one : all) {
            Throwable thrown = catchThrowable(() -> one.get(30, TimeUnit.SECONDS));
            assertThat(thrown).isInstanceOf(ExecutionException.class);
            assertThat(outcome(thrown.getCause())).isEqualTo(wrong.outcome());
        }
    }

    private void pause(Duration duration) {
        try {
            wire.clock.pause(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT0S", "PT4M"})
    void tokenThatHasEndedOrSoonWill_isUsedAndNotRemembered(Duration lifetime) {
        AtomicInteger asked = new AtomicInteger();
        TokenCache cache = cache(request -> Mono.just(token("t" + asked.incrementAndGet(), lifetime)));

        assertThat(cache.token(SCOPE).getToken()).isEqualTo("t1");
        assertThat(cache.token(SCOPE).getToken()).isEqualTo("t2");
    }

    @Test
    void tokenWithoutAnEnd_isUsedAndNotRemembered() {
        AtomicInteger asked = new AtomicInteger();
        TokenCache cache = cache(request -> Mono.just(new AccessToken("t" + asked.incrementAndGet(), null)));

        assertThat(cache.token(SCOPE).getToken()).isEqualTo("t1");
        assertThat(cache.token(SCOPE).getToken()).isEqualTo("t2");
    }

    @Test
    void rejectedToken_isNotReplacedByOneThatHasEnded() {
        AtomicInteger asked = new AtomicInteger();
        TokenCache cache = cache(request -> Mono.just(token("t" + asked.incrementAndGet(), Duration.ofMinutes(10))));
        AccessToken rejected = cache.token(SCOPE);
        wire.clock.advance(Duration.ofMinutes(6));
        cache.token(SCOPE);
        wire.clock.advance(Duration.ofMinutes(11));

        assertThat(cache.replacement(SCOPE, rejected, "{}").getToken()).isEqualTo("t3");
    }

    @Test
    void tokenOfAnotherTenant_namesBoth() {
        TenantId other = TenantId.of("33333333-3333-3333-3333-333333333333");
        TokenCache cache = cache(request -> Mono.just(in2030(jwt("{\"tid\":\"" + other + "\"}"))));

        assertThat(catchThrowable(() -> cache.token(SCOPE)))
                .isInstanceOfSatisfying(
                        WrongTenant.class, wrong -> assertThat(wrong.actual()).isEqualTo(other))
                .hasMessageContainingAll(other.toString(), Wire.TENANT.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "opaque",
                "a.b.c",
                "a.b",
                "..",
                "a.!!!.c",
                "a.e30.c", // {}
                "a.W10.c", // []
                "a.bnVsbA.c", // null
                "a.eyJ0aWQiOjF9.c", // {"tid":1}
                "a.eyJ0aWQiOiJ4In0.c", // {"tid":"x"}
                "a.eyJ2YWx1ZSI6W119.c", // {"value":[]}
                "a.b.c.d.e"
            })
    void tokenThatNamesNoTenant_isOpaque(String text) {
        assertThat(Jwt.tenant(text)).isEmpty();
        assertThat(cache(request -> Mono.just(in2030(text))).token(SCOPE).getToken())
                .isEqualTo(text);
    }

    @Test
    void tenantOfAToken_isItsTid() {
        assertThat(Jwt.tenant(jwt("{\"aud\":\"x\",\"tid\":\"" + Wire.TENANT + "\"}")))
                .contains(Wire.TENANT);
    }

    @Test
    void context_asksForTheTenant() {
        cache(wire).token(SCOPE);
        assertThat(wire.tokenRequests)
                .extracting(TokenRequestContext::getTenantId)
                .containsExactly(Wire.TENANT.toString());
    }
}

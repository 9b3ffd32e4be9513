package io.xtcmk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.management.AzureEnvironment;
import io.xtcmk.exception.ConsentRefusedException;
import io.xtcmk.exception.ConsentRefusedException.Reason;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.TenantId;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentFlowTest {
    private static final ClientId APP = ClientId.of("11111111-1111-4111-8111-111111111111");
    private static final TenantId FABRIKAM = TenantId.of("22222222-2222-4222-8222-222222222222");
    private static final URI REDIRECT = URI.create("https://app.contoso.com/consented");

    private final SettableTime time = new SettableTime();
    private final ConsentFlow flow =
            CrossTenantCmk.consent(APP, REDIRECT).timeSource(time).build();

    @Test
    void adminConsentUrl_isPinnedToTheTenantAndEncoded() {
        URI url = flow.adminConsentUrl(FABRIKAM, "fabrikam");
        assertThat(url.toString())
                .startsWith("https://login.microsoftonline.com/" + FABRIKAM + "/v2.0/adminconsent?")
                .contains("redirect_uri=https%3A%2F%2Fapp.contoso.com%2Fconsented")
                .contains("scope=https%3A%2F%2Fgraph.microsoft.com%2F.default");
        assertThat(query(url))
                .containsOnlyKeys("client_id", "scope", "redirect_uri", "state")
                .containsEntry("client_id", APP.toString());
        assertThat(query(url).get("state")).matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void authorizeUrl_isTheOlderForm() {
        URI url = flow.authorizeUrl(FABRIKAM, "fabrikam");
        assertThat(url.toString())
                .startsWith("https://login.microsoftonline.com/" + FABRIKAM + "/oauth2/authorize?client_id=" + APP);
        assertThat(query(url))
                .containsOnlyKeys("client_id", "response_type", "redirect_uri", "state")
                .containsEntry("response_type", "code");
    }

    @Test
    void urls_ofOtherClouds_goThere() {
        ConsentFlow government = CrossTenantCmk.consent(APP, REDIRECT)
                .environment(AzureEnvironment.AZURE_US_GOVERNMENT)
                .build();
        URI url = government.adminConsentUrl(FABRIKAM, "f");
        assertThat(url.getHost()).isEqualTo("login.microsoftonline.us");
        assertThat(query(url)).containsEntry("scope", "https://graph.microsoft.us/.default");
    }

    @Test
    void urls_eachHaveTheirOwnState_andNothingOfTheReference() {
        URI first = flow.adminConsentUrl(FABRIKAM, "secret & name");
        URI second = flow.adminConsentUrl(FABRIKAM, "secret & name");
        assertThat(state(first)).isNotEqualTo(state(second));
        assertThat(first.toString()).doesNotContain("secret");
    }

    @Test
    void accept_aConsent_givesTheReference() {
        URI url = flow.adminConsentUrl(FABRIKAM, "fabrikam");
        assertThat(flow.accept(returned("admin_consent=True&tenant=" + FABRIKAM + "&state=" + state(url)
                        + "&scope=https%3a%2f%2fgraph.microsoft.com%2f.default")))
                .isEqualTo(new ConsentFlow.Consent("fabrikam", FABRIKAM));
    }

    @Test
    void accept_aCode_isConsentByAuthorizeUrl() {
        URI url = flow.authorizeUrl(FABRIKAM, "fabrikam");
        assertThat(flow.accept(returned("code=0.AX&state=" + state(url) + "&session_state=s"))
                        .tenantId())
                .isEqualTo(FABRIKAM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS://APP.contoso.com/consented", "https://app.contoso.com:443/consented"})
    void accept_theSameRedirectWrittenOtherwise_isTaken(String redirect) {
        String state = state(flow.adminConsentUrl(FABRIKAM, "f"));
        assertThat(flow.accept(URI.create(redirect + "?admin_consent=true&state=" + state))
                        .reference())
                .isEqualTo("f");
    }

    @Test
    void accept_anError_isRefusedFirst_evenWithAdminConsent() {
        // Entra sends admin_consent=True with errors: learn.microsoft.com/entra/identity-platform/v2-admin-consent
        String state = state(flow.adminConsentUrl(FABRIKAM, "fabrikam"));
        ConsentRefusedException refusal = refusal("admin_consent=True&error=access_denied&error_description="
                + "AADSTS65004%3a+declined%0d%0aWARN+forged%e2%80%a8x%c2%9b2J%e2%80%ae&tenant=" + FABRIKAM
                + "&state=" + state);
        assertThat(refusal.reason()).isEqualTo(Reason.REFUSED);
        assertThat(refusal.error()).contains("access_denied");
        assertThat(refusal.reference()).contains("fabrikam");
        assertThat(refusal)
                .hasMessageContaining("access_denied")
                .hasMessageContaining("AADSTS65004: declined WARN forged");
        assertThat(refusal.getMessage()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
        assertThat(refusal("admin_consent=True&state=" + state).reason()).isEqualTo(Reason.UNKNOWN_STATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "error=", "error&error_description=x", "%65rror=x"})
    void accept_anErrorHoweverWritten_isRefused(String error) {
        String state = state(flow.adminConsentUrl(FABRIKAM, "f"));
        assertThat(refusal("admin_consent=True&" + error + "&state=" + state).reason())
                .isEqualTo(Reason.REFUSED);
    }

    @Test
    void accept_anErrorWithoutState_isRefusedWithoutReference() {
        ConsentRefusedException refusal = refusal("error=" + "x".repeat(10_000));
        assertThat(refusal.reason()).isEqualTo(Reason.REFUSED);
        assertThat(refusal.reference()).isEmpty();
        assertThat(refusal.getMessage()).hasSizeLessThan(1200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "admin_consent=True", "admin_consent=True&state=", "admin_consent=True&state=forged", "x=y"})
    void accept_aForgedState_isUnknown(String query) {
        flow.adminConsentUrl(FABRIKAM, "f");
        assertThat(refusal(query).reason()).isEqualTo(Reason.UNKNOWN_STATE);
    }

    @Test
    void accept_aReplay_isUnknown() {
        URI back = returned("admin_consent=True&state=" + state(flow.adminConsentUrl(FABRIKAM, "f")));
        flow.accept(back);
        assertThatThrownBy(() -> flow.accept(back))
                .isInstanceOfSatisfying(
                        ConsentRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_STATE));
    }

    @Test
    void accept_fromManyThreads_isGoodOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            for (int round = 0; round < 50; round++) {
                URI back = returned("admin_consent=True&state=" + state(flow.adminConsentUrl(FABRIKAM, "f")));
                CountDownLatch start = new CountDownLatch(1);
                Callable<Boolean> task = () -> {
                    start.await();
                    try {
                        flow.accept(back);
                        return true;
                    } catch (ConsentRefusedException e) {
                        return false;
                    }
                };
                List<Future<Boolean>> results = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    results.add(pool.submit(task));
                }
                start.countDown();
                int good = 0;
                for (Future<Boolean> result : results) {
                    good += result.get() ? 1 : 0;
                }
                assertThat(good).isEqualTo(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void accept_atTheEndOfItsValidity_isExpired_andJustBeforeIsNot() {
        String early = state(flow.adminConsentUrl(FABRIKAM, "f"));
        String late = state(flow.adminConsentUrl(FABRIKAM, "f"));
        time.advance(Duration.ofHours(1).minusNanos(1));
        assertThat(flow.accept(returned("admin_consent=True&state=" + early)).reference())
                .isEqualTo("f");
        time.advance(Duration.ofNanos(1));
        ConsentRefusedException refusal = refusal("admin_consent=True&state=" + late);
        assertThat(refusal.reason()).isEqualTo(Reason.EXPIRED_STATE);
        assertThat(refusal.reference()).contains("f");
    }

    @Test
    void validity_canBeSet() {
        ConsentFlow quick = CrossTenantCmk.consent(APP, REDIRECT)
                .validity(Duration.ofMinutes(1))
                .timeSource(time)
                .build();
        String state = state(quick.adminConsentUrl(FABRIKAM, "f"));
        time.advance(Duration.ofMinutes(1));
        assertThat(catchThrowableOfType(
                                ConsentRefusedException.class,
                                () -> quick.accept(returned("admin_consent=True&state=" + state)))
                        .reason())
                .isEqualTo(Reason.EXPIRED_STATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"33333333-3333-4333-8333-333333333333", "common", "", "fabrikam.onmicrosoft.com"})
    void accept_anotherTenant_isRefused(String tenant) {
        String state = state(flow.adminConsentUrl(FABRIKAM, "f"));
        assertThat(refusal("admin_consent=True&tenant=" + tenant + "&state=" + state)
                        .reason())
                .isEqualTo(Reason.OTHER_TENANT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "admin_consent=False", "admin_consent=", "admin_consent=False&code=c", "code=", "code"})
    void accept_noConsent_isMalformed(String answer) {
        String state = state(flow.authorizeUrl(FABRIKAM, "f"));
        assertThat(refusal(answer + "&state=" + state).reason()).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin_consent=True&admin_consent=False",
                "tenant=a&tenant=b",
                "state=x&stat%65=y",
                "error&error",
                "a=1&a=2"
            })
    void accept_aParameterTwice_isMalformed(String query) {
        assertThat(refusal(query).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void accept_aDuplicate_doesNotUseUpTheState() {
        String state = state(flow.adminConsentUrl(FABRIKAM, "f"));
        assertThat(refusal("admin_consent=True&x=1&x=2&state=" + state).reason())
                .isEqualTo(Reason.MALFORMED);
        assertThat(flow.accept(returned("admin_consent=True&state=" + state)).reference())
                .isEqualTo("f");
    }

    @Test
    void accept_textThatIsNotUtf8_isNoConsent() {
        String state = state(flow.adminConsentUrl(FABRIKAM, "f"));
        assertThat(refusal("admin_consent=True%ff&state=" + state).reason()).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.contoso.com/consented",
                "https://evil.com/consented",
                "https://app.contoso.com.evil.com/consented",
                "https://app.contoso.com:8443/consented",
                "https://app.contoso.com/other",
                "https://app.contoso.com/consented/",
                "https://app.contoso.com/%63onsented",
                "https://app.contoso.com/x/../consented",
                "https://user@app.contoso.com/consented",
                "/consented",
                "mailto:a@b",
            })
    void accept_aForeignUrl_isInvalidInput(String url) {
        String state = state(flow.adminConsentUrl(FABRIKAM, "f"));
        invalid("returned", () -> flow.accept(URI.create(url + "?admin_consent=True&state=" + state)));
        assertThat(flow.accept(returned("admin_consent=True&state=" + state)).reference())
                .isEqualTo("f");
    }

    @Test
    void accept_neverPutsCodeOrStateIntoAMessage() {
        String state = state(flow.authorizeUrl(FABRIKAM, "f"));
        assertThat(refusal("code=0.SECRET&state=" + state + "&tenant=x"))
                .hasMessageNotContaining("SECRET")
                .hasMessageNotContaining(state);
    }

    @Test
    void memory_doesNotGrowWithAbandonedUrls() throws Exception {
        for (int day = 0; day < 100; day++) {
            for (int i = 0; i < 10; i++) {
                flow.adminConsentUrl(FABRIKAM, "f");
            }
            time.advance(Duration.ofDays(1));
        }
        assertThat(remembered()).isLessThanOrEqualTo(20);
    }

    @Test
    void memory_keepsWhatIsUnderWay_andWhatEndedLately() throws Exception {
        String state = state(flow.adminConsentUrl(FABRIKAM, "f"));
        time.advance(Duration.ofHours(5));
        flow.adminConsentUrl(FABRIKAM, "g");
        assertThat(remembered()).isEqualTo(2);
        assertThat(refusal("admin_consent=True&state=" + state).reason()).isEqualTo(Reason.EXPIRED_STATE);
    }

    @Test
    void stateStore_ofTheCaller_isUsed() {
        Map<String, ConsentStateStore.Pending> kept = new HashMap<>();
        ConsentStateStore store = new ConsentStateStore() {
            @Override
            public void put(String state, Pending pending) {
                kept.put(state, pending);
            }

            @Override
            public Optional<Pending> take(String state) {
                return Optional.ofNullable(kept.remove(state));
            }
        };
        ConsentFlow one = CrossTenantCmk.consent(APP, REDIRECT)
                .stateStore(store)
                .timeSource(time)
                .build();
        ConsentFlow other = CrossTenantCmk.consent(APP, REDIRECT)
                .stateStore(store)
                .timeSource(time)
                .build();
        String state = state(one.adminConsentUrl(FABRIKAM, "f"));
        assertThat(kept)
                .containsOnly(Map.entry(
                        state,
                        new ConsentStateStore.Pending("f", FABRIKAM, time.now().plus(Duration.ofHours(1)))));
        assertThat(other.accept(returned("admin_consent=True&state=" + state)).reference())
                .isEqualTo("f");
        assertThat(kept).isEmpty();
    }

    @Test
    void badArguments_areRefusedByName() {
        ConsentFlow.Builder builder = CrossTenantCmk.consent(APP, REDIRECT);
        invalid("clientId", () -> CrossTenantCmk.consent(null, REDIRECT));
        invalid("redirectUri", () -> CrossTenantCmk.consent(APP, null));
        invalid("environment", () -> builder.environment(null));
        invalid("validity", () -> builder.validity(null));
        invalid("validity", () -> builder.validity(Duration.ZERO));
        invalid("validity", () -> builder.validity(Duration.ofSeconds(-1)));
        invalid("validity", () -> builder.validity(Duration.ofSeconds(Long.MAX_VALUE)));
        invalid("validity", () -> builder.validity(Duration.ofDays(30).plusNanos(1)));
        assertThat(builder.validity(Duration.ofDays(30))).isSameAs(builder);
        invalid("stateStore", () -> builder.stateStore(null));
        invalid("timeSource", () -> builder.timeSource(null));
        invalid("tenantId", () -> flow.adminConsentUrl(null, "f"));
        invalid("tenantId", () -> flow.authorizeUrl(null, "f"));
        invalid("reference", () -> flow.adminConsentUrl(FABRIKAM, null));
        invalid("reference", () -> flow.authorizeUrl(FABRIKAM, " "));
        assertThatThrownBy(() -> flow.adminConsentUrl(FABRIKAM, null)).hasMessageContaining("is null");
        assertThatThrownBy(() -> flow.authorizeUrl(FABRIKAM, " ")).hasMessageContaining("is blank");
        invalid("returned", () -> flow.accept(null));
        invalid("pending", () -> new ConsentStateStore.Pending("f", null, Instant.EPOCH));
        invalid("reference", () -> new ConsentFlow.Consent(null, FABRIKAM));
        invalid("tenantId", () -> new ConsentFlow.Consent("f", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.contoso.com/c",
                "http://localhost.evil.com/c",
                "https:///c",
                "https:c",
                "/c",
                "https://u@app.contoso.com/c",
                "https://app.contoso.com/c#f",
                "https://app.contoso.com/*",
                "javascript:alert(1)",
            })
    void consent_aRedirectThatEntraRefuses_isInvalid(String uri) {
        invalid("redirectUri", () -> CrossTenantCmk.consent(APP, URI.create(uri)));
    }

    @ParameterizedTest
    @CsvSource({"256, true", "257, false"})
    void consent_aLongRedirect_isInvalidAbove256(int length, boolean fine) {
        String prefix = "https://app.contoso.com/";
        URI uri = URI.create(prefix + "a".repeat(length - prefix.length()));
        if (fine) {
            CrossTenantCmk.consent(APP, uri);
        } else {
            invalid("redirectUri", () -> CrossTenantCmk.consent(APP, uri));
        }
    }

    @Test
    void consent_localhostByHttp_isFine() {
        CrossTenantCmk.consent(APP, URI.create("http://localhost:8080/c"));
    }

    private ConsentRefusedException refusal(String query) {
        return catchThrowableOfType(ConsentRefusedException.class, () -> flow.accept(returned(query)));
    }

    private static URI returned(String query) {
        return URI.create(REDIRECT + "?" + query);
    }

    private static String state(URI url) {
        return query(url).get("state");
    }

    private static Map<String, String> query(URI url) {
        return Arrays.stream(url.getRawQuery().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(p -> p[0], p -> URLDecoder.decode(p[1], StandardCharsets.UTF_8)));
    }

    private int remembered() throws ReflectiveOperationException {
        Field store = ConsentFlow.class.getDeclaredField("store");
        store.setAccessible(true);
        Object states = store.get(flow);
        Field pending = states.getClass().getDeclaredField("pending");
        pending.setAccessible(true);
        return ((Map<?, ?>) pending.get(states)).size();
    }

    private static void invalid(String argument, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidInputException.class, e -> {
            assertThat(e.argument()).isEqualTo(argument);
            assertThat(e.problem()).isNotBlank();
            assertThat(e.fix()).isNotBlank();
        });
    }

    private static final class SettableTime implements TimeSource {
        private Instant now = Instant.parse("2026-11-23T08:00:00Z");

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void pause(Duration duration) {
            advance(duration);
        }
    }
}

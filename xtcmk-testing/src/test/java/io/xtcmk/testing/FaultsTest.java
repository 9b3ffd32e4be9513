package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.exception.ClientAuthenticationException;
import io.xtcmk.testing.http.Json;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever can go wrong between a client and Azure, injected. */
class FaultsTest {
    private static final String APPLICATIONS = "/{version}/applications";
    private static final String GRAPH = "https://graph.microsoft.com/v1.0";
    private static final String GROUP = "/subscriptions/{subscription}/resourceGroups/{group}";

    private final FakeAzure azure = FakeAzure.create();
    private final FakeTenant contoso = azure.tenant("contoso");
    private final Rest graph =
            Rest.over(azure.httpClient()).as(contoso.credential(), "https://graph.microsoft.com/.default");
    private final Rest arm =
            Rest.over(azure.httpClient()).as(contoso.credential(), "https://management.azure.com/.default");

    private Rest.Reply post() {
        return graph.post(GRAPH + "/applications", Json.object("displayName", "app"));
    }

    private int applications() {
        return Json.list(
                        graph.get(GRAPH + "/applications?$filter=displayName eq 'app'")
                                .json(),
                        "value")
                .size();
    }

    private Rest.Reply putGroup() {
        return arm.put(
                "https://management.azure.com/subscriptions/" + contoso.subscriptionId()
                        + "/resourceGroups/rg?api-version=2021-04-01",
                Json.object("location", "westeurope"));
    }

    private RecordedCall last() {
        return azure.calls().get(azure.calls().size() - 1);
    }

    @Test
    void fail_isTheServicesOwnAnswer_andHasNoEffect() {
        azure.inject(Fault.fail(503, "serviceNotAvailable").on("POST", APPLICATIONS));

        Rest.Reply failed = post();

        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.code()).isEqualTo("serviceNotAvailable");
        assertThat(failed.at("error.innerError.request-id")).isNotNull();
        assertThat(applications()).isZero();
        assertThat(post().status()).isEqualTo(201);
        assertThat(azure.pendingFaults()).isEmpty();
    }

    @Test
    void throttle_saysWhenToComeAgain_inSecondsAsADateOrNotAtAll() {
        azure.inject(Fault.throttle(Duration.ofSeconds(30)).on("PUT", GROUP));
        azure.inject(Fault.throttleUntil(Duration.ofSeconds(30)).on("PUT", GROUP));
        azure.inject(Fault.throttle().on("PUT", GROUP));

        Rest.Reply seconds = putGroup();
        Rest.Reply date = putGroup();
        Rest.Reply silent = putGroup();

        assertThat(Stream.of(seconds, date, silent).map(Rest.Reply::status)).containsOnly(429);
        assertThat(seconds.code()).isEqualTo("TooManyRequests");
        assertThat(seconds.headers()).containsEntry("Retry-After", "30");
        Instant until = ZonedDateTime.parse(
                        date.headers().get("Retry-After"), DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                .toInstant();
        assertThat(until).isEqualTo(azure.clock().now().plusSeconds(30));
        assertThat(silent.headers()).doesNotContainKey("Retry-After");
        assertThat(putGroup().status()).isEqualTo(201);
    }

    @Test
    void throttle_hasEachServicesCode() {
        TwoTenants two = new TwoTenants().connect();
        two.createAccount();
        two.azure.inject(Fault.throttle().on("GET", "/keys/{key}"));
        two.azure.inject(Fault.throttle().on("POST", "/{tenant}/oauth2/v2.0/token"));

        Rest.Reply vault = Rest.over(two.azure.httpClient())
                .with("Authorization", "Bearer none")
                .get(two.keyUrl + "?api-version=7.4");
        Rest.Reply login = Rest.over(two.azure.httpClient())
                .form("https://login.microsoftonline.com/" + two.contoso.tenantId() + "/oauth2/v2.0/token", Map.of());

        assertThat(vault.status()).isEqualTo(429);
        assertThat(vault.code()).isEqualTo("Throttled");
        assertThat(login.status()).isEqualTo(429);
        assertThat(login.at("error")).isEqualTo("temporarily_unavailable");
    }

    @Test
    void delay_passesOnTheClock() {
        azure.inject(Fault.delay(Duration.ofSeconds(20)).on("POST", APPLICATIONS));
        Instant before = azure.clock().now();

        post();

        assertThat(azure.clock().now()).isEqualTo(before.plusSeconds(20));
        assertThat(applications()).isOne();
    }

    @Test
    void dropReply_hasItsEffect_andTheClientDoesNotLearnOfIt() {
        azure.inject(Fault.dropReply().on("POST", APPLICATIONS));

        assertThatThrownBy(this::post)
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(SocketException.class);

        assertThat(last().status()).isEqualTo(RecordedCall.NO_ANSWER);
        assertThat(applications()).isOne();
    }

    static Stream<Fault> lost() {
        return Stream.of(Fault.reset(), Fault.refuse(), Fault.timeOut(Duration.ofSeconds(100)), Fault.page(502));
    }

    @ParameterizedTest
    @MethodSource("lost")
    void lostRequests_haveNoEffect(Fault fault) {
        azure.inject(fault.on("POST", APPLICATIONS));

        try {
            assertThat(post().text()).contains("<html>");
        } catch (UncheckedIOException e) {
            assertThat(e.getCause())
                    .isInstanceOfAny(SocketException.class, ConnectException.class, SocketTimeoutException.class);
        }

        assertThat(applications()).isZero();
        assertThat(azure.pendingFaults()).isEmpty();
    }

    @Test
    void timeOut_takesItsTime() {
        azure.inject(Fault.timeOut(Duration.ofSeconds(100)));
        Instant before = azure.clock().now();

        assertThatThrownBy(this::post).hasCauseInstanceOf(SocketTimeoutException.class);

        assertThat(azure.clock().now()).isEqualTo(before.plusSeconds(100));
    }

    @Test
    void truncate_breaksInTheBody() {
        azure.inject(Fault.truncate().on("POST", APPLICATIONS));

        assertThatThrownBy(this::post)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Connection prematurely closed DURING response");

        assertThat(applications()).isOne();
    }

    @Test
    void garble_isNotTheJsonThatItSays() {
        azure.inject(Fault.garble().on("PUT", GROUP));

        assertThatThrownBy(this::putGroup).isInstanceOf(UncheckedIOException.class);

        assertThat(putGroup().status()).isEqualTo(200);
    }

    @Test
    void lag_hidesAChangeFromReaders_forAWhile() {
        azure.inject(Fault.lag(Duration.ofSeconds(30)).on("POST", APPLICATIONS));
        String id = post().at("id");

        assertThat(graph.get(GRAPH + "/applications/" + id).status()).isEqualTo(404);
        assertThat(applications()).isZero();
        // Whoever writes meets the truth.
        assertThat(graph.patch(GRAPH + "/applications/" + id, Json.object("displayName", "app"))
                        .status())
                .isEqualTo(204);

        azure.clock().advance(Duration.ofSeconds(30));
        assertThat(graph.get(GRAPH + "/applications/" + id).status()).isEqualTo(200);
        assertThat(applications()).isOne();
    }

    @Test
    void moment_isCounted_overTheCallsThatFit() {
        InjectedFault fault = azure.inject(Fault.fail(500, "InternalServerError")
                .on("PUT", GROUP)
                .afterCalls(1)
                .times(2));
        post();

        assertThat(Stream.generate(() -> putGroup().status()).limit(4)).containsExactly(201, 500, 500, 200);
        assertThat(fault.strikes()).isEqualTo(2);
    }

    @Test
    void always_isUntilItIsRemoved() {
        InjectedFault fault = azure.inject(
                Fault.fail(500, "InternalServerError").on("PUT", GROUP).always());

        assertThat(Stream.generate(() -> putGroup().status()).limit(50)).containsOnly(500);
        assertThat(azure.pendingFaults()).containsExactly(fault);
        fault.remove();
        fault.remove();

        assertThat(putGroup().status()).isEqualTo(201);
        assertThat(fault.strikes()).isEqualTo(50);
    }

    @Test
    void anyRoute_isStruck_tokensIncluded() {
        azure.inject(Fault.fail(500, "server_error"));

        assertThatThrownBy(() -> Rest.token(contoso.credential(), "https://graph.microsoft.com/.default"))
                .isInstanceOf(ClientAuthenticationException.class);
        assertThat(azure.pendingFaults()).isEmpty();
    }

    @Test
    void badFaults_areRefused() {
        assertThatThrownBy(() -> azure.inject(Fault.reset().on("PUT", "/subscriptions/{subscription}/resourceGroup")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no route is called")
                .hasMessageContaining(GROUP);
        assertThatThrownBy(() -> Fault.fail(200, "OK")).hasMessageContaining("status is 200");
        assertThatThrownBy(() -> Fault.fail(500, " ")).hasMessageContaining("code is blank");
        assertThatThrownBy(() -> Fault.reset().times(0)).hasMessageContaining("strikes is 0");
        assertThatThrownBy(() -> Fault.reset().afterCalls(-1)).hasMessageContaining("calls is -1");
        assertThatThrownBy(() -> Fault.delay(Duration.ofSeconds(-1))).hasMessageContaining("negative");
    }

    @Test
    void fault_tellsWhatItIs() {
        assertThat(Fault.reset().on("PUT", GROUP).afterCalls(3).times(2))
                .hasToString("Reset[] on PUT " + GROUP + " after 3 calls, 2 times");
        assertThat(Fault.page(502).always()).hasToString("Page[status=502] on any route, always");
    }
}

package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.ProxyOptions;
import com.azure.core.util.Configuration;
import com.azure.core.util.Context;
import io.xtcmk.core.wire.CorporateProxy;
import io.xtcmk.core.wire.CorporateProxy.Disturbance;
import io.xtcmk.core.wire.Wired;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.StepOutcome;
import io.xtcmk.model.StepOutcome.Change;
import io.xtcmk.testing.FakeAzureServer;
import io.xtcmk.testing.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real sockets that fail, and a company's proxy on the way, with each of azure-core's HTTP clients: what passes is
 * overcome, and what does not reaches the caller as an exception of this library.
 *
 * <pre>
 *   library -- HTTP client == tunnel == the company's proxy == the fake's own proxy -- Azure
 * </pre>
 */
@Tag("in-process") // It chooses its lines itself.
class TroubledWireTest extends EncryptionScenario {
    private static final String PASSWORD = "Correct-Horse-7";
    private static final Duration PATIENT = Duration.ofMinutes(1);
    /** In real time: a client that waits for an answer which does not come waits for it in full. */
    private static final Duration IMPATIENT = Duration.ofMillis(700);

    private final FakeAzureServer server = azure.serveOnItsClock();

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    boolean isRealistic() {
        return false;
    }

    private List<StepOutcome> phases() {
        FederatedApp app = phase1();
        AuthorizedKey key = phase2(app);
        List<StepOutcome> outcomes = new ArrayList<>(app.outcomes());
        outcomes.addAll(key.outcomes());
        outcomes.addAll(storage(app, key).create().outcomes());
        return outcomes;
    }

    private void go(HttpClient client) {
        azure.httpClient(server.onClock(client));
    }

    /** As a program's environment has it. */
    private static ProxyOptions environment(CorporateProxy proxy, String credentials, String noProxy) {
        @SuppressWarnings("deprecation") // What a ConfigurationBuilder makes has no proxy.
        Configuration environment = new Configuration()
                .put("java.net.useSystemProxies", "true")
                .put("HTTPS_PROXY", "http://" + credentials + "127.0.0.1:" + proxy.port())
                .put("HTTP_PROXY", "http://" + credentials + "127.0.0.1:" + proxy.port())
                .put("NO_PROXY", noProxy);
        return ProxyOptions.fromConfiguration(environment);
    }

    static Stream<Arguments> clientsAndFaults() {
        List<Supplier<Fault>> faults = List.of(
                Fault::reset,
                Fault::dropReply,
                Fault::truncate,
                Fault::garble,
                () -> Fault.page(502),
                () -> Fault.timeOut(Duration.ofSeconds(30)),
                () -> Fault.delay(Duration.ofSeconds(20)));
        return Arrays.stream(Wired.values())
                .flatMap(client -> faults.stream().map(fault -> Arguments.of(client, fault.get())));
    }

    @ParameterizedTest
    @MethodSource("clientsAndFaults")
    void faults_areOvercome(Wired client, Fault fault) {
        go(client.client(server));
        IntStream.of(1, 4, 8, 12, 16).forEach(at -> azure.inject(fault.afterCalls(at)));

        phases();

        assertThat(azure.pendingFaults()).isEmpty();
        assertThat(phases()).extracting(StepOutcome::change).containsOnly(Change.UNCHANGED);
    }

    static Stream<Arguments> clientsAndDisturbances() {
        // Before TLS, in its handshake, in the first answer, in later ones.
        return Arrays.stream(Wired.values())
                .flatMap(client -> Stream.of(Disturbance.RESET, Disturbance.CUT_OFF)
                        .flatMap(how ->
                                Stream.of(0, 700, 2_000, 3_500, 5_000).map(bytes -> Arguments.of(client, how, bytes))));
    }

    @ParameterizedTest
    @MethodSource("clientsAndDisturbances")
    void tunnelThatBreaks_isOvercome(Wired client, Disturbance how, int afterBytes) {
        try (CorporateProxy proxy = CorporateProxy.before(server)) {
            go(client.client(server, environment(proxy, "", ""), PATIENT));
            proxy.disturb(how, afterBytes);

            phases();

            assertThat(proxy.hasDisturbed()).isTrue();
            assertThat(phases()).extracting(StepOutcome::change).containsOnly(Change.UNCHANGED);
        }
    }

    @ParameterizedTest
    @EnumSource(Wired.class)
    void serverThatFallsSilent_isAskedAgainWhenTheClientHasLostItsPatience(Wired client) {
        try (CorporateProxy proxy = CorporateProxy.before(server)) {
            go(client.client(server, environment(proxy, "", ""), IMPATIENT));
            proxy.disturb(Disturbance.SILENCE, 3_000);

            phases();

            assertThat(proxy.hasDisturbed()).isTrue();
            assertThat(phases()).extracting(StepOutcome::change).containsOnly(Change.UNCHANGED);
        }
    }

    @ParameterizedTest
    @EnumSource(Wired.class)
    void allGoesByTheProxy(Wired client) {
        try (CorporateProxy proxy = CorporateProxy.before(server)) {
            go(client.client(server, environment(proxy, "", "localhost,127.0.0.1"), PATIENT));

            phases();

            assertThat(proxy.asked())
                    .contains("login.microsoftonline.com:443", "management.azure.com:443", "graph.microsoft.com:443")
                    .contains("kv-fabrikam.vault.azure.net:443")
                    .allMatch(target -> target.endsWith(":443"));
        }
    }

    /** A metadata service on this machine, say. */
    @ParameterizedTest
    @EnumSource(Wired.class)
    void hostsOfNoProxy_areAskedDirectly(Wired client) {
        String url = "http://127.0.0.1:" + server.port() + "/msi/token?api-version=2019-08-01&resource=x";
        try (CorporateProxy proxy = CorporateProxy.before(server)) {
            assertThat(status(client.client(server, environment(proxy, "", "localhost,127.0.0.1"), PATIENT), url))
                    .as("by the fake")
                    .isEqualTo(401);
            assertThat(proxy.asked()).isEmpty();

            // The proxy refuses: it tunnels to Azure only.
            HttpClient byProxy = client.client(server, environment(proxy, "", "localhost"), PATIENT);
            assertThat(catchThrowable(() -> assertThat(status(byProxy, url)).isEqualTo(401)))
                    .isNotNull();
            assertThat(proxy.asked()).isNotEmpty();
        }
    }

    private static int status(HttpClient client, String url) {
        try (HttpResponse response = client.sendSync(new HttpRequest(HttpMethod.GET, url), Context.NONE)) {
            return response.getStatusCode();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Wired.class, mode = Mode.EXCLUDE, names = "JDK_HTTPCLIENT")
    void proxyWithAPassword_opensToWhoHasIt(Wired client) {
        try (CorporateProxy proxy = CorporateProxy.before(server, "contoso", PASSWORD)) {
            go(client.client(server, environment(proxy, "contoso:" + PASSWORD + "@", ""), PATIENT));

            phases();

            assertThat(proxy.asked()).contains("kv-fabrikam.vault.azure.net:443");
            assertThat(phases()).extracting(StepOutcome::change).containsOnly(Change.UNCHANGED);
        }
    }

    /** Of Java's own client, the right one too: it does not send passwords to proxies for tunnels unless told to. */
    @ParameterizedTest
    @EnumSource(Wired.class)
    void proxyThatRefuses_isNamedAsTheCause(Wired client) {
        String password = client == Wired.JDK_HTTPCLIENT ? PASSWORD : "Wrong-Horse-8";
        try (CorporateProxy proxy = CorporateProxy.before(server, "contoso", PASSWORD)) {
            go(client.client(server, environment(proxy, "contoso:" + password + "@", ""), IMPATIENT));

            Throwable thrown = catchThrowable(this::phase1);

            assertThat(proxy.refused()).isPositive();
            assertThat(thrown).isInstanceOfSatisfying(CrossTenantCmkException.class, e -> {
                assertThat(e.step()).isNotBlank();
                assertThat(e).hasMessageContaining("proxy").hasCauseInstanceOf(Exception.class);
            });
            assertThat(Stream.iterate(thrown, e -> e != null, Throwable::getCause)
                            .map(String::valueOf))
                    .noneMatch(text -> text.contains(password));
        }
    }
}

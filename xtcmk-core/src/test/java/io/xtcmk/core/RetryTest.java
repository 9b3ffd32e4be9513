package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.PermissionMissingException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All three phases over a line that stumbles: they succeed in the same call, and nothing is made twice. */
class RetryTest extends EncryptionScenario {
    private static final int MUTATIONS = 13;

    private void runAll(Intercepted.Line line) {
        Intercepted client = new Intercepted(azure.httpClient(), line);
        FederatedApp app = phase1On(over(provider(), client)).createFederatedApp();
        AuthorizedKey key = phase2On(over(customer(), client), app.clientId()).authorize();
        storageOn(over(provider(), client), app, key).create();
        sqlOn(over(provider(), client), app, key).autoRotation(true).create();
        assertOneOfEach(app, key);
    }

    private void assertOneOfEach(FederatedApp app, AuthorizedKey key) {
        String credentials = "/applications/" + app.objectId() + "/federatedIdentityCredentials";
        assertThat(graph(contoso, credentials).list("value")).hasSize(1);
        assertThat(graph(contoso, "/applications").list("value").stream()
                        .filter(a -> a.toString().contains("contoso-cmk")))
                .hasSize(1);
        assertThat(graph(fabrikam, "/servicePrincipals").list("value").stream()
                        .filter(p -> p.toString().contains(app.clientId().toString())))
                .hasSize(1);
        String assignments = vaultId + "/keys/contoso-cmk/providers/Microsoft.Authorization/roleAssignments";
        assertThat(arm(fabrikam, assignments, "2022-04-01").list("value").stream()
                        .filter(a ->
                                a.toString().contains(key.servicePrincipalId().toString())))
                .hasSize(1);
        assertThat(keyCall(officer(), "GET", "/versions", null).list("value")).hasSize(1);
        assertThat(account().at("properties.encryption.identity.federatedIdentityClientId"))
                .isEqualTo(app.clientId().toString());
        assertThat(protector().at("properties.autoRotationEnabled")).isEqualTo(true);
    }

    private static boolean mutates(HttpRequest request) {
        return !request.getHttpMethod().toString().equals("GET")
                && !request.getUrl().getPath().contains("/oauth2/");
    }

    @Test
    void mutations_areAsManyAsTheLostRepliesCover() {
        AtomicInteger count = new AtomicInteger();
        runAll((request, onward) -> {
            if (mutates(request)) {
                count.incrementAndGet();
            }
            return onward.send();
        });
        assertThat(count).hasValue(MUTATIONS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, MUTATIONS})
    void lostReply_isFoundOutByLookingAgain(int which) {
        AtomicInteger count = new AtomicInteger();
        runAll((request, onward) -> {
            boolean lost = mutates(request) && count.incrementAndGet() == which;
            HttpResponse response = onward.send();
            if (lost) {
                throw new IOException("Connection reset by peer");
            }
            return response;
        });
    }

    @SuppressWarnings("ImmutableEnumChecker") // the headers are never changed
    enum Stumble {
        THROTTLED_SECONDS(429, "Retry-After", "7"),
        THROTTLED_DATE(429, "Retry-After", "Thu, 01 Jan 2026 00:00:05 GMT"),
        TIMEOUT(408, "", ""),
        INTERNAL(500, "", ""),
        GATEWAY(502, "", ""),
        UNAVAILABLE(503, "Retry-After", "2"),
        GATEWAY_TIMEOUT(504, "", "");

        final int status;
        final HttpHeaders headers = new HttpHeaders();

        Stumble(int status, String header, String value) {
            this.status = status;
            if (!header.isEmpty()) {
                headers.set(HttpHeaderName.fromString(header), value);
            }
        }
    }

    /** Every request once, the reads and polls too, with bodies that are no JSON at all. */
    @ParameterizedTest
    @EnumSource
    void everyRequest_stumblesOnce(Stumble stumble) {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        runAll((request, onward) -> isTokens(request) || !seen.add(request.getHttpMethod() + " " + request.getUrl())
                ? onward.send()
                : Intercepted.answer(request, stumble.status, stumble.headers, "<html>stumbled</html>"));
    }

    private static boolean isTokens(HttpRequest request) {
        return request.getUrl().getPath().contains("/oauth2/");
    }

    @Test
    void everyRequest_isRefusedAConnectionOnce() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        runAll((request, onward) -> {
            if (!isTokens(request) && seen.add(request.getHttpMethod() + " " + request.getUrl())) {
                throw new ConnectException("Connection refused");
            }
            return onward.send();
        });
    }

    /** Half a refusal may be anybody's: it is told by its status, and not as what Azure said. */
    @Test
    void brokenRefusal_isStillATypedException() {
        Intercepted client = new Intercepted(
                azure.httpClient(),
                (request, onward) -> isTokens(request)
                        ? onward.send()
                        : Intercepted.answer(request, 403, new HttpHeaders(), "{\"error\":{\"code\":\"Auth"));

        CrossTenantCmkException e = catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> phase1On(over(provider(), client)).createFederatedApp());
        assertThat(e).hasMessageContaining("HTTP 403").isNotInstanceOf(PermissionMissingException.class);
        assertThat(e.azureAnswer()).isEmpty();
    }

    /** On the clock: half a minute of it, and not of the machine's. */
    @Test
    void retries_endAfterSixAttempts() {
        AtomicInteger count = new AtomicInteger();
        Intercepted client = new Intercepted(azure.httpClient(), (request, onward) -> {
            if (!request.getUrl().getHost().equals("management.azure.com")) {
                return onward.send();
            }
            count.incrementAndGet();
            return Intercepted.answer(request, 503, new HttpHeaders(), "");
        });
        Instant began = azure.clock().now();

        CrossTenantCmkException e = catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> phase1On(over(provider(), client)).createFederatedApp());

        assertThat(count).hasValue(6);
        assertThat(Duration.between(began, azure.clock().now())).isEqualTo(Duration.ofSeconds(31));
        assertThat(e.actor()).isEqualTo(CrossTenantCmkException.Actor.WAIT);
        assertThat(changes(e.done())).containsExactly("application CREATED");
    }

    @Test
    void twoRunsAtOnce_agree() throws Exception {
        List<java.util.concurrent.CompletableFuture<FederatedApp>> apps = new java.util.ArrayList<>();
        for (int i = 0; i < 2; i++) {
            apps.add(phase1On(provider()).createFederatedAppAsync().toFuture());
        }
        FederatedApp app = azure.clock().await(apps.get(0));
        assertThat(azure.clock().await(apps.get(1))).isEqualTo(app);

        var keys = List.of(
                phase2On(customer(), app.clientId()).authorizeAsync().toFuture(),
                phase2On(customer(), app.clientId()).authorizeAsync().toFuture());
        AuthorizedKey key = azure.clock().await(keys.get(0));
        assertThat(azure.clock().await(keys.get(1))).isEqualTo(key);

        var accounts = List.of(
                storage(app, key).createAsync().toFuture(),
                storage(app, key).createAsync().toFuture());
        assertThat(new HashSet<>(List.of(
                        azure.clock().await(accounts.get(0)), azure.clock().await(accounts.get(1)))))
                .hasSize(1);
        var servers = List.of(
                sql(app, key).autoRotation(true).createAsync().toFuture(),
                sql(app, key).autoRotation(true).createAsync().toFuture());
        assertThat(azure.clock().await(servers.get(0))).isEqualTo(azure.clock().await(servers.get(1)));
        assertOneOfEach(app, key);
    }
}

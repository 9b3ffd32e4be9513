package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Configuration;
import com.azure.identity.CredentialUnavailableException;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.KeyOwnership;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.wire.Line;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.IdentityClientId;
import io.xtcmk.model.OwnershipTag;
import io.xtcmk.testing.Fault;
import io.xtcmk.testing.RecordedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The managed identity of the place where the program runs, by its client id alone: which endpoint gives the tokens, and
 * what is said if none does, within a minute on the clock.
 */
@Timeout(30)
class ManagedIdentityHereTest extends EncryptionScenario {
    private static final String METADATA = "/metadata/identity/oauth2/token";
    private static final TokenRequestContext VAULT =
            new TokenRequestContext().addScopes("https://vault.azure.net/.default");

    private final FederatedApp app = phase1();
    private final IdentityClientId identity = app.identity().clientId();
    private final OwnershipTag tag = OwnershipTag.issue("customer-42", fabrikam.tenantId());
    private final AuthorizedKey key =
            phase2On(customer(), app.clientId()).ownershipTag(tag.value()).authorize();
    private final List<String> set = new ArrayList<>();

    @BeforeEach
    void laterOn() {
        azure.clock().advance(Duration.ofMinutes(15));
        azure.clearCalls();
    }

    @AfterEach
    @SuppressWarnings("deprecation") // the only way to give this process what its host would
    void forget() {
        set.forEach(name -> Configuration.getGlobalConfiguration().remove(name));
    }

    /** Of this process, as the host of the program would set them. */
    @SuppressWarnings("deprecation")
    private void environment(Map<String, String> variables) {
        variables.forEach((name, value) -> {
            Configuration.getGlobalConfiguration().put(name, value);
            set.add(name);
        });
    }

    private void attached() {
        azure.attachIdentity(app.identity().id().toString());
    }

    private TenantConnection over(HttpClient client) {
        return TenantConnection.builder()
                .tenantId(contoso.tenantId())
                .subscriptionId(contoso.subscriptionId())
                .credential(contoso.credential())
                .httpClient(client)
                .timeSource(azure.clock())
                .executor(azure.clock().executor())
                .build();
    }

    private KeyOwnership ownership(HttpClient client) {
        return CrossTenantCmk.provider(over(client)).ownership(key).tag(tag).managedIdentity(identity);
    }

    private TenantConnection asIdentity() {
        return TenantConnection.builder()
                .tenantId(contoso.tenantId())
                .subscriptionId(contoso.subscriptionId())
                .managedIdentity(identity)
                .httpClient(azure.httpClient())
                .timeSource(azure.clock())
                .executor(azure.clock().executor())
                .build();
    }

    private TokenCredential credential() {
        return asIdentity().credential();
    }

    private List<RecordedCall> asked(String path) {
        return azure.calls().stream()
                .filter(call -> call.url().getPath().equals(path))
                .toList();
    }

    /** Whatever is asked of an endpoint's host is answered so. */
    private HttpClient answering(String host, List<HttpRequest> heard, int status, String body) {
        return new Intercepted(azure.httpClient(), (request, onward) -> {
            if (!request.getUrl().getHost().equals(host)) {
                return onward.send();
            }
            heard.add(request.copy());
            return Intercepted.answer(
                    request,
                    status,
                    new HttpHeaders().set(HttpHeaderName.CONTENT_TYPE, "application/json; charset=utf-8"),
                    body);
        });
    }

    // where all is well

    @Test
    void machine_provesVerifiesAndSignsIn() {
        attached();

        assertThat(ownership(azure.httpClient()).prove().reference()).isEqualTo("customer-42");
        assertThat(exchangeSeenFrom(azure.httpClient()).state()).isEqualTo(State.HOLDS);
        assertThat(CrossTenantCmk.federatedAppCredential()
                        .clientId(app.clientId())
                        .tenantId(fabrikam.tenantId())
                        .managedIdentity(identity)
                        .httpClient(azure.httpClient())
                        .timeSource(azure.clock())
                        .build()
                        .getTokenSync(VAULT)
                        .getToken())
                .isNotEmpty();
        assertThat(asked(METADATA))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.url().getQuery())
                        .contains(
                                "client_id=" + identity,
                                "api-version=2018-02-01",
                                "resource=api://AzureADTokenExchange"));
    }

    @Test
    void connection_signsInAsTheIdentity_andKeepsItsToken() {
        attached();
        contoso.grant(app.identity().principalId().value(), "Contributor", subscription(contoso));
        Reply read = arm(contoso, app.identity().id().toString(), "2024-11-30");
        assertThat(read.status()).isEqualTo(200);

        assertThat(asIdentity().toString()).contains(contoso.tenantId().toString());
        assertThat(credential().toString()).isEqualTo("credential of managed identity " + identity);
        CrossTenantCmk.provider(asIdentity())
                .storage("rg-data", "stfabrikam")
                .federatedApp(app)
                .withCustomerKey(key)
                .plan();

        assertThat(asked(METADATA)).hasSize(1);
    }

    private DiagnosedLink exchangeSeenFrom(HttpClient client) {
        return CrossTenantCmk.provider(over(client))
                .verification(app, key)
                .asManagedIdentity(identity)
                .verify()
                .link(Kind.TOKEN_EXCHANGE)
                .orElseThrow();
    }

    // what the metadata service may say

    static Stream<Arguments> failures() {
        return Stream.of(
                failure("a proxy's 403", Fault.page(403), "IdentityEndpointUnreachable", "a proxy", "HTTP 403", true),
                failure("a proxy's 407", Fault.page(407), "IdentityEndpointUnreachable", "a proxy", "HTTP 407", true),
                failure("not JSON", Fault.garble(), "IdentityEndpointUnreachable", "a proxy", "HTTP 200", true),
                failure("nobody", Fault.refuse(), "IdentityEndpointUnreachable", "nobody does", "nobody does", true),
                failure(
                        "a 403 of its own",
                        Fault.fail(403, "forbidden"),
                        "IdentityEndpointRefused",
                        "refused",
                        "HTTP 403, The service has failed",
                        false),
                failure(
                        "404",
                        Fault.fail(404, "not_found"),
                        "IdentityEndpointMissing",
                        "being updated",
                        "HTTP 404, The service has failed",
                        true),
                failure("a page of 404", Fault.page(404), "IdentityEndpointMissing", "being updated", "HTTP 404", true),
                failure("410", Fault.fail(410, "gone"), "IdentityEndpointMissing", "being updated", "HTTP 410", true),
                failure("429", Fault.throttle(), "IdentityEndpointThrottled", "throttles", "HTTP 429", true),
                failure(
                        "500",
                        Fault.fail(500, "unknown"),
                        "IdentityEndpointFailed",
                        "fails",
                        "HTTP 500, The service has failed",
                        true),
                failure("502", Fault.page(502), "IdentityEndpointFailed", "fails", "HTTP 502", true),
                failure("503", Fault.fail(503, "busy"), "IdentityEndpointFailed", "fails", "HTTP 503", true));
    }

    private static Arguments failure(
            String name, Fault fault, String code, String cause, String said, boolean isPassing) {
        return Arguments.of(name, fault.on("GET", METADATA).always(), code, cause, said, isPassing);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void failure_isDiagnosedWithinAMinute(
            String name, Fault fault, String code, String cause, String said, boolean isPassing) {
        attached();
        azure.inject(fault);
        Instant before = azure.clock().now();

        CrossTenantCmkException failure = catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> ownership(azure.httpClient()).prove());

        assertThat(Duration.between(before, azure.clock().now()))
                .isLessThanOrEqualTo(Duration.ofMinutes(1))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(isPassing ? 31 : 0));
        // Java's own HTTP client sends a request again by itself, if the connection breaks.
        assertThat(asked(METADATA).size()).isBetween(isPassing ? 6 : 1, !isPassing ? 1 : Line.isOfSockets() ? 12 : 6);
        assertThat(failure.likelyCause()).contains(cause, "Instance Metadata Service: ", said);
        assertThat(failure.azureAnswer()).isEmpty();
        assertThat(failure.getMessage()).containsOnlyOnce(said).doesNotContain("com.azure", "msal");
        DiagnosedLink link = exchangeSeenFrom(azure.httpClient());
        assertThat(link.state()).isEqualTo(isPassing ? State.UNREACHABLE : State.UNSEEN);
        assertThat(link.knownRemedy().orElseThrow().code()).isEqualTo(code);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void passingFailure_isNotSeen(String name, Fault fault, String code, String cause, String said, boolean isPassing) {
        attached();
        azure.inject(fault.times(2));

        if (isPassing) {
            assertThat(ownership(azure.httpClient()).prove()).isNotNull();
            assertThat(asked(METADATA)).hasSize(3);
        } else {
            assertThatThrownBy(() -> ownership(azure.httpClient()).prove()).hasMessageContaining(said);
        }
    }

    @Test
    void identityThatIsNotAssigned_isSaidAtOnce_inTheServicesWords() {
        Instant before = azure.clock().now();

        CrossTenantCmkException failure = catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> ownership(azure.httpClient()).prove());

        assertThat(azure.clock().now()).isEqualTo(before);
        assertThat(failure.likelyCause())
                .isEqualTo("The managed identity is not assigned to the machine or app where this runs."
                        + " Instance Metadata Service: HTTP 400, Identity not found.");
        assertThat(failure.actor()).isEqualTo(Actor.PROVIDER);
        DiagnosedLink link = exchangeSeenFrom(azure.httpClient());
        assertThat(link.state()).as("it says nothing of the chain").isEqualTo(State.UNSEEN);
        assertThat(link.knownRemedy().orElseThrow().actor()).isEqualTo(Actor.PROVIDER);
        assertThatThrownBy(() -> credential().getTokenSync(VAULT))
                .as("a chain goes on")
                .isInstanceOf(CredentialUnavailableException.class)
                .hasMessageContaining("Identity not found");
    }

    @Test
    void page_withStatus200_isUnreachable() {
        List<HttpRequest> heard = new ArrayList<>();
        HttpClient proxied = answering("169.254.169.254", heard, 200, "<html>Welcome to the guests' network</html>");

        CrossTenantCmkException failure = catchThrowableOfType(
                CrossTenantCmkException.class, () -> ownership(proxied).prove());

        assertThat(failure.likelyCause()).contains("a proxy answers in its place", "HTTP 200");
        assertThat(failure.fix()).contains("NO_PROXY=169.254.169.254");
        assertThat(exchangeSeenFrom(proxied).state()).isEqualTo(State.UNREACHABLE);
        assertThat(heard)
                .allSatisfy(request -> assertThat(request.getHeaders().getValue(HttpHeaderName.fromString("Metadata")))
                        .isEqualTo("true"));
    }

    @Test
    void credentialInACallersHands_retriesByItself() {
        attached();
        TokenCredential credential = credential();
        azure.inject(Fault.fail(503, "busy").on("GET", METADATA).times(5));
        Instant before = azure.clock().now();

        assertThat(credential.getTokenSync(VAULT).getToken()).isNotEmpty();
        assertThat(Duration.between(before, azure.clock().now())).isEqualTo(Duration.ofSeconds(31));
        azure.inject(Fault.fail(503, "busy").on("GET", METADATA).always());
        assertThatThrownBy(() -> credential.getTokenSync(VAULT))
                .isInstanceOf(ClientAuthenticationException.class)
                .isNotInstanceOf(CredentialUnavailableException.class)
                .hasMessageContaining("IdentityEndpointFailed")
                .hasMessageContaining("HTTP 503");
    }

    // other hosts

    @Test
    void appService_isAskedWithItsSecret() {
        assumeFalse(Line.isOfSockets(), "Netty asks a proxy to connect to this machine, which the fake's refuses");
        environment(azure.workload(app.identity().id().toString()).environment());

        assertThat(ownership(azure.httpClient()).prove()).isNotNull();

        assertThat(asked("/msi/token"))
                .singleElement()
                .satisfies(call ->
                        assertThat(call.url().getQuery()).contains("api-version=2019-08-01", "client_id=" + identity));
        assertThat(asked(METADATA)).isEmpty();
    }

    @Test
    void appService_refusesAWrongSecret_andIsQuoted() {
        assumeFalse(Line.isOfSockets(), "Netty asks a proxy to connect to this machine, which the fake's refuses");
        environment(
                Map.of("IDENTITY_ENDPOINT", "http://127.0.0.1:41741/msi/token", "IDENTITY_HEADER", "not-the-secret"));

        CrossTenantCmkException failure = catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> ownership(azure.httpClient()).prove());

        assertThat(failure.likelyCause())
                .contains("App Service's identity endpoint: HTTP 401, The X-IDENTITY-HEADER is missing or wrong.");
        assertThat(failure.fix()).contains("IDENTITY_HEADER");
        assertThat(failure.toString()).doesNotContain("not-the-secret");
    }

    @Test
    void appService_saysInItsOwnWordsThatTheIdentityIsNotAssigned() {
        environment(Map.of("IDENTITY_ENDPOINT", "http://127.0.0.1:41741/msi/token", "IDENTITY_HEADER", "secret"));
        String body = """
                {"statusCode":400,"message":"No User Assigned or Delegated Managed Identity found for specified \
                ClientId/ResourceId/PrincipalId.","correlationId":"5c7b0f2a-0000-4000-8000-000000000000"}""";

        CrossTenantCmkException failure = catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> ownership(answering("127.0.0.1", new ArrayList<>(), 400, body))
                        .prove());

        assertThat(failure.likelyCause()).contains("is not assigned", "No User Assigned or Delegated");
    }

    @Test
    void machineLearning_hasAnOlderForm() {
        environment(Map.of("MSI_ENDPOINT", "http://127.0.0.1:46808/MSI/auth", "MSI_SECRET", "shared"));
        List<HttpRequest> heard = new ArrayList<>();
        long end = azure.clock().now().plus(Duration.ofHours(8)).getEpochSecond();

        TokenCredential credential = TenantConnection.builder()
                .tenantId(contoso.tenantId())
                .subscriptionId(contoso.subscriptionId())
                .managedIdentity(identity)
                .httpClient(answering(
                        "127.0.0.1", heard, 200, "{\"access_token\":\"opaque\",\"expires_on\":\"" + end + "\"}"))
                .timeSource(azure.clock())
                .build()
                .credential();

        assertThat(credential.getTokenSync(VAULT).getToken()).isEqualTo("opaque");
        assertThat(credential.getTokenSync(VAULT).getExpiresAt().toEpochSecond())
                .isEqualTo(end);
        assertThat(heard.get(0).getUrl().getQuery())
                .isEqualTo("api-version=2017-09-01&resource=https%3A%2F%2Fvault.azure.net&clientid=" + identity);
        assertThat(heard.get(0).getHeaders().getValue(HttpHeaderName.fromString("secret")))
                .isEqualTo("shared");
    }

    static Stream<Map<String, String>> systemAssigned() {
        return Stream.of(
                Map.of("MSI_ENDPOINT", "http://localhost:50342/oauth2/token"),
                Map.of(
                        "IDENTITY_ENDPOINT",
                        "http://localhost:40342/metadata/identity/oauth2/token",
                        "IMDS_ENDPOINT",
                        "http://localhost:40342"));
    }

    @ParameterizedTest
    @MethodSource("systemAssigned")
    void cloudShellAndArc_haveNoUserAssignedIdentity_andAreNotAsked(Map<String, String> variables) {
        environment(variables);

        CrossTenantCmkException failure = catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> ownership(azure.httpClient()).prove());

        assertThat(failure.likelyCause()).contains("no user-assigned managed identities");
        assertThat(azure.calls())
                .extracting(call -> call.url().getHost())
                .doesNotContain("localhost", "169.254.169.254");
        assertThatThrownBy(() -> credential().getTokenSync(VAULT)).isInstanceOf(CredentialUnavailableException.class);
    }

    @Test
    void urlThatIsNone_isTheEnvironmentsFault() {
        environment(Map.of("IDENTITY_ENDPOINT", "msi token", "IDENTITY_HEADER", "secret"));

        assertThatThrownBy(() -> ownership(azure.httpClient()).prove())
                .isInstanceOf(CrossTenantCmkException.class)
                .hasMessageContaining("the environment names no URL for App Service's identity endpoint");
    }

    @Test
    void kubernetes_exchangesThePodsToken(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("azure-identity-token"), "pods-token\n");
        environment(Map.of(
                "AZURE_TENANT_ID",
                contoso.tenantId().toString(),
                "AZURE_FEDERATED_TOKEN_FILE",
                file.toString(),
                "AZURE_AUTHORITY_HOST",
                "https://login.microsoftonline.com"));
        List<HttpRequest> heard = new ArrayList<>();
        HttpClient line =
                answering("login.microsoftonline.com", heard, 200, "{\"access_token\":\"opaque\",\"expires_in\":3600}");
        TokenCredential credential = TenantConnection.builder()
                .tenantId(contoso.tenantId())
                .subscriptionId(contoso.subscriptionId())
                .managedIdentity(identity)
                .httpClient(line)
                .timeSource(azure.clock())
                .build()
                .credential();

        assertThat(credential.getTokenSync(VAULT).getToken()).isEqualTo("opaque");

        assertThat(heard.get(0).getUrl().getPath()).isEqualTo("/" + contoso.tenantId() + "/oauth2/v2.0/token");
        assertThat(heard.get(0).getBodyAsBinaryData().toString())
                .contains("client_id=" + identity, "client_assertion=pods-token")
                .doesNotContain("pods-token%0A");
        Files.delete(file);
        assertThatThrownBy(() -> credential.getTokenSync(VAULT))
                .isInstanceOf(CredentialUnavailableException.class)
                .hasMessageContaining("AZURE_FEDERATED_TOKEN_FILE");
    }

    @Override
    boolean isRealistic() {
        return false;
    }
}

package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.CredentialUnavailableException;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.FederatedAppCredentialBuilder;
import io.xtcmk.KeyOwnership;
import io.xtcmk.TenantConnection;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.KeyAccessException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.OwnershipTag;
import io.xtcmk.testing.Fault;
import io.xtcmk.testing.RecordedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The exchange of the managed identity's token for the application's, wherever it is needed: one request, which the library
 * retries on the connection's clock. The time limit is far below what a wait in real time would take.
 */
@Timeout(30)
class TokenExchangeTest extends EncryptionScenario {
    private static final TokenRequestContext VAULT =
            new TokenRequestContext().addScopes("https://vault.azure.net/.default");
    private static final String TOKEN_PATH = "/{tenant}/oauth2/v2.0/token";

    private final FederatedApp app = phase1();
    private final OwnershipTag tag = OwnershipTag.issue("customer-42", fabrikam.tenantId());
    private final AuthorizedKey key =
            phase2On(customer(), app.clientId()).ownershipTag(tag.value()).authorize();
    private final String exchange = "/" + fabrikam.tenantId() + "/oauth2/v2.0/token";

    @BeforeEach
    void laterOn() {
        azure.clock().advance(Duration.ofMinutes(15));
        azure.clearCalls();
    }

    private TokenCredential identity() {
        return contoso.managedIdentity(app.identity().id().toString());
    }

    private KeyOwnership ownership() {
        return ownershipBy(provider(), identity());
    }

    private KeyOwnership ownershipBy(TenantConnection connection, TokenCredential identity) {
        return CrossTenantCmk.provider(connection).ownership(key).tag(tag).managedIdentity(identity);
    }

    private Diagnosis verified(TokenCredential identity) {
        return CrossTenantCmk.provider(provider())
                .verification(app, key)
                .asManagedIdentity(identity)
                .verify();
    }

    private FederatedAppCredentialBuilder builder() {
        return CrossTenantCmk.federatedAppCredential()
                .clientId(app.clientId())
                .tenantId(fabrikam.tenantId())
                .managedIdentity(identity())
                .httpClient(azure.httpClient())
                .timeSource(azure.clock());
    }

    private static TenantConnection with(TenantConnection connection, TokenCredential credential, HttpClient client) {
        return TenantConnection.builder()
                .tenantId(connection.tenantId())
                .subscriptionId(connection.subscriptionId())
                .credential(credential)
                .httpClient(client)
                .timeSource(connection.timeSource())
                .executor(connection.executor().orElseThrow())
                .build();
    }

    /** Only the exchange in the customer's tenant fails: the provider's credential has its token. */
    private HttpClient failingExchange(int status, HttpHeaders headers, String body) {
        return new Intercepted(azure.httpClient(), (request, onward) -> {
            if (!request.getUrl().getPath().equals(exchange)) {
                return onward.send();
            }
            exchanges++;
            return Intercepted.answer(request, status, headers, body);
        });
    }

    private int exchanges;

    private List<RecordedCall> posts() {
        return azure.calls().stream()
                .filter(call -> call.url().getPath().equals(exchange))
                .toList();
    }

    private Duration elapsed(ThrowingCallable work) throws Throwable {
        Instant before = azure.clock().now();
        work.call();
        return Duration.between(before, azure.clock().now());
    }

    // a token service that fails

    @Test
    void proof_triesSixTimes_onTheConnectionsClock() throws Throwable {
        HttpClient failing = failingExchange(503, new HttpHeaders(), "");
        AtomicReference<CrossTenantCmkException> failure = new AtomicReference<>();

        Duration took = elapsed(() -> failure.set(catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> ownershipBy(with(provider(), contoso.credential(), failing), identity())
                        .prove())));

        assertThat(exchanges).isEqualTo(6);
        assertThat(took).isEqualTo(Duration.ofSeconds(1 + 2 + 4 + 8 + 16));
        assertThat(failure.get().azureAnswer().orElseThrow().status()).isEqualTo(503);
        assertThat(failure.get().actor()).isEqualTo(Actor.WAIT);
        assertThat(failure.get().step()).isEqualTo("ownershipTag");
        assertThat(failure.get().getMessage()).doesNotContain("Exception", "msal", "com.azure");
    }

    @Test
    void verification_triesThreeTimes() throws Throwable {
        HttpClient failing = failingExchange(503, new HttpHeaders(), "");
        AtomicReference<Diagnosis> diagnosis = new AtomicReference<>();

        Duration took =
                elapsed(() -> diagnosis.set(CrossTenantCmk.provider(with(provider(), contoso.credential(), failing))
                        .verification(app, key)
                        .asManagedIdentity(identity())
                        .verify()));

        assertThat(exchanges).isEqualTo(3);
        assertThat(took).isLessThan(Duration.ofMinutes(1));
        assertThat(state(diagnosis.get())).isEqualTo(State.UNREACHABLE);
    }

    private static State state(Diagnosis diagnosis) {
        return diagnosis.link(Kind.TOKEN_EXCHANGE).orElseThrow().state();
    }

    @Test
    void credential_triesSixTimes_andSaysWhatTheServiceSaid() throws Throwable {
        azure.inject(Fault.fail(503, "temporarily_unavailable")
                .on("POST", TOKEN_PATH)
                .always());
        TokenCredential credential = builder().build();
        AtomicReference<ClientAuthenticationException> failure = new AtomicReference<>();

        Duration took = elapsed(() -> failure.set(
                catchThrowableOfType(ClientAuthenticationException.class, () -> credential.getTokenSync(VAULT))));

        assertThat(posts()).hasSize(6);
        assertThat(took).isEqualTo(Duration.ofSeconds(31));
        assertThat(failure.get().getMessage())
                .startsWith("temporarily_unavailable: AADSTS: The service has failed, as the test has asked for.")
                .doesNotContain("Exception");
    }

    @Test
    void passingFailure_isNotSeen() throws Throwable {
        azure.inject(Fault.throttle(Duration.ofSeconds(45)).on("POST", TOKEN_PATH));
        TokenCredential credential = builder().build();

        Duration took = elapsed(() -> credential.getTokenSync(VAULT));

        assertThat(posts()).hasSize(2);
        assertThat(took).isEqualTo(Duration.ofSeconds(45));
    }

    @Test
    void proof_waitsAsTheServiceAsks_onTheConnectionsClock() throws Throwable {
        ownership().plan();
        azure.clearCalls();
        azure.inject(Fault.throttle(Duration.ofSeconds(200)).on("POST", TOKEN_PATH));

        Duration took = elapsed(() -> ownership().prove());

        assertThat(posts()).hasSize(2);
        assertThat(took).isEqualTo(Duration.ofSeconds(200));
    }

    @Test
    void serviceThatAsksForAnHour_isTakenAtItsWord() throws Throwable {
        HttpHeaders hour = new HttpHeaders().set(com.azure.core.http.HttpHeaderName.RETRY_AFTER, "3600");
        HttpClient failing = failingExchange(429, hour, "");
        AtomicReference<CrossTenantCmkException> failure = new AtomicReference<>();

        Duration took = elapsed(() -> failure.set(catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> ownershipBy(with(provider(), contoso.credential(), failing), identity())
                        .prove())));

        assertThat(exchanges).isEqualTo(1);
        assertThat(took).isZero();
        assertThat(failure.get().likelyCause()).contains("throttles");
    }

    @Test
    void credentialOfAConnection_doesNotMultiplyTheEnginesAttempts() {
        TokenCredential credential = builder()
                .httpClient(failingExchange(503, new HttpHeaders(), ""))
                .build();
        TenantConnection connection = with(customer(), credential, azure.httpClient());

        assertThatThrownBy(() -> phase2On(connection, app.clientId()).plan())
                .isInstanceOfSatisfying(
                        CrossTenantCmkException.class,
                        e -> assertThat(e.actor()).isEqualTo(Actor.WAIT));

        assertThat(exchanges).isLessThanOrEqualTo(12);
    }

    /** A 404 on the way to a token is no word of the vault's that the key does not exist. */
    @Test
    void tokenServiceThatIsNotThere_isNoMissingKey() {
        HttpClient failing = failingExchange(
                404, new HttpHeaders(), "{\"error\":\"not_found\",\"error_description\":\"No such page.\"}");

        CrossTenantCmkException failure = catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> ownershipBy(with(provider(), contoso.credential(), failing), identity())
                        .prove());

        assertThat(failure).isExactlyInstanceOf(CrossTenantCmkException.class).hasMessageContaining("No such page.");
        assertThat(exchanges).isEqualTo(1);
    }

    // answers that are none

    /** MSAL's reader of JSON does not come back from this one. */
    @Test
    void answerWithoutAToken_isAPassingFailure() {
        for (String body : List.of("{\"value\":[]}", "[]", "{}", "<html></html>", "{\"access_token\":[\"x\"]}", "")) {
            exchanges = 0;
            TokenCredential credential = builder()
                    .httpClient(failingExchange(
                            200, new HttpHeaders().set(HttpHeaderName.CONTENT_TYPE, "application/json"), body))
                    .build();

            assertThatThrownBy(() -> credential.getTokenSync(VAULT))
                    .as(body)
                    .isInstanceOf(ClientAuthenticationException.class)
                    .hasMessageMatching(
                            "(?s).*(the token service's answer has no token in it|a body that cannot be read).*");
            assertThat(exchanges).isEqualTo(6);
        }
    }

    // tokens that are kept

    @Test
    void token_isKeptUntilShortlyBeforeItsEnd() {
        TokenCredential credential = builder().build();

        AccessToken first = credential.getTokenSync(VAULT);
        azure.clock().advance(Duration.ofMinutes(30));
        assertThat(credential.getTokenSync(VAULT).getToken()).isEqualTo(first.getToken());
        assertThat(posts()).hasSize(1);
        azure.clock().advance(Duration.ofDays(1));
        assertThat(credential.getTokenSync(VAULT).getToken()).isNotEqualTo(first.getToken());
    }

    @Test
    void claims_areAskedForAnew_andKept() {
        List<String> bodies = new ArrayList<>();
        TokenCredential credential = builder()
                .httpClient(new Intercepted(azure.httpClient(), (request, onward) -> {
                    bodies.add(request.getBodyAsBinaryData().toString());
                    return onward.send();
                }))
                .build();
        credential.getTokenSync(VAULT);
        TokenRequestContext challenged = new TokenRequestContext()
                .addScopes("https://vault.azure.net/.default")
                .setCaeEnabled(true)
                .setClaims("{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}");

        AccessToken replaced = credential.getTokenSync(challenged);

        assertThat(bodies).hasSize(2);
        assertThat(bodies.get(0))
                .as("who does not answer challenges must not get a token that is challenged")
                .doesNotContain("CP1");
        assertThat(bodies.get(1)).contains("nbf", "CP1");
        TokenRequestContext unchallenged = new TokenRequestContext()
                .addScopes("https://vault.azure.net/.default")
                .setCaeEnabled(true);
        assertThat(credential.getTokenSync(unchallenged)).isSameAs(replaced);
        assertThat(credential.getTokenSync(VAULT)).isNotSameAs(replaced);
        assertThat(bodies).hasSize(2);
    }

    /** Netty's threads must not block, and Reactor checks its own. */
    @Test
    void subscription_mayComeFromAThreadThatMustNotBlock() {
        TokenCredential credential = builder().build();

        AccessToken token = Mono.defer(() -> credential.getToken(VAULT))
                .subscribeOn(Schedulers.parallel())
                .block();

        assertThat(token).isNotNull();
    }

    // whose refusal it is

    @Test
    void unavailableIdentity_letsAChainGoOn() {
        CredentialUnavailableException unavailable = new CredentialUnavailableException("No managed identity here.");
        TokenCredential credential = builder()
                .managedIdentity((TokenRequestContext request) -> Mono.error(unavailable))
                .build();

        assertThatThrownBy(() -> credential.getTokenSync(VAULT)).isSameAs(unavailable);
        assertThatThrownBy(() -> credential.getToken(VAULT).block()).isSameAs(unavailable);
        AccessToken token = new ChainedTokenCredentialBuilder()
                .addLast(credential)
                .addLast(identity())
                .build()
                .getTokenSync(VAULT);
        assertThat(token.getToken()).isNotEmpty();
        assertThat(posts()).isEmpty();
    }

    @Test
    void missingApplication_isTheCustomersToInstall() {
        FederatedAppCredentialBuilder elsewhere =
                builder().tenantId(azure.tenant("tailspin").tenantId());

        assertThatThrownBy(() -> elsewhere.build().getTokenSync(VAULT))
                .isInstanceOf(ClientAuthenticationException.class)
                .hasMessageStartingWith("AADSTS7000229");
        AuthorizedKey foreign = AuthorizedKey.of(
                fabrikam.tenantId(),
                io.xtcmk.model.ClientId.of(UUID.nameUUIDFromBytes(new byte[1]).toString()),
                KEY_URL);
        KeyAccessException refused = catchThrowableOfType(
                KeyAccessException.class,
                () -> CrossTenantCmk.provider(provider())
                        .ownership(foreign)
                        .tag(tag)
                        .managedIdentity(identity())
                        .prove());
        assertThat(refused.azureAnswer().orElseThrow().code()).isEqualTo("AADSTS700016");
        assertThat(refused.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(refused.fix()).contains("Install the application");
    }

    @Test
    void callersOwnApplication_isTheCallersToCorrect() {
        UUID unknown = UUID.nameUUIDFromBytes(new byte[2]);
        TokenCredential own = new ClientSecretCredentialBuilder()
                .tenantId(contoso.tenantId().toString())
                .clientId(unknown.toString())
                .clientSecret("guessed")
                .httpClient(azure.httpClient())
                .build();

        CrossTenantCmkException refused = catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> phase1On(with(provider(), own, azure.httpClient())).plan());

        assertThat(refused).isExactlyInstanceOf(CrossTenantCmkException.class);
        assertThat(refused.azureAnswer().orElseThrow().code()).isEqualTo("AADSTS700016");
        assertThat(refused.azureAnswer().orElseThrow().message()).contains(unknown.toString());
        assertThat(refused.actor()).isEqualTo(Actor.PROVIDER);
        assertThat(refused.likelyCause()).contains("signs in as an application that is not in the tenant");
        assertThat(refused.fix()).doesNotContain("Install").contains("not the federated one");
    }

    @Test
    void identitysOwnSignIn_isNotTheCustomersEither() {
        TokenCredential own = new ClientSecretCredentialBuilder()
                .tenantId(contoso.tenantId().toString())
                .clientId(UUID.nameUUIDFromBytes(new byte[3]).toString())
                .clientSecret("guessed")
                .httpClient(azure.httpClient())
                .build();

        CrossTenantCmkException refused = catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> ownershipBy(provider(), own).prove());
        Diagnosis diagnosis = verified(own);

        assertThat(refused.likelyCause()).contains("signs in as an application that is not in the tenant");
        assertThat(diagnosis
                        .link(Kind.TOKEN_EXCHANGE)
                        .orElseThrow()
                        .knownRemedy()
                        .orElseThrow()
                        .actor())
                .isEqualTo(Actor.PROVIDER);
        assertThat(diagnosis.link(Kind.SERVICE_PRINCIPAL).orElseThrow().state()).isNotEqualTo(State.BROKEN);
    }

    @Override
    boolean isRealistic() {
        return false;
    }
}

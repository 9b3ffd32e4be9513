package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.identity.CredentialUnavailableException;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.TenantConnection;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.OwnershipTag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/** HTTP clients and credentials that throw what they should not: it reaches the caller as an exception of this library. */
class TroubledClientTest extends EncryptionScenario {

    enum Trouble {
        ILLEGAL_ARGUMENT(() -> new IllegalArgumentException("The URI contain illegal characters")),
        REACTIVE(() -> Exceptions.propagate(new URISyntaxException("a b", "Illegal character in query"))),
        UNCHECKED_IO(() -> new UncheckedIOException(new IOException("Connection reset"))),
        OF_ITS_OWN(() -> new VertxLikeException("Connection was closed")),
        NO_CREDENTIAL(() -> new RuntimeException(new CredentialUnavailableException("Managed identity is not here"))),
        NO_SUCH_METHOD(() -> new NoSuchMethodError("'int io.netty.internal.tcnative.SSL.getGroupName(long)'")),
        NO_CLASS(() -> new NoClassDefFoundError("io/netty/channel/MultiThreadIoEventLoopGroup")),
        NO_SERVICE(() -> new ServiceConfigurationError("HttpClientProvider: provider not found"));

        @SuppressWarnings("ImmutableEnumChecker") // makes a new one each time
        private final Supplier<Throwable> maker;

        Trouble(Supplier<Throwable> maker) {
            this.maker = maker;
        }

        RuntimeException thrown() {
            Throwable trouble = maker.get();
            if (trouble instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) trouble;
        }
    }

    /** A runtime exception that is no I/O exception, and still is the network's. */
    private static final class VertxLikeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        VertxLikeException(String message) {
            super(message);
        }
    }

    enum Verb {
        PHASE_1,
        PHASE_1_PLAN,
        PHASE_1_ASYNC,
        AUTHORIZE,
        AUTHORIZE_PLAN,
        AUTHORIZE_ASYNC,
        CREATE,
        UPDATE,
        SQL,
        ROTATE,
        PROVE,
        MICROSOFTS_KEYS
    }

    private final FederatedApp app = phase1();
    private final AuthorizedKey key = phase2(app);

    TroubledClientTest() {
        storage(app, key).create();
    }

    private Object run(Verb verb, TenantConnection contosos, TenantConnection fabrikams, TokenCredential identity) {
        return switch (verb) {
            case PHASE_1 -> phase1On(contosos).createFederatedApp();
            case PHASE_1_PLAN -> phase1On(contosos).plan();
            case PHASE_1_ASYNC -> phase1On(contosos).createFederatedAppAsync().block();
            case AUTHORIZE -> phase2On(fabrikams, app.clientId()).authorize();
            case AUTHORIZE_PLAN -> phase2On(fabrikams, app.clientId()).plan();
            case AUTHORIZE_ASYNC ->
                phase2On(fabrikams, app.clientId()).authorizeAsync().block();
            case CREATE -> storageOn(contosos, app, key).create();
            case UPDATE -> storageOn(contosos, app, key).update();
            case SQL -> sqlOn(contosos, app, key).create();
            case ROTATE -> CrossTenantCmk.customer(fabrikams).key(key).rotate();
            case PROVE ->
                CrossTenantCmk.provider(contosos)
                        .ownership(key)
                        .tag(OwnershipTag.issue("customer-42", fabrikam.tenantId()))
                        .managedIdentity(identity)
                        .prove();
            case MICROSOFTS_KEYS ->
                CrossTenantCmk.provider(contosos)
                        .storage("rg-data", "stfabrikam")
                        .withMicrosoftKeys()
                        .update();
        };
    }

    static Stream<Arguments> verbsAndTroubles() {
        return Arrays.stream(Verb.values())
                .flatMap(verb -> Arrays.stream(Trouble.values()).map(trouble -> Arguments.of(verb, trouble)));
    }

    @ParameterizedTest
    @MethodSource("verbsAndTroubles")
    void whatTheHttpClientThrows_isAnExceptionOfOurs_withStepAndCause(Verb verb, Trouble trouble) {
        HttpClient troubled = new Intercepted(azure.httpClient(), (request, onward) -> {
            throw trouble.thrown();
        });

        TokenCredential identity = contoso.managedIdentity(app.identity().id().toString());

        assertTold(
                trouble,
                catchThrowable(() -> run(verb, over(provider(), troubled), over(customer(), troubled), identity)));
    }

    @ParameterizedTest
    @MethodSource("verbsAndTroubles")
    void whatTheCredentialThrows_isAnExceptionOfOurs_withStepAndCause(Verb verb, Trouble trouble) {
        TenantConnection contosos = signedIn(provider(), trouble);

        assertTold(
                trouble,
                catchThrowable(() -> run(verb, contosos, signedIn(customer(), trouble), contosos.credential())));
    }

    private static void assertTold(Trouble trouble, Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(CrossTenantCmkException.class, e -> {
            assertThat(e.step()).isNotBlank();
            assertThat(e.tenantId()).isNotNull();
        });
        assertThat(Stream.iterate(thrown, e -> e != null, Throwable::getCause).map(Throwable::getMessage))
                .as("causes")
                .anyMatch(message -> message != null && message.contains(words(trouble)));
    }

    private static String words(Trouble trouble) {
        Throwable made = trouble.maker.get();
        while (made.getCause() != null) {
            made = made.getCause();
        }
        return String.valueOf(made.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void verification_callsUnreachable_whatTheClientCouldNotAsk(Trouble trouble) {
        HttpClient troubled = new Intercepted(azure.httpClient(), (request, onward) -> {
            throw trouble.thrown();
        });

        Diagnosis diagnosis = CrossTenantCmk.provider(over(provider(), troubled))
                .verification(app, key)
                .customer(over(customer(), troubled))
                .verify();

        assertThat(diagnosis.links())
                .isNotEmpty()
                .allSatisfy(link -> assertThat(link.state()).as(link.toString()).isIn(State.UNREACHABLE, State.UNSEEN));
        assertThat(diagnosis.links()).anyMatch(link -> link.state() == State.UNREACHABLE);
    }

    private static TenantConnection signedIn(TenantConnection connection, Trouble trouble) {
        TokenCredential troubled = new TokenCredential() {
            @Override
            public Mono<AccessToken> getToken(TokenRequestContext request) {
                return Mono.fromCallable(() -> getTokenSync(request));
            }

            @Override
            public AccessToken getTokenSync(TokenRequestContext request) {
                throw trouble.thrown();
            }
        };
        return TenantConnection.builder()
                .tenantId(connection.tenantId())
                .subscriptionId(connection.subscriptionId())
                .credential(troubled)
                .httpClient(connection.httpClient().orElseThrow())
                .timeSource(connection.timeSource())
                .executor(connection.executor().orElseThrow())
                .build();
    }

    @Override
    boolean isRealistic() {
        return false;
    }
}

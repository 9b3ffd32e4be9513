package io.xtcmk.core.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.identity.CredentialUnavailableException;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Executors;
import io.xtcmk.core.engine.Reading;
import io.xtcmk.core.engine.Retry;
import io.xtcmk.core.errors.OwnCodes;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A credential of this library in the hands of a caller, and of any of Microsoft's clients: it retries, where within this
 * library the engine does, and throws what credentials throw.
 */
final class PatientCredential implements TokenCredential {
    /** A chain of credentials goes on to the next one: this one cannot be used where the program runs. */
    private static final Set<String> UNAVAILABLE = Set.of(
            OwnCodes.NO_CREDENTIAL,
            OwnCodes.SYSTEM_ASSIGNED_ONLY,
            OwnCodes.IDENTITY_NOT_ASSIGNED,
            OwnCodes.IDENTITY_ENDPOINT_UNREACHABLE,
            OwnCodes.IDENTITY_ENDPOINT_MISSING);

    private final TokenCredential bare;
    private final Function<TokenRequestContext, AccessToken> source;
    private final Retry retry;

    /**
     * A credential.
     *
     * @param bare asks once, and fails by an {@link AzureFailure}
     * @param source the same, or something that keeps its tokens
     * @param retry retries
     */
    PatientCredential(TokenCredential bare, Function<TokenRequestContext, AccessToken> source, Retry retry) {
        this.bare = bare;
        this.source = source;
        this.retry = retry;
    }

    /** A credential for a place that retries by itself. */
    static TokenCredential bare(TokenCredential credential) {
        return credential instanceof PatientCredential patient ? patient.bare : credential;
    }

    /** On a thread of its own: whoever subscribes may be one that must not block. */
    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Reading.later(Executors.perTask(), caller -> getTokenSync(request));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        try {
            return Reading.now(() -> retry.call(() -> source.apply(request)));
        } catch (AzureFailure failure) {
            throw told(failure);
        }
    }

    private static ClientAuthenticationException told(AzureFailure failure) {
        if (!UNAVAILABLE.contains(failure.code())) {
            boolean isTold = failure.message().contains(failure.code());
            return new ClientAuthenticationException(
                    isTold ? failure.getMessage() : failure.code() + ": " + failure.getMessage(), null, failure);
        }
        return Failures.chain(failure).stream()
                .filter(CredentialUnavailableException.class::isInstance)
                .map(CredentialUnavailableException.class::cast)
                .findFirst()
                .orElseGet(() -> new CredentialUnavailableException(failure.getMessage(), failure));
    }

    /** Whose; never the token. */
    @Override
    public String toString() {
        return bare.toString();
    }
}

package io.xtcmk.core.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaders;
import com.azure.identity.CredentialUnavailableException;
import com.microsoft.aad.msal4j.AuthenticationErrorCode;
import com.microsoft.aad.msal4j.MsalException;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.microsoft.aad.msal4j.MsalThrottlingException;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Retry;
import io.xtcmk.core.engine.SignInRefused;
import io.xtcmk.core.errors.OwnCodes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a credential's exceptions mean. Entra's own code is in a message, whoever wraps it. The library's own credentials throw
 * an {@link AzureFailure}, which keeps its meaning; any other credential is the caller's.
 */
final class TokenFailures {
    private static final Pattern AADSTS = Pattern.compile("AADSTS\\d+");

    private TokenFailures() {}

    static RuntimeException of(Exception exception, Failures failures) {
        List<Throwable> chain = Failures.chain(exception);
        return find(chain, AzureFailure.class)
                .<RuntimeException>map(known -> known)
                .or(() -> find(chain, Retry.Interrupted.class))
                .or(() ->
                        chain.stream().filter(Failures::isInterrupt).findFirst().map(Retry.Interrupted::new))
                .orElseGet(() -> refusal(exception, chain, failures));
    }

    private static AzureFailure refusal(Exception exception, List<Throwable> chain, Failures failures) {
        Optional<MsalServiceException> msal = find(chain, MsalServiceException.class);
        Optional<HttpResponseException> answer =
                find(chain, HttpResponseException.class).filter(e -> e.getResponse() != null);
        if (msal.isEmpty() && answer.isEmpty()) {
            Optional<Throwable> network =
                    chain.stream().filter(Failures::isNetwork).findFirst();
            if (network.isPresent()) {
                return failures.network(network.get());
            }
            // Not a credential's no: Java's client has no body for a proxy's 407, over which azure-core stumbles.
            Optional<NullPointerException> stumble = find(chain, NullPointerException.class);
            if (stumble.isPresent()) {
                return Failures.client(stumble.get());
            }
        }
        if (find(chain, MsalException.class).filter(TokenFailures::isUnreadable).isPresent()) {
            return new AzureFailure(
                    0,
                    OwnCodes.UNREADABLE,
                    "the token service's answer cannot be read",
                    null,
                    null,
                    Secrets.masked(exception));
        }
        String code = code(chain).orElseGet(() -> otherCode(msal, chain));
        String message = message(exception, chain, code);
        return new SignInRefused(new AzureFailure(
                status(msal, answer, message),
                code,
                message,
                null,
                retryAfter(msal, answer, failures),
                Secrets.masked(exception)));
    }

    /** Cut off, or a proxy's page: it says nothing of who may have a token. */
    private static boolean isUnreadable(MsalException e) {
        return AuthenticationErrorCode.INVALID_JSON.equals(e.errorCode());
    }

    private static Optional<String> code(List<Throwable> chain) {
        return chain.stream()
                .map(e -> AADSTS.matcher(String.valueOf(e.getMessage())))
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst();
    }

    private static String otherCode(Optional<MsalServiceException> msal, List<Throwable> chain) {
        return find(chain, CredentialUnavailableException.class)
                .map(e -> OwnCodes.NO_CREDENTIAL)
                .or(() -> msal.map(MsalServiceException::errorCode))
                .orElse("AuthenticationFailed");
    }

    /** The reasons of each credential, the message with Entra's code in it, or the outermost. */
    private static String message(Exception exception, List<Throwable> chain, String code) {
        if (code.equals(OwnCodes.NO_CREDENTIAL)) {
            Throwable unavailable = find(chain, CredentialUnavailableException.class)
                    .<Throwable>map(e -> e)
                    .orElse(exception);
            return CredentialReasons.of(Secrets.masked(unavailable.getMessage()));
        }
        return Secrets.masked(chain.stream()
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .filter(text -> AADSTS.matcher(text).find())
                .findFirst()
                .orElse(exception.getMessage()));
    }

    private static int status(
            Optional<MsalServiceException> msal, Optional<HttpResponseException> answer, String message) {
        if (msal.filter(MsalThrottlingException.class::isInstance).isPresent()) {
            return 429;
        }
        return msal.map(MsalServiceException::statusCode)
                .or(() -> answer.map(e -> e.getResponse().getStatusCode()))
                .orElseGet(() -> message.contains("unauthorized_client") ? 400 : 401);
    }

    private static @Nullable Duration retryAfter(
            Optional<MsalServiceException> msal, Optional<HttpResponseException> answer, Failures failures) {
        if (msal.isPresent() && msal.get() instanceof MsalThrottlingException throttled) {
            return Duration.ofMillis(throttled.retryInMs());
        }
        HttpHeaders headers = new HttpHeaders();
        msal.map(MsalServiceException::headers)
                .ifPresent(all -> all.forEach((name, values) -> Headers.set(headers, name, values)));
        return Headers.retryAfter(
                answer.map(e -> e.getResponse().getHeaders()).orElse(headers),
                failures.time().now());
    }

    private static <T> Optional<T> find(List<Throwable> chain, Class<T> type) {
        return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}

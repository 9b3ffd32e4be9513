package io.xtcmk.core.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.errors.OwnCodes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Entra's token service. Not by azure-identity: it retries on the machine's clock, MSAL beneath it once more, its answer to a
 * refusal lacks the request's id, and MSAL 1.23's reader of JSON never returns from an array where it expects a text.
 */
final class TokenService {
    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final HttpPipeline pipeline;
    private final String authority;
    private final Failures failures;

    /**
     * The service.
     *
     * @param pipeline throws refusals, and shows nobody what it sends
     * @param authority where it is, with a slash at its end
     * @param failures what the pipeline's exceptions mean; on its clock tokens end
     */
    TokenService(HttpPipeline pipeline, String authority, Failures failures) {
        this.pipeline = pipeline;
        this.authority = authority;
        this.failures = failures;
    }

    /**
     * Exchanges an assertion for a token. One request: whoever asks retries.
     *
     * @param tenant in which to sign in
     * @param clientId as which application or identity
     * @param assertion what stands in for a secret
     * @param wanted scopes and claims of the token
     */
    AccessToken exchange(String tenant, String clientId, String assertion, TokenRequestContext wanted) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", clientId);
        form.put("scope", String.join(" ", wanted.getScopes()));
        form.put("client_assertion_type", JWT_BEARER);
        form.put("client_assertion", assertion);
        if (wanted.isCaeEnabled() || wanted.getClaims() != null) {
            form.put("claims", claims(wanted));
        }
        HttpRequest request = new HttpRequest(HttpMethod.POST, authority + tenant + "/oauth2/v2.0/token")
                .setHeader(HttpHeaderName.CONTENT_TYPE, "application/x-www-form-urlencoded")
                .setHeader(HttpHeaderName.ACCEPT, "application/json")
                .setBody(form.entrySet().stream()
                        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
        try {
            return failures.call(Shape.OBJECT, () -> send(request));
        } catch (AzureFailure failure) {
            throw failure.isNotFound() ? missing(failure) : failure;
        }
    }

    /** Without a code: it must not be taken for the word of a service that what was to be asked for is not there. */
    private static AzureFailure missing(AzureFailure failure) {
        return new AzureFailure(
                failure.status(),
                AzureFailure.withoutCode(failure.status()),
                failure.code() + ": " + failure.message(),
                failure.requestId(),
                null,
                failure.getCause());
    }

    /**
     * The claims that are wanted, and that challenges for claims are understood
     * (learn.microsoft.com/entra/identity-platform/claims-challenge).
     */
    private static String claims(TokenRequestContext wanted) {
        String asked = wanted.getClaims();
        Map<String, Object> claims =
                new LinkedHashMap<>(Json.object((asked == null ? "{}" : asked).getBytes(StandardCharsets.UTF_8)));
        if (wanted.isCaeEnabled()) {
            Map<String, Object> access =
                    new LinkedHashMap<>(Json.object(claims, "access_token").orElse(Map.of()));
            access.put("xms_cc", Map.of("values", List.of("CP1")));
            claims.put("access_token", access);
        }
        return new String(Json.write(claims), StandardCharsets.UTF_8);
    }

    private AccessToken send(HttpRequest request) {
        try (HttpResponse response = pipeline.sendSync(request, Context.NONE)) {
            Map<String, Object> answer =
                    Json.object(response.getBodyAsBinaryData().toBytes());
            String token = Json.text(answer, "access_token")
                    .orElseThrow(() -> new AzureFailure(
                            response.getStatusCode(),
                            OwnCodes.UNREADABLE,
                            "the token service's answer has no token in it",
                            Headers.requestId(response.getHeaders()),
                            null,
                            null));
            long seconds = Json.number(answer, "expires_in").orElse(0);
            return new AccessToken(
                    token,
                    failures.time().now().plus(Duration.ofSeconds(seconds)).atOffset(ZoneOffset.UTC));
        }
    }
}

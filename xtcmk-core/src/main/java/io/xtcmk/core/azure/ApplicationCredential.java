package io.xtcmk.core.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.TenantId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * The application in a customer's tenant, by the managed identity: the exchange as the services make it. Not by
 * azure-identity, whose answer to a refusal lacks the request's id, and which retries on the machine's clock.
 */
final class ApplicationCredential implements TokenCredential {
    private final HttpPipeline pipeline;
    private final Clouds cloud;
    private final Failures failures;
    private final ClientId clientId;
    private final TenantId tenantId;
    private final TokenCredential identity;

    ApplicationCredential(
            HttpPipeline pipeline,
            Clouds cloud,
            Failures failures,
            ClientId clientId,
            TenantId tenantId,
            TokenCredential identity) {
        this.pipeline = pipeline;
        this.cloud = cloud;
        this.failures = failures;
        this.clientId = clientId;
        this.tenantId = tenantId;
        this.identity = identity;
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.fromCallable(() -> getTokenSync(request));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        TokenRequestContext forExchange = new TokenRequestContext().addScopes(cloud.exchangeScope());
        String assertion =
                failures.token(() -> identity.getTokenSync(forExchange)).getToken();
        return failures.call(() -> exchange(String.join(" ", request.getScopes()), assertion));
    }

    private AccessToken exchange(String scope, String assertion) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", clientId.toString());
        form.put("scope", scope);
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion);
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = new HttpRequest(HttpMethod.POST, cloud.authority() + tenantId + "/oauth2/v2.0/token")
                .setHeader(HttpHeaderName.CONTENT_TYPE, "application/x-www-form-urlencoded")
                .setHeader(HttpHeaderName.ACCEPT, "application/json")
                .setBody(body);
        try (HttpResponse response = pipeline.sendSync(request, Context.NONE)) {
            return token(response.getBodyAsBinaryData().toBytes());
        }
    }

    private AccessToken token(byte[] body) {
        Map<String, Object> answer = Json.object(body);
        String token = Json.text(answer, "access_token").orElseThrow(ApplicationCredential::noToken);
        long seconds = answer.get("expires_in") instanceof Number number ? number.longValue() : 0;
        return new AccessToken(
                token, failures.time().now().plus(Duration.ofSeconds(seconds)).atOffset(ZoneOffset.UTC));
    }

    /** Cut off, or not of the token service's own making: it says nothing of who may have a token. */
    private static AzureFailure noToken() {
        return new AzureFailure(
                200, AzureFailure.UNREADABLE, "the token service's answer has no token in it", null, null, null);
    }

    /** Whose; never the token. */
    @Override
    public String toString() {
        return "credential of application " + clientId + " in tenant " + tenantId;
    }
}

package io.xtcmk.core.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/** Gives each request the connection's token for one audience, and to no host but that audience's. */
final class TokenPolicy implements HttpPipelinePolicy {
    private static final Pattern CLAIMS = Pattern.compile("claims=\"([^\"]+)\"");

    private final TokenCache tokens;
    private final TenantCheck tenants;
    private final Audience audience;

    TokenPolicy(TokenCache tokens, TenantCheck tenants, Audience audience) {
        this.tokens = tokens;
        this.tenants = tenants;
        this.audience = audience;
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        HttpRequest request = context.getHttpRequest();
        HttpPipelineNextSyncPolicy again = next.clone();
        AccessToken token = authorize(request);
        HttpResponse response = next.processSync();
        Optional<String> claims = claims(response);
        if (claims.isEmpty()) {
            return response;
        }
        response.close();
        replace(request, token, claims.get());
        return again.processSync();
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        HttpRequest request = context.getHttpRequest();
        HttpPipelineNextPolicy again = next.clone();
        return Mono.fromCallable(() -> authorize(request))
                .flatMap(token -> next.process()
                        .flatMap(response -> claims(response)
                                .map(claims -> {
                                    response.close();
                                    replace(request, token, claims);
                                    return again.process();
                                })
                                .orElseGet(() -> Mono.just(response))));
    }

    private AccessToken authorize(HttpRequest request) {
        audience.check(request);
        AccessToken token = tokens.token(audience.scope());
        tenants.before(request, audience, token);
        authorize(request, token);
        return token;
    }

    private void replace(HttpRequest request, AccessToken rejected, String claims) {
        AccessToken token = tokens.replacement(audience.scope(), rejected, claims);
        tenants.before(request, audience, token);
        authorize(request, token);
    }

    private static void authorize(HttpRequest request, AccessToken token) {
        request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token.getToken());
    }

    /** Whether a service evaluates access continuously, and does not accept the token as it is. */
    static boolean isClaimsChallenge(HttpResponse response) {
        String challenge = response.getHeaders().getValue(HttpHeaderName.WWW_AUTHENTICATE);
        return response.getStatusCode() == 401 && challenge != null && challenge.contains("insufficient_claims");
    }

    /** What a service that evaluates access continuously wants of the next token. */
    private static Optional<String> claims(HttpResponse response) {
        if (!isClaimsChallenge(response)) {
            return Optional.empty();
        }
        Matcher matcher = CLAIMS.matcher(response.getHeaders().getValue(HttpHeaderName.WWW_AUTHENTICATE));
        return matcher.find() ? decoded(matcher.group(1)) : Optional.empty();
    }

    private static Optional<String> decoded(String claims) {
        try {
            byte[] json = Base64.getDecoder().decode(claims.replace('-', '+').replace('_', '/'));
            return Optional.of(new String(json, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

package io.xtcmk.testing;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.xtcmk.testing.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A credential that asks a token endpoint over HTTP, and keeps each token until five minutes before its end, as
 * azure-identity's credentials do; by the fake's clock.
 */
final class TokenRequests implements TokenCredential {
    private static final Duration SPARE = Duration.ofMinutes(5);

    private final Map<String, AccessToken> kept = new ConcurrentHashMap<>();
    private final HttpClient client;
    private final FakeClock clock;
    private final Function<TokenRequestContext, HttpRequest> request;

    TokenRequests(HttpClient client, FakeClock clock, Function<TokenRequestContext, HttpRequest> request) {
        this.client = client;
        this.clock = clock;
        this.request = request;
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext context) {
        return Mono.fromCallable(() -> getTokenSync(context));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext context) {
        String what = context.getScopes() + " " + context.getTenantId();
        AccessToken known = context.getClaims() == null ? kept.get(what) : null;
        if (known != null && known.getExpiresAt().toInstant().minus(SPARE).isAfter(clock.now())) {
            return known;
        }
        AccessToken token = ask(context);
        kept.put(what, token);
        return token;
    }

    private AccessToken ask(TokenRequestContext context) {
        Instant asked = clock.now();
        try (HttpResponse response = client.sendSync(request.apply(context), Context.NONE)) {
            byte[] body = response.getBodyAsBinaryData().toBytes();
            Map<String, Object> answer = Json.cast(Json.parse(body));
            if (response.getStatusCode() != 200) {
                String why = Json.text(answer, "error_description").orElse("refused");
                throw new ClientAuthenticationException(why, response, answer);
            }
            // Some endpoints answer with a number, some with text.
            long seconds = Long.parseLong(String.valueOf(answer.get("expires_in")));
            return new AccessToken(
                    Json.text(answer, "access_token").orElseThrow(),
                    OffsetDateTime.ofInstant(asked.plusSeconds(seconds), ZoneOffset.UTC));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.xtcmk.core.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.test.http.MockHttpResponse;
import com.azure.core.util.Context;
import io.xtcmk.TenantConnection;
import io.xtcmk.model.SubscriptionId;
import io.xtcmk.model.TenantId;
import io.xtcmk.testing.FakeClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** A network of one machine, which answers what a test has laid out, in order, and remembers what it was asked. */
final class Wire implements HttpClient, TokenCredential {
    static final TenantId TENANT = TenantId.of("11111111-1111-1111-1111-111111111111");
    static final SubscriptionId SUBSCRIPTION = SubscriptionId.of("22222222-2222-2222-2222-222222222222");
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final FakeClock clock = new FakeClock(START);
    final List<HttpRequest> requests = Collections.synchronizedList(new ArrayList<>());
    final List<Instant> times = Collections.synchronizedList(new ArrayList<>());
    final List<TokenRequestContext> tokenRequests = Collections.synchronizedList(new ArrayList<>());
    Duration lifetime = Duration.ofHours(1);
    private final Deque<Function<HttpRequest, HttpResponse>> answers = new ArrayDeque<>();

    Wire answer(int status, String body, String... headers) {
        answers.add(request -> response(request, status, body, headers));
        return this;
    }

    Wire answer(Function<HttpRequest, HttpResponse> answer) {
        answers.add(answer);
        return this;
    }

    Wire fail(RuntimeException exception) {
        answers.add(request -> {
            throw exception;
        });
        return this;
    }

    static HttpResponse response(HttpRequest request, int status, String body, String... headers) {
        HttpHeaders all = new HttpHeaders().set(HttpHeaderName.CONTENT_TYPE, "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            all.set(HttpHeaderName.fromString(headers[i]), headers[i + 1]);
        }
        return new MockHttpResponse(request, status, all, body.getBytes(StandardCharsets.UTF_8));
    }

    TenantConnection connection() {
        return builder().build();
    }

    TenantConnection.Builder builder() {
        return TenantConnection.builder()
                .tenantId(TENANT)
                .subscriptionId(SUBSCRIPTION)
                .credential(this)
                .httpClient(this)
                .timeSource(clock);
    }

    /** Each request as method and URL. */
    List<String> asked() {
        return requests.stream().map(r -> r.getHttpMethod() + " " + r.getUrl()).toList();
    }

    /** When each request came, in seconds from the start. */
    List<Long> seconds() {
        return times.stream().map(t -> Duration.between(START, t).toSeconds()).toList();
    }

    String header(int request, String name) {
        return requests.get(request).getHeaders().getValue(HttpHeaderName.fromString(name));
    }

    String body(int request) {
        return requests.get(request).getBodyAsBinaryData().toString();
    }

    @Override
    public synchronized HttpResponse sendSync(HttpRequest request, Context context) {
        requests.add(request.copy());
        times.add(clock.now());
        if (answers.isEmpty()) {
            throw new IllegalStateException("nothing laid out for " + request.getHttpMethod() + " " + request.getUrl());
        }
        return answers.remove().apply(request);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> sendSync(request, Context.NONE));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        tokenRequests.add(request);
        return new AccessToken(
                token(tokenRequests.size()), clock.now().plus(lifetime).atOffset(ZoneOffset.UTC));
    }

    /** The credential's n-th token, which says of which tenant it is, as Entra's do. */
    static String token(int n) {
        String claims = "{\"tid\":\"" + TENANT + "\",\"uti\":\"" + n + "\"}";
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.fromCallable(() -> getTokenSync(request));
    }
}

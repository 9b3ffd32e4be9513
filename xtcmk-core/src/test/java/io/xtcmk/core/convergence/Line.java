package io.xtcmk.core.convergence;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** The line between a process and Azure, with somebody who sees each request go and its answer come. */
final class Line implements HttpClient {
    private final HttpClient real;
    private final Watch watch;

    Line(HttpClient real, Watch watch) {
        this.real = real;
        this.watch = watch;
    }

    /** Who sees the requests; may let time pass, or throw in a request's place or in its answer's. */
    interface Watch {
        void going(String request);

        default void answered(String request) {}
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> sendSync(request, Context.NONE));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        return watched(
                request.getHttpMethod() + " " + request.getUrl().getPath(), () -> real.sendSync(request, context));
    }

    private <T> T watched(String request, Supplier<T> exchange) {
        watch.going(request);
        T answer = exchange.get();
        watch.answered(request);
        return answer;
    }

    /** A credential whose requests go by this line. */
    TokenCredential over(TokenCredential credential) {
        return new TokenCredential() {
            @Override
            public Mono<AccessToken> getToken(TokenRequestContext context) {
                return Mono.fromCallable(() -> getTokenSync(context));
            }

            @Override
            public AccessToken getTokenSync(TokenRequestContext context) {
                return watched("token " + context.getScopes(), () -> credential.getTokenSync(context));
            }
        };
    }
}

package io.xtcmk.core;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.test.http.MockHttpResponse;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Mono;

/** A transport with somebody sitting on the line. */
final class Intercepted implements HttpClient {
    private final HttpClient real;
    private final Line line;

    Intercepted(HttpClient real, Line line) {
        this.real = real;
        this.line = line;
    }

    /** Passes a request on, or does not. */
    @FunctionalInterface
    interface Line {
        HttpResponse send(HttpRequest request, Onward onward) throws IOException;
    }

    /** The rest of the line. */
    @FunctionalInterface
    interface Onward {
        HttpResponse send();
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> sendSync(request, Context.NONE))
                .onErrorMap(UncheckedIOException.class, UncheckedIOException::getCause);
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        try {
            return line.send(request, () -> real.sendSync(request, context));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HttpResponse answer(HttpRequest request, int status, HttpHeaders headers, String body) {
        return new MockHttpResponse(request, status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    static String text(HttpResponse response) {
        return response.getBodyAsBinaryData().toString();
    }

    /** The same answer with another body. */
    static HttpResponse rewritten(HttpRequest request, HttpResponse response, String body) {
        HttpHeaders headers = new HttpHeaders(response.getHeaders());
        headers.remove(com.azure.core.http.HttpHeaderName.CONTENT_LENGTH);
        return answer(request, response.getStatusCode(), headers, body);
    }
}

package io.xtcmk.testing.http;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The fake as an azure-core {@link HttpClient}: real URLs, no socket. */
public final class FakeHttpClient implements HttpClient {
    private final Dispatcher dispatcher;

    public FakeHttpClient(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        // as the real clients do it: the asynchronous side shows the I/O exception itself
        return Mono.fromCallable(() -> exchange(request))
                .onErrorMap(UncheckedIOException.class, UncheckedIOException::getCause);
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        try {
            return exchange(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the fake's clock stood still", e);
        }
    }

    private HttpResponse exchange(HttpRequest request) throws InterruptedException {
        BinaryData content = request.getBodyAsBinaryData();
        byte[] body = content == null ? new byte[0] : content.toBytes();
        String method = request.getHttpMethod().toString();
        Map<String, String> headers = headers(request, body.length);
        Answer answer = dispatcher.dispatch(method, url(request), headers, body);
        return response(request, Framing.of(answer, method, headers));
    }

    /** A connection that breaks in the middle of a body shows itself to who reads the body: the head was there. */
    private static HttpResponse response(HttpRequest request, Answer framed) {
        HttpHeaders headers = new HttpHeaders();
        framed.headers().forEach((name, value) -> headers.set(HttpHeaderName.fromString(name), value));
        boolean isCutShort = Framing.isCutShort(framed, request.getHttpMethod().toString());
        return new InMemoryResponse(
                request,
                framed.status(),
                headers,
                framed.body(),
                isCutShort ? new IOException("Connection prematurely closed DURING response") : null);
    }

    private static URI url(HttpRequest request) {
        try {
            return RequestUrl.parse(request.getUrl().toString());
        } catch (IllegalArgumentException e) {
            throw new IllegalRequestError(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> headers(HttpRequest request, int length) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpHeader header : request.getHeaders()) {
            header.getValuesList()
                    .forEach(value -> RequestSyntax.problemOfHeader(header.getName(), value)
                            .ifPresent(problem -> {
                                throw new IllegalRequestError(problem);
                            }));
            // As a wire: what surrounds a value is not part of it.
            headers.put(header.getName(), header.getValue().strip());
        }
        String promised = request.getHeaders().getValue(HttpHeaderName.CONTENT_LENGTH);
        if (promised != null && !promised.equals(Integer.toString(length))) {
            throw new IllegalRequestError(
                    "the request's Content-Length is " + promised + ", but its body has " + length + " bytes");
        }
        return headers;
    }
}

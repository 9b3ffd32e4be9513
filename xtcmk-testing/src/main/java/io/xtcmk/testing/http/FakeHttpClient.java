package io.xtcmk.testing.http;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.core.util.FluxUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import reactor.core.publisher.Flux;
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
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpHeader header : request.getHeaders()) {
            headers.put(header.getName(), header.getValue());
        }
        BinaryData content = request.getBodyAsBinaryData();
        byte[] body = content == null ? new byte[0] : content.toBytes();
        Answer answer = dispatcher.dispatch(
                request.getHttpMethod().toString(),
                RequestUrl.parse(request.getUrl().toString()),
                headers,
                body);
        return new InMemoryResponse(request, answer);
    }

    private static final class InMemoryResponse extends HttpResponse {
        private final Answer answer;
        private final HttpHeaders headers = new HttpHeaders();

        InMemoryResponse(HttpRequest request, Answer answer) {
            super(request);
            this.answer = answer;
            answer.headers().forEach((name, value) -> headers.set(HttpHeaderName.fromString(name), value));
            // An answer to HEAD has told the length of what it does not bring.
            if (headers.get(HttpHeaderName.CONTENT_LENGTH) == null) {
                headers.set(HttpHeaderName.CONTENT_LENGTH, Integer.toString(answer.body().length));
            }
        }

        @Override
        public int getStatusCode() {
            return answer.status();
        }

        @Override
        @Deprecated
        public String getHeaderValue(String name) {
            return headers.getValue(HttpHeaderName.fromString(name));
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        /** As a connection that breaks in the middle of a body shows itself: the answer's head was there. */
        private boolean isCutShort() {
            return !getRequest().getHttpMethod().equals(HttpMethod.HEAD)
                    && Long.parseLong(headers.getValue(HttpHeaderName.CONTENT_LENGTH)) > answer.body().length;
        }

        private static IOException prematureEnd() {
            return new IOException("Connection prematurely closed DURING response");
        }

        @Override
        public Flux<ByteBuffer> getBody() {
            if (isCutShort()) {
                return Flux.error(prematureEnd());
            }
            return answer.body().length == 0
                    ? Flux.empty()
                    : Flux.defer(() -> Flux.just(ByteBuffer.wrap(answer.body())));
        }

        @Override
        public BinaryData getBodyAsBinaryData() {
            if (isCutShort()) {
                throw new UncheckedIOException(prematureEnd());
            }
            return BinaryData.fromBytes(answer.body());
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return FluxUtil.collectBytesInByteBufferStream(getBody());
        }

        @Override
        public Mono<String> getBodyAsString() {
            return getBodyAsString(StandardCharsets.UTF_8);
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return getBodyAsByteArray().map(bytes -> new String(bytes, charset));
        }

        @Override
        public HttpResponse buffer() {
            return this;
        }
    }
}

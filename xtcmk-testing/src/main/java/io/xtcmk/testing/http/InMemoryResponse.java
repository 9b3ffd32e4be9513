package io.xtcmk.testing.http;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.FluxUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An answer whose body is here, or breaks off. */
final class InMemoryResponse extends HttpResponse {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;
    private final @Nullable IOException brokenOff;

    /**
     * An answer.
     *
     * @param brokenOff what shows itself to who reads the body; null if the body is whole
     */
    InMemoryResponse(
            HttpRequest request, int status, HttpHeaders headers, byte[] body, @Nullable IOException brokenOff) {
        super(request);
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.brokenOff = brokenOff;
    }

    @Override
    public int getStatusCode() {
        return status;
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

    @Override
    public Flux<ByteBuffer> getBody() {
        if (brokenOff != null) {
            return Flux.error(brokenOff);
        }
        return body.length == 0 ? Flux.empty() : Flux.defer(() -> Flux.just(ByteBuffer.wrap(body)));
    }

    @Override
    public BinaryData getBodyAsBinaryData() {
        if (brokenOff != null) {
            throw new UncheckedIOException(brokenOff);
        }
        return BinaryData.fromBytes(body);
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

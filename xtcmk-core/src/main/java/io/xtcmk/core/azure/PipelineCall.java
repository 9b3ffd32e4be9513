package io.xtcmk.core.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.Timeout;

/** A call of OkHttp's that travels through an azure-core pipeline: how Microsoft Graph's client shares ours. */
final class PipelineCall implements Call {
    private final HttpPipeline pipeline;
    private final Request request;
    private volatile boolean executed;
    private volatile boolean canceled;

    PipelineCall(HttpPipeline pipeline, Request request) {
        this.pipeline = pipeline;
        this.request = request;
    }

    @Override
    public Response execute() throws IOException {
        if (canceled) {
            throw new IOException("Canceled");
        }
        executed = true;
        try (HttpResponse response = pipeline.sendSync(outgoing(), Context.NONE)) {
            return incoming(response);
        }
    }

    private HttpRequest outgoing() throws IOException {
        HttpRequest outgoing = new HttpRequest(
                HttpMethod.valueOf(request.method()), request.url().toString());
        request.headers()
                .forEach(h -> outgoing.getHeaders().add(HttpHeaderName.fromString(h.getFirst()), h.getSecond()));
        if (request.body() != null) {
            Buffer body = new Buffer();
            request.body().writeTo(body);
            outgoing.setBody(BinaryData.fromBytes(body.readByteArray()));
            MediaType type = request.body().contentType();
            if (type != null) {
                outgoing.setHeader(HttpHeaderName.CONTENT_TYPE, type.toString());
            }
        }
        return outgoing;
    }

    private Response incoming(HttpResponse response) {
        String type = response.getHeaderValue(HttpHeaderName.CONTENT_TYPE);
        Response.Builder incoming = new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(response.getStatusCode())
                .message("")
                .body(ResponseBody.create(
                        response.getBodyAsBinaryData().toBytes(), type == null ? null : MediaType.parse(type)));
        response.getHeaders().forEach(h -> h.getValuesList().forEach(value -> incoming.addHeader(h.getName(), value)));
        return incoming.build();
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public void enqueue(Callback callback) {
        try {
            callback.onResponse(this, execute());
        } catch (IOException e) {
            callback.onFailure(this, e);
        }
    }

    @Override
    public void cancel() {
        canceled = true;
    }

    @Override
    public boolean isExecuted() {
        return executed;
    }

    @Override
    public boolean isCanceled() {
        return canceled;
    }

    @Override
    public Timeout timeout() {
        return Timeout.NONE;
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public Call clone() {
        return new PipelineCall(pipeline, request);
    }
}

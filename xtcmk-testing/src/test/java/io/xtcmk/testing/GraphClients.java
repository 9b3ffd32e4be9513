package io.xtcmk.testing;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.microsoft.graph.core.authentication.AzureIdentityAuthenticationProvider;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.http.OkHttpRequestAdapter;
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

/** Microsoft's Graph client over an azure-core HTTP client. */
final class GraphClients {
    private GraphClients() {}

    static GraphServiceClient over(HttpClient client, TokenCredential credential) {
        var authentication = new AzureIdentityAuthenticationProvider(
                credential, new String[] {"graph.microsoft.com"}, "https://graph.microsoft.com/.default");
        var adapter = new OkHttpRequestAdapter(authentication, null, null, request -> new Forward(client, request));
        return new GraphServiceClient(adapter);
    }

    /** One call, handed on to the azure-core client. */
    private record Forward(HttpClient client, Request request) implements Call {
        @Override
        public Response execute() throws IOException {
            HttpRequest forwarded = new HttpRequest(
                    HttpMethod.valueOf(request.method()), request.url().toString());
            request.headers().forEach(h -> forwarded.setHeader(HttpHeaderName.fromString(h.getFirst()), h.getSecond()));
            if (request.body() != null) {
                Buffer body = new Buffer();
                request.body().writeTo(body);
                forwarded.setBody(body.readByteArray());
            }
            return response(client.sendSync(forwarded, Context.NONE));
        }

        private Response response(HttpResponse answer) {
            Response.Builder response = new Response.Builder()
                    .request(request)
                    .protocol(Protocol.HTTP_1_1)
                    .code(answer.getStatusCode())
                    .message("");
            for (HttpHeader header : answer.getHeaders()) {
                response.header(header.getName(), header.getValue());
            }
            String type = answer.getHeaderValue(HttpHeaderName.CONTENT_TYPE);
            byte[] body = answer.getBodyAsBinaryData().toBytes();
            return response.body(ResponseBody.create(body, type == null ? null : MediaType.parse(type)))
                    .build();
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
        public void cancel() {}

        @Override
        public boolean isExecuted() {
            return false;
        }

        @Override
        public boolean isCanceled() {
            return false;
        }

        @Override
        public Timeout timeout() {
            return Timeout.NONE;
        }

        @Override
        public Call clone() {
            return new Forward(client, request);
        }
    }
}

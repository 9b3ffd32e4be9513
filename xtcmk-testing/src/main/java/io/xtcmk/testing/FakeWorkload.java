package io.xtcmk.testing;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.xtcmk.testing.imds.ImdsService;
import io.xtcmk.testing.imds.Workload;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * A program that runs in the fake's Azure with user-assigned managed identities: on a virtual machine, where the
 * Instance Metadata Service gives it their tokens, or in App Service, by {@link #environment()}.
 */
public final class FakeWorkload {
    private final FakeAzure azure;
    private final Workload workload;
    private final HttpClient httpClient;

    FakeWorkload(FakeAzure azure, Workload workload) {
        this.azure = azure;
        this.workload = workload;
        this.httpClient = new Marking(azure.httpClient(), workload.id());
    }

    /**
     * The transport as this program has it: the same Azure, and a metadata service that knows the program's
     * identities.
     *
     * @return the client
     */
    public HttpClient httpClient() {
        return httpClient;
    }

    /**
     * The environment variables of App Service, with which Microsoft's clients find its identity endpoint.
     *
     * @return names and values
     */
    public Map<String, String> environment() {
        return Map.of("IDENTITY_ENDPOINT", ImdsService.APP_SERVICE_ENDPOINT, "IDENTITY_HEADER", workload.id());
    }

    /**
     * A credential for the program's only identity, which asks the metadata service, and keeps each token until five
     * minutes before its end, by the fake's clock.
     *
     * @return the credential
     */
    public TokenCredential credential() {
        return new TokenRequests(httpClient, azure.clock(), FakeWorkload::tokenRequest);
    }

    private static HttpRequest tokenRequest(TokenRequestContext context) {
        String resource = context.getScopes().get(0).replaceFirst("/\\.default$", "");
        String url =
                "http://" + ImdsService.IMDS_HOST + "/metadata/identity/oauth2/token?api-version=2018-02-01&resource="
                        + URLEncoder.encode(resource, StandardCharsets.UTF_8);
        return new HttpRequest(HttpMethod.GET, url).setHeader(HttpHeaderName.fromString("Metadata"), "true");
    }

    @Override
    public String toString() {
        return "FakeWorkload" + workload.identityIds();
    }

    /** Tells the metadata service which program asks, as the machine's own network would. */
    private record Marking(HttpClient inner, String workloadId) implements HttpClient {
        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
            return inner.send(marked(request));
        }

        @Override
        public HttpResponse sendSync(HttpRequest request, Context context) {
            return inner.sendSync(marked(request), context);
        }

        private HttpRequest marked(HttpRequest request) {
            return request.getUrl().getHost().equals(ImdsService.IMDS_HOST)
                    ? request.copy().setHeader(HttpHeaderName.fromString(ImdsService.WORKLOAD_HEADER), workloadId)
                    : request;
        }
    }
}

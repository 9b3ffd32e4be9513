package io.xtcmk.testing.benchmarks;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.xtcmk.TenantConnection;
import io.xtcmk.testing.FakeAzure;
import java.util.function.IntSupplier;

/** The fake, with one resource group. */
final class Fakes {
    private static final String SCOPE = "https://management.azure.com/.default";

    private Fakes() {}

    /** Entra's metadata, which needs no token: each call is one request, and its result the status. */
    static IntSupplier metadata(FakeAzure azure) {
        TenantConnection connection = azure.tenant("contoso").connection();
        HttpRequest request = new HttpRequest(HttpMethod.GET, metadataUrl(connection));
        return () -> status(azure, request);
    }

    static String metadataUrl(TenantConnection connection) {
        return "https://login.microsoftonline.com/" + connection.tenantId() + "/v2.0/.well-known/openid-configuration";
    }

    /** A token, and a resource group by it, whose signature and roles are checked each time. */
    static IntSupplier group(FakeAzure azure) {
        TenantConnection connection = azure.tenant("contoso").connection();
        String token = connection
                .credential()
                .getTokenSync(new TokenRequestContext().addScopes(SCOPE))
                .getToken();
        String url = groupUrl(connection);
        status(azure, request(HttpMethod.PUT, url, token).setBody("{\"location\":\"westeurope\"}"));
        HttpRequest get = request(HttpMethod.GET, url, token);
        return () -> status(azure, get);
    }

    static String groupUrl(TenantConnection connection) {
        return "https://management.azure.com/subscriptions/" + connection.subscriptionId()
                + "/resourceGroups/rg?api-version=2025-04-01";
    }

    private static HttpRequest request(HttpMethod method, String url, String token) {
        return new HttpRequest(method, url)
                .setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token)
                .setHeader(HttpHeaderName.CONTENT_TYPE, "application/json");
    }

    private static int status(FakeAzure azure, HttpRequest request) {
        try (HttpResponse response = azure.httpClient().sendSync(request, Context.NONE)) {
            response.getBodyAsBinaryData();
            return response.getStatusCode();
        }
    }
}

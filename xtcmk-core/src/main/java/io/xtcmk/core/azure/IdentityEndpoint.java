package io.xtcmk.core.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.model.IdentityClientId;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * An endpoint at which a host gives its programs the tokens of their managed identities
 * (learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token, and
 * learn.microsoft.com/azure/app-service/overview-managed-identity).
 *
 * @param name how people call it
 * @param url where it is
 * @param version its API version
 * @param idParameter by which parameter of the query it takes the identity's client id
 * @param header the header that keeps forwarded requests out
 * @param secret that header's value
 */
record IdentityEndpoint(
        String name, String url, String version, String idParameter, HttpHeaderName header, String secret) {
    private static final String PATH = "/metadata/identity/oauth2/token";

    /** The Instance Metadata Service of virtual machines, scale sets and AKS nodes. */
    static IdentityEndpoint machine(String host) {
        return new IdentityEndpoint(
                "Instance Metadata Service",
                (host.endsWith("/") ? host.substring(0, host.length() - 1) : host) + PATH,
                "2018-02-01",
                "client_id",
                HttpHeaderName.fromString("Metadata"),
                "true");
    }

    /** App Service's, and that of Functions, Container Apps and others that have its form. */
    static IdentityEndpoint appService(String url, String secret) {
        return new IdentityEndpoint(
                "App Service's identity endpoint",
                url,
                "2019-08-01",
                "client_id",
                HttpHeaderName.fromString("X-IDENTITY-HEADER"),
                secret);
    }

    /** Machine Learning's: App Service's first form, which spells the parameter without a dash. */
    static IdentityEndpoint machineLearning(String url, String secret) {
        return new IdentityEndpoint(
                "Machine Learning's identity endpoint",
                url,
                "2017-09-01",
                "clientid",
                HttpHeaderName.fromString("secret"),
                secret);
    }

    /**
     * A request for a token.
     *
     * @throws AzureFailure if the environment names no URL
     */
    HttpRequest request(String resource, IdentityClientId clientId) {
        String query = "api-version=" + version + "&resource=" + URLEncoder.encode(resource, StandardCharsets.UTF_8)
                + "&" + idParameter + "=" + clientId;
        return new HttpRequest(HttpMethod.GET, checked() + (url.contains("?") ? "&" : "?") + query)
                .setHeader(header, secret)
                .setHeader(HttpHeaderName.ACCEPT, "application/json");
    }

    private String checked() {
        try {
            URI uri = new URI(url);
            boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (isHttp && uri.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below, in our own words.
        }
        throw new AzureFailure(0, OwnCodes.CLIENT, "the environment names no URL for " + name, null, null, null);
    }
}

package io.xtcmk.core.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.util.ClientOptions;
import io.xtcmk.TimeSource;
import io.xtcmk.core.engine.Retry;
import io.xtcmk.internal.Texts;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.IdentityClientId;
import io.xtcmk.model.TenantId;
import java.util.Optional;

/** The credentials that this library gives to callers. */
public final class Credentials {
    private final Clouds cloud;
    private final Failures failures;
    private final Retry retry;
    private final HttpPipeline pipeline;

    /**
     * Credentials to come.
     *
     * @param cloud where tokens come from
     * @param httpClient the transport; if empty, the one that azure-core finds
     * @param options application id and headers
     * @param time on its clock tokens end and requests are retried
     */
    public Credentials(Clouds cloud, Optional<HttpClient> httpClient, ClientOptions options, TimeSource time) {
        this.cloud = cloud;
        this.failures = new Failures(time);
        this.retry = new Retry(time);
        this.pipeline = Pipelines.secret(
                new Transport(() -> httpClient.orElseGet(HttpClient::createDefault), failures),
                options,
                new HttpLogOptions(),
                failures);
    }

    /** The managed identity that is available where the program runs. */
    public TokenCredential managedIdentity(IdentityClientId clientId) {
        TokenCredential bare = new IdentityHere(pipeline, cloud, failures, clientId);
        return new PatientCredential(bare, bare::getTokenSync, retry);
    }

    /** The application in a customer's tenant, and in no other, by the managed identity; it keeps its tokens. */
    public TokenCredential application(ClientId clientId, TenantId tenantId, TokenCredential identity) {
        TokenCredential bare = new ApplicationCredential(
                new TokenService(pipeline, cloud.authority(), failures), cloud, failures, clientId, tenantId, identity);
        TokenCache plain = new TokenCache(bare, tenantId, failures, false);
        TokenCache challenged = new TokenCache(bare, tenantId, failures, true);
        return new PatientCredential(
                bare, request -> token(request.isCaeEnabled() ? challenged : plain, tenantId, request), retry);
    }

    private static AccessToken token(TokenCache cache, TenantId tenantId, TokenRequestContext request) {
        String asked = request.getTenantId();
        if (asked != null && !asked.isEmpty() && !asked.equalsIgnoreCase(tenantId.toString())) {
            throw new ClientAuthenticationException(
                    "this credential is for tenant " + tenantId + "; a token of tenant " + Texts.oneLine(asked, 100)
                            + " was asked for",
                    null);
        }
        String scope = String.join(" ", request.getScopes());
        return request.getClaims() == null ? cache.token(scope) : cache.withClaims(scope, request.getClaims());
    }
}

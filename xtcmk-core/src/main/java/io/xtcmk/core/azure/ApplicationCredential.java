package io.xtcmk.core.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.TenantId;
import reactor.core.publisher.Mono;

/**
 * The application in a customer's tenant, by the managed identity: the exchange as the services make it. Asks once, and fails
 * by an {@link AzureFailure}: for the engine, which retries, or within {@link PatientCredential}.
 */
final class ApplicationCredential implements TokenCredential {
    private final TokenService service;
    private final Clouds cloud;
    private final Failures failures;
    private final ClientId clientId;
    private final TenantId tenantId;
    private final TokenCredential identity;

    ApplicationCredential(
            TokenService service,
            Clouds cloud,
            Failures failures,
            ClientId clientId,
            TenantId tenantId,
            TokenCredential identity) {
        this.service = service;
        this.cloud = cloud;
        this.failures = failures;
        this.clientId = clientId;
        this.tenantId = tenantId;
        this.identity = PatientCredential.bare(identity);
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.fromCallable(() -> getTokenSync(request));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        TokenRequestContext forExchange = new TokenRequestContext().addScopes(cloud.exchangeScope());
        AccessToken assertion = failures.token(() -> identity.getTokenSync(forExchange));
        if (assertion == null || assertion.getToken() == null) {
            throw new AzureFailure(
                    401, OwnCodes.NO_TOKEN, "the managed identity's credential gave no token", null, null, null);
        }
        return service.exchange(tenantId.toString(), clientId.toString(), assertion.getToken(), request);
    }

    /** Whose; never the token. */
    @Override
    public String toString() {
        return "credential of application " + clientId + " in tenant " + tenantId;
    }
}

package io.xtcmk.core;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import io.xtcmk.model.TenantId;
import reactor.core.publisher.Mono;

/** A credential for one tenant. A challenge that names another one is refused, not followed. */
record PinnedCredential(TenantId tenant, TokenCredential credential) implements TokenCredential {

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.defer(() -> credential.getToken(pinned(request)));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        return credential.getTokenSync(pinned(request));
    }

    private TokenRequestContext pinned(TokenRequestContext request) {
        String asked = request.getTenantId();
        if (asked != null && !asked.isEmpty() && !asked.equalsIgnoreCase(tenant.toString())) {
            throw new ClientAuthenticationException(
                    "this credential is for tenant " + tenant + "; a token of tenant " + Names.shown(asked)
                            + " was asked for",
                    null);
        }
        return request;
    }

    /** The tenant; never the credential. */
    @Override
    public String toString() {
        return "credential of a federated application in tenant " + tenant;
    }
}

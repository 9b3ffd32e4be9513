package io.xtcmk;

import com.azure.core.credential.TokenCredential;

/**
 * A verification by the provider. By itself it sees the provider's links, and of the customer's only to which tenant the
 * vault belongs. Each of the two calls here lets it see further.
 */
public interface ProviderVerification extends Verification {

    /**
     * Reads the customer's links too, for those who have a connection to both tenants, such as in tests. It needs what
     * reads: <em>Directory Readers</em> and <em>Reader</em> on the vault's resource group.
     *
     * @param connection the way into the customer's tenant
     * @return this
     * @throws io.xtcmk.exception.InvalidInputException if it is null, or to another tenant or cloud than the key's
     */
    ProviderVerification customer(TenantConnection connection);

    /**
     * Walks the chain as the services do, where this runs as the managed identity: exchanges its token for one of the
     * application in the customer's tenant, gets the key, wraps a few bytes that are no secret and unwraps them. The
     * customer's log of the vault shows it; nothing is changed.
     *
     * @param credential the managed identity's, such as azure-identity's {@code ManagedIdentityCredential}
     * @return this
     * @throws io.xtcmk.exception.InvalidInputException if it is null
     */
    ProviderVerification asManagedIdentity(TokenCredential credential);
}

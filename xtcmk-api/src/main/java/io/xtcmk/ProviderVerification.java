package io.xtcmk;

import com.azure.core.credential.TokenCredential;
import io.xtcmk.model.IdentityClientId;

/**
 * A verification by the provider. Alone, it sees the provider's links; of the customer's links it sees only which tenant the
 * vault belongs to. Each of the two calls below lets it see more.
 */
public interface ProviderVerification extends Verification {

    /**
     * Reads the customer's links too, for programs with a connection to both tenants, such as tests. In the customer's tenant
     * it needs <em>Directory Readers</em>, and <em>Reader</em> on the vault's resource group.
     *
     * @param connection the way into the customer's tenant
     * @return this
     * @throws io.xtcmk.exception.InvalidInputException if it is null, or to another tenant or cloud than the key's
     */
    ProviderVerification customer(TenantConnection connection);

    /**
     * Walks the chain as the services do, where the managed identity is available: exchanges its token for one of the
     * application in the customer's tenant, gets the key, and wraps and unwraps a few bytes that are no secret. The
     * customer's audit log of the vault shows these requests. They change nothing.
     *
     * @param identity the client id of the managed identity; the endpoint of the machine or app where the program runs gives
     *     its token
     * @return this
     * @throws io.xtcmk.exception.InvalidInputException if it is null
     */
    ProviderVerification asManagedIdentity(IdentityClientId identity);

    /**
     * Does the same with a credential.
     *
     * @param credential the managed identity's, such as azure-identity's {@code ManagedIdentityCredential}, which retries by
     *     itself
     * @return this
     * @throws io.xtcmk.exception.InvalidInputException if it is null
     */
    ProviderVerification asManagedIdentity(TokenCredential credential);
}

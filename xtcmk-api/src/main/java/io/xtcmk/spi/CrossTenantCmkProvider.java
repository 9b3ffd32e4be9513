package io.xtcmk.spi;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.util.ClientOptions;
import io.xtcmk.CustomerTenant;
import io.xtcmk.FederatedAppCredentialBuilder;
import io.xtcmk.ProviderTenant;
import io.xtcmk.TenantConnection;
import io.xtcmk.TimeSource;
import io.xtcmk.model.IdentityClientId;
import org.jspecify.annotations.Nullable;

/** The implementation behind {@link io.xtcmk.CrossTenantCmk}; found by {@link java.util.ServiceLoader}. */
public interface CrossTenantCmkProvider {

    /**
     * Opens a provider's tenant. Sends nothing.
     *
     * @param connection the way into it
     * @return the tenant
     */
    ProviderTenant provider(TenantConnection connection);

    /**
     * Opens a customer's tenant. Sends nothing.
     *
     * @param connection the way into it
     * @return the tenant
     */
    CustomerTenant customer(TenantConnection connection);

    /**
     * A builder of credentials.
     *
     * @return a new builder
     */
    FederatedAppCredentialBuilder federatedAppCredential();

    /**
     * The credential of the managed identity that is available where the program runs. Sends nothing.
     *
     * @param clientId the identity
     * @param environment the cloud
     * @param httpClient the transport, or null for the one that azure-core finds on the class path
     * @param clientOptions application id for the user agent, and headers
     * @param timeSource the clock
     * @return the credential
     */
    TokenCredential managedIdentity(
            IdentityClientId clientId,
            AzureEnvironment environment,
            @Nullable HttpClient httpClient,
            ClientOptions clientOptions,
            TimeSource timeSource);
}

package io.xtcmk.spi;

import io.xtcmk.CustomerTenant;
import io.xtcmk.FederatedAppCredentialBuilder;
import io.xtcmk.ProviderTenant;
import io.xtcmk.TenantConnection;

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
}

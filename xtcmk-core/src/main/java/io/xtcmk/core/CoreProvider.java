package io.xtcmk.core;

import io.xtcmk.CustomerTenant;
import io.xtcmk.FederatedAppCredentialBuilder;
import io.xtcmk.ProviderTenant;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.spi.CrossTenantCmkProvider;

/** The implementation, found by {@link java.util.ServiceLoader}. */
public final class CoreProvider implements CrossTenantCmkProvider {

    /** For the service loader. */
    public CoreProvider() {}

    @Override
    public ProviderTenant provider(TenantConnection connection) {
        return new CoreProviderTenant(new Azure(connection));
    }

    @Override
    public CustomerTenant customer(TenantConnection connection) {
        return new CoreCustomerTenant(new Azure(connection));
    }

    @Override
    public FederatedAppCredentialBuilder federatedAppCredential() {
        return new FederatedAppCredentials();
    }
}

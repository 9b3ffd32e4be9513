package io.xtcmk.core;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.util.ClientOptions;
import io.xtcmk.CustomerTenant;
import io.xtcmk.FederatedAppCredentialBuilder;
import io.xtcmk.ProviderTenant;
import io.xtcmk.TenantConnection;
import io.xtcmk.TimeSource;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.Clouds;
import io.xtcmk.core.azure.Credentials;
import io.xtcmk.model.IdentityClientId;
import io.xtcmk.spi.CrossTenantCmkProvider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    @Override
    public TokenCredential managedIdentity(
            IdentityClientId clientId,
            AzureEnvironment environment,
            @Nullable HttpClient httpClient,
            ClientOptions clientOptions,
            TimeSource timeSource) {
        return new Credentials(Clouds.of(environment), Optional.ofNullable(httpClient), clientOptions, timeSource)
                .managedIdentity(clientId);
    }
}

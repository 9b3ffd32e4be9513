package io.xtcmk.core;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.util.ClientOptions;
import com.azure.identity.ClientAssertionCredentialBuilder;
import io.xtcmk.FederatedAppCredentialBuilder;
import io.xtcmk.core.azure.Clouds;
import io.xtcmk.core.azure.DiscreetLogging;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Over azure-identity's {@code ClientAssertionCredential}: the managed identity's token is the assertion. */
final class FederatedAppCredentials implements FederatedAppCredentialBuilder {
    private @Nullable ClientId clientId;
    private @Nullable TenantId tenantId;
    private @Nullable TokenCredential managedIdentity;
    private @Nullable HttpClient httpClient;
    private Clouds cloud = Clouds.PUBLIC;
    private ClientOptions clientOptions = new ClientOptions();

    @Override
    public FederatedAppCredentialBuilder clientId(ClientId value) {
        this.clientId = given("clientId", value);
        return this;
    }

    @Override
    public FederatedAppCredentialBuilder tenantId(TenantId value) {
        this.tenantId = given("tenantId", value);
        return this;
    }

    @Override
    public FederatedAppCredentialBuilder managedIdentity(TokenCredential credential) {
        this.managedIdentity = given("managedIdentity", credential);
        return this;
    }

    @Override
    public FederatedAppCredentialBuilder environment(AzureEnvironment environment) {
        this.cloud = Clouds.of(given("environment", environment));
        return this;
    }

    @Override
    public FederatedAppCredentialBuilder httpClient(HttpClient value) {
        this.httpClient = given("httpClient", value);
        return this;
    }

    @Override
    public FederatedAppCredentialBuilder clientOptions(ClientOptions options) {
        this.clientOptions = given("clientOptions", options);
        return this;
    }

    @Override
    public TokenCredential build() {
        ClientId client = clientId;
        TenantId tenant = tenantId;
        TokenCredential identity = managedIdentity;
        if (client == null || tenant == null || identity == null) {
            throw new IllegalStateException("a federated app's credential needs " + String.join(", ", missing()));
        }
        ClientAssertionCredentialBuilder builder = new ClientAssertionCredentialBuilder()
                .clientId(client.toString())
                .tenantId(tenant.toString())
                .authorityHost(cloud.authority())
                .clientAssertion(() -> assertion(identity, cloud))
                .clientOptions(clientOptions)
                // Each of its bodies is an assertion or a token, whatever level the environment sets.
                .httpLogOptions(DiscreetLogging.withoutBodies(new HttpLogOptions()));
        if (httpClient != null) {
            builder.httpClient(httpClient);
        }
        return new PinnedCredential(tenant, builder.build());
    }

    private static String assertion(TokenCredential identity, Clouds cloud) {
        return identity.getTokenSync(new TokenRequestContext().addScopes(cloud.exchangeScope()))
                .getToken();
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (clientId == null) {
            missing.add("clientId");
        }
        if (tenantId == null) {
            missing.add("tenantId");
        }
        if (managedIdentity == null) {
            missing.add("managedIdentity");
        }
        return missing;
    }

    private static <T> T given(String argument, @Nullable T value) {
        if (value == null) {
            throw new InvalidInputException(argument, "is null", "give a value, or leave the call out");
        }
        return value;
    }
}

package io.xtcmk.core;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.util.ClientOptions;
import io.xtcmk.FederatedAppCredentialBuilder;
import io.xtcmk.TimeSource;
import io.xtcmk.core.azure.Clouds;
import io.xtcmk.core.azure.Credentials;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.IdentityClientId;
import io.xtcmk.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what {@link Credentials} needs. */
final class FederatedAppCredentials implements FederatedAppCredentialBuilder {
    private @Nullable ClientId clientId;
    private @Nullable TenantId tenantId;
    private @Nullable TokenCredential managedIdentity;
    private @Nullable IdentityClientId identityHere;
    private @Nullable HttpClient httpClient;
    private Clouds cloud = Clouds.PUBLIC;
    private ClientOptions clientOptions = new ClientOptions();
    private TimeSource timeSource = TimeSource.system();

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
        this.identityHere = null;
        return this;
    }

    @Override
    public FederatedAppCredentialBuilder managedIdentity(IdentityClientId identity) {
        this.identityHere = given("managedIdentity", identity);
        this.managedIdentity = null;
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
    public FederatedAppCredentialBuilder timeSource(TimeSource value) {
        this.timeSource = given("timeSource", value);
        return this;
    }

    @Override
    public TokenCredential build() {
        ClientId client = clientId;
        TenantId tenant = tenantId;
        TokenCredential identity =
                identityHere == null ? managedIdentity : credentials().managedIdentity(identityHere);
        if (client == null || tenant == null || identity == null) {
            throw new IllegalStateException("a federated app's credential needs " + String.join(", ", missing()));
        }
        return credentials().application(client, tenant, identity);
    }

    private Credentials credentials() {
        return new Credentials(cloud, Optional.ofNullable(httpClient), clientOptions, timeSource);
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (clientId == null) {
            missing.add("clientId");
        }
        if (tenantId == null) {
            missing.add("tenantId");
        }
        if (managedIdentity == null && identityHere == null) {
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

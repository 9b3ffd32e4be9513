package io.xtcmk;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.util.ClientOptions;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.IdentityClientId;
import io.xtcmk.model.TenantId;

/**
 * Builds a {@link TokenCredential} that is an application in a customer's tenant, by the managed identity that is the
 * application's federated identity credential: no secret anywhere. For code that runs where the identity is.
 *
 * <p>The token request goes to the given tenant only, whatever tenant a challenge asks for.
 */
public interface FederatedAppCredentialBuilder {

    /**
     * The application. Required.
     *
     * @param clientId its client id
     * @return this builder
     */
    FederatedAppCredentialBuilder clientId(ClientId clientId);

    /**
     * The tenant in which to be the application: the customer's. Required.
     *
     * @param tenantId the tenant
     * @return this builder
     */
    FederatedAppCredentialBuilder tenantId(TenantId tenantId);

    /**
     * The managed identity, by the endpoint of the machine or app where the program runs. This or
     * {@link #managedIdentity(TokenCredential)} is required. Here the library asks the endpoint itself, retries within a
     * minute, and says what is wrong if it gets no token.
     *
     * @param identity the identity's client id
     * @return this builder
     */
    FederatedAppCredentialBuilder managedIdentity(IdentityClientId identity);

    /**
     * The managed identity, by a credential such as azure-identity's {@code ManagedIdentityCredential}, which retries by
     * itself.
     *
     * @param credential gives the identity's token for the cloud's exchange audience
     * @return this builder
     */
    FederatedAppCredentialBuilder managedIdentity(TokenCredential credential);

    /**
     * The cloud of both tenants. The public cloud by default.
     *
     * @param environment the cloud
     * @return this builder
     */
    FederatedAppCredentialBuilder environment(AzureEnvironment environment);

    /**
     * The transport. By default the one that azure-core finds on the class path.
     *
     * @param httpClient the client
     * @return this builder
     */
    FederatedAppCredentialBuilder httpClient(HttpClient httpClient);

    /**
     * Application id for the user agent, and headers.
     *
     * @param options the options
     * @return this builder
     */
    FederatedAppCredentialBuilder clientOptions(ClientOptions options);

    /**
     * The clock on which tokens end and retries wait. The machine's by default.
     *
     * @param timeSource the time source
     * @return this builder
     */
    FederatedAppCredentialBuilder timeSource(TimeSource timeSource);

    /**
     * Builds the credential. Sends nothing.
     *
     * <p>The credential retries a token service that is throttled or fails, six times at most. A refusal is a
     * {@link com.azure.core.exception.ClientAuthenticationException}. If the managed identity's credential is not available
     * where the program runs, its {@code CredentialUnavailableException} comes through, so a chain of credentials goes on.
     *
     * @return the credential; it keeps tokens until shortly before they end
     * @throws IllegalStateException if something required is missing; the message names all that is
     */
    TokenCredential build();
}

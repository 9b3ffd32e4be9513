package io.xtcmk;

import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.ClientId;
import io.xtcmk.spi.CrossTenantCmkProvider;
import java.net.URI;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The entry point: encrypts a provider's Azure resources with keys that its customers keep in their own tenants, without
 * any secret.
 *
 * <pre>{@code
 * FederatedApp app = CrossTenantCmk.provider(contoso)            // phase 1, once
 *     .application("contoso-cmk")
 *     .managedIdentity("rg-identities", "id-cmk", Region.EUROPE_WEST)
 *     .createFederatedApp();
 *
 * AuthorizedKey key = CrossTenantCmk.customer(fabrikam)          // phase 2, each customer
 *     .application(app.clientId())
 *     .keyVault("rg-keys", "kv-fabrikam", Region.EUROPE_WEST)
 *     .key("contoso-cmk")
 *     .authorize();
 *
 * EncryptedResource account = CrossTenantCmk.provider(contoso)   // phase 3, each resource
 *     .storage("rg-data", "stfabrikam")
 *     .federatedApp(app)
 *     .withCustomerKey(key)
 *     .create();
 * }</pre>
 */
public final class CrossTenantCmk {
    private static volatile @Nullable CrossTenantCmkProvider found;

    private CrossTenantCmk() {}

    /**
     * Opens the provider's tenant, for phases 1 and 3. Sends nothing.
     *
     * @param connection the way into it
     * @return the tenant
     * @throws InvalidInputException if the connection is null
     * @throws IllegalStateException if xtcmk-core is not on the class or module path
     */
    public static ProviderTenant provider(TenantConnection connection) {
        TenantConnection given = given(connection);
        return implementation().provider(given);
    }

    /**
     * Opens a customer's tenant, for phase 2. Sends nothing.
     *
     * @param connection the way into it, with the customer's credential
     * @return the tenant
     * @throws InvalidInputException if the connection is null
     * @throws IllegalStateException if xtcmk-core is not on the class or module path
     */
    public static CustomerTenant customer(TenantConnection connection) {
        TenantConnection given = given(connection);
        return implementation().customer(given);
    }

    /**
     * Phase 2's first step by browser: makes the URLs at which customers' administrators consent to the application, and
     * reads what comes back. Sends nothing.
     *
     * @param clientId the application
     * @param redirectUri where Entra sends the browser afterwards; one of the application's redirect URIs
     *     ({@link FederatedAppDefinition#redirectUri})
     * @return a builder
     * @throws InvalidInputException if an argument is null, or the URI is not https (or http on localhost)
     */
    public static ConsentFlow.Builder consent(ClientId clientId, URI redirectUri) {
        return new ConsentFlow.Builder(clientId, redirectUri);
    }

    /**
     * A credential that signs in to a customer's tenant as the application, by the managed identity.
     *
     * @return a builder
     * @throws IllegalStateException if xtcmk-core is not on the class or module path
     */
    public static FederatedAppCredentialBuilder federatedAppCredential() {
        return implementation().federatedAppCredential();
    }

    private static TenantConnection given(@Nullable TenantConnection connection) {
        if (connection == null) {
            throw new InvalidInputException("connection", "is null", "build one with TenantConnection.of");
        }
        return connection;
    }

    /** Found once, at first use. Two threads may both search; they find the same one. */
    static CrossTenantCmkProvider implementation() {
        CrossTenantCmkProvider known = found;
        if (known == null) {
            known = ServiceLoader.load(CrossTenantCmkProvider.class, CrossTenantCmk.class.getClassLoader())
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException(
                                    "xtcmk-core is missing: add io.xtcmk:xtcmk-core beside xtcmk-api (runtime scope is enough)"));
            found = known;
        }
        return known;
    }
}

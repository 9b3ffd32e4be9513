package io.xtcmk;

import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;

/** The provider's tenant: where the application is registered and the encrypted resources live. */
public interface ProviderTenant {

    /**
     * Phase 1: the application that customers will install.
     *
     * @param uniqueName its unique name in the tenant (Graph's {@code uniqueName}), by which the library finds it again; 1 to
     *     120 letters, digits, dashes and underscores. Display names are not unique, so they are never used for that
     * @return a definition
     * @throws io.xtcmk.exception.InvalidInputException if the name breaks that rule
     */
    FederatedAppDefinition application(String uniqueName);

    /**
     * Before phase 3: proves that a key belongs to the customer who names it.
     *
     * @param key the key, in this connection's cloud, with the tenant that the customer has proven
     * @return a definition
     * @throws io.xtcmk.exception.InvalidInputException if the key is null or in another cloud
     */
    KeyOwnership ownership(AuthorizedKey key);

    /**
     * Phase 3: a storage account.
     *
     * @param resourceGroup the resource group
     * @param accountName the account's name: 3 to 24 lower-case letters and digits, unique in all of Azure
     * @return a definition
     * @throws io.xtcmk.exception.InvalidInputException if a name breaks its service's rules
     */
    StorageEncryption storage(String resourceGroup, String accountName);

    /**
     * Phase 3: a logical Azure SQL server, with all of its databases.
     *
     * @param resourceGroup the resource group
     * @param serverName the server's name: 1 to 63 lower-case letters, digits and dashes (neither first nor last), unique
     *     in all of Azure
     * @return a definition
     * @throws io.xtcmk.exception.InvalidInputException if a name breaks its service's rules
     */
    SqlServerEncryption sql(String resourceGroup, String serverName);

    /**
     * Verifies the chain of an encrypted resource, link by link.
     *
     * @param resource the result of phase 3
     * @return a verification, which can be given more access
     * @throws io.xtcmk.exception.InvalidInputException if it is null, of another tenant, subscription or cloud, or of a
     *     type that this library does not support
     */
    ProviderVerification verification(EncryptedResource resource);

    /**
     * Verifies the chain to a key before anything is encrypted with it.
     *
     * @param app the result of phase 1
     * @param key the result of phase 2, or what the customer pasted
     * @return a verification, which can be given more access
     * @throws io.xtcmk.exception.InvalidInputException if an argument is null or of another tenant or cloud, or the key is
     *     authorized for another application
     */
    ProviderVerification verification(FederatedApp app, AuthorizedKey key);
}

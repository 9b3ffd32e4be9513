package io.xtcmk;

import com.azure.core.management.Region;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.KeySpec;
import io.xtcmk.model.ResourceId;
import reactor.core.publisher.Mono;

/**
 * Phase 2, each customer: installs the application in the customer's tenant, has a vault and a key, and grants the
 * application the role <em>Key Vault Crypto Service Encryption User</em> on them.
 *
 * <p>Least-privileged roles: Cloud Application Administrator (Entra), to install; Key Vault Contributor (Azure, on the
 * resource group), for vault and key; Role Based Access Control Administrator (Azure, on the vault), to grant;
 * Contributor on the subscription if the resource group is to be made.
 */
public interface KeyAuthorization extends Definition<KeyAuthorization> {

    /** On what the application gets its role. */
    enum RoleScope {
        /** On the key alone. The default. */
        KEY,
        /** On the vault, with all keys in it: for a vault that is kept for this provider. */
        VAULT
    }

    /** Through which door the key is made and looked at. */
    enum KeyPlane {
        /**
         * Azure Resource Manager, which makes a key only if there is none: no role on data, nothing to propagate. The
         * default. Least-privileged role: Key Vault Contributor on the vault.
         */
        CONTROL,
        /**
         * The vault itself, for callers that may not use the control plane. A vault knows no "create if there is none":
         * several runs at the same moment may make a version each, of the same key. Least-privileged role: Key Vault
         * Crypto Officer on the vault.
         */
        DATA
    }

    /**
     * The vault, made if it is not there, with its resource group: RBAC, soft delete, purge protection. One that is there
     * in that region is adopted if it is fit, and never changed.
     *
     * @param resourceGroup the resource group
     * @param vaultName the vault's name: 3 to 24 letters, digits and single dashes, a letter first; unique in all of Azure
     * @param region where to make it, and the group
     * @return this definition
     */
    KeyAuthorization keyVault(String resourceGroup, String vaultName, Region region);

    /**
     * A vault that must be there already, in whatever region; it is checked to be fit, and never changed.
     *
     * @param vault the id of a {@code Microsoft.KeyVault/vaults} resource
     * @return this definition
     */
    KeyAuthorization keyVault(ResourceId vault);

    /**
     * For how long the vault, or a key of it, can be recovered once it is deleted. It cannot be changed later: of a vault
     * that is there it must be this; without this call it may be anything.
     *
     * @param days 7 to 90; a vault that is made has 90 by default
     * @return this definition
     */
    KeyAuthorization softDeleteRetention(int days);

    /**
     * The key, RSA 3072 if it is to be made. One that is there is adopted if it is fit, whatever its kind.
     *
     * @param keyName 1 to 127 letters, digits and dashes
     * @return this definition
     */
    KeyAuthorization key(String keyName);

    /**
     * The key, of this kind. One that is there is adopted if it is fit and of this kind.
     *
     * @param keyName 1 to 127 letters, digits and dashes
     * @param spec the kind
     * @return this definition
     */
    KeyAuthorization key(String keyName, KeySpec spec);

    /**
     * Tags the key, to show the provider that it is the customer's. A key that is made gets the tag with it. One that is
     * there keeps its other tags, and all else; to tag it takes the least-privileged role Key Vault Crypto Officer on it,
     * whatever the {@link #keyPlane}, for Azure Resource Manager changes no keys.
     *
     * @param value the {@link io.xtcmk.model.OwnershipTag#value} that the provider gave
     * @return this definition
     */
    KeyAuthorization ownershipTag(String value);

    /**
     * On what the application gets its role.
     *
     * @param scope the key by default
     * @return this definition
     */
    KeyAuthorization roleScope(RoleScope scope);

    /**
     * Through which door the key is made and looked at.
     *
     * @param plane the control plane by default
     * @return this definition
     */
    KeyAuthorization keyPlane(KeyPlane plane);

    /**
     * Creates what is not there and adopts what is.
     *
     * @return the key, to be handed to the provider: ids only, no secret
     * @throws IllegalStateException if vault or key is missing
     * @throws io.xtcmk.exception.ConsentRequiredException if the tenant does not let the caller install the application
     * @throws io.xtcmk.exception.PermissionMissingException if the caller lacks a role
     * @throws io.xtcmk.exception.ResourceConflictException if a vault or key is there but not fit; says what to change
     * @throws io.xtcmk.exception.PropagationTimeoutException if something made did not become visible in time
     * @throws io.xtcmk.exception.CrossTenantCmkException if Azure refuses for another reason
     */
    AuthorizedKey authorize();

    /**
     * As {@link #authorize()}, when subscribed to.
     *
     * @return the key to come
     */
    Mono<AuthorizedKey> authorizeAsync();
}

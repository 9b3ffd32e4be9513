package io.xtcmk;

import com.azure.core.management.Region;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.KeySpec;
import io.xtcmk.model.ResourceId;
import reactor.core.publisher.Mono;

/**
 * Phase 2, each customer: installs the application in the customer's tenant, ensures a vault and a key, and grants the
 * application the role <em>Key Vault Crypto Service Encryption User</em>.
 *
 * <p>Least-privileged roles: <em>Cloud Application Administrator</em> (Entra) to install the application; <em>Key Vault
 * Contributor</em> (Azure) on the resource group, for vault and key; <em>Role Based Access Control Administrator</em>
 * (Azure) on the key or vault, to grant the role; <em>Contributor</em> on the subscription if the resource group does not
 * exist yet.
 */
public interface KeyAuthorization extends Definition<KeyAuthorization> {

    /** The scope of the application's role. */
    enum RoleScope {
        /** The key alone: the default. */
        KEY,
        /** The vault with all of its keys: for a vault that serves only this provider. */
        VAULT
    }

    /** The interface through which the key is created and read. */
    enum KeyPlane {
        /**
         * Azure Resource Manager: the default. It creates a key only if there is none, and needs no role on data, so
         * there is no propagation to wait for. Least-privileged role: <em>Key Vault Contributor</em> on the vault.
         */
        CONTROL,
        /**
         * The vault itself, for callers that may not use the control plane. A vault has no "create if missing", so
         * concurrent runs may each create a version of the same key. Least-privileged role: <em>Key Vault Crypto
         * Officer</em> on the vault.
         */
        DATA
    }

    /**
     * The vault. It and its resource group are created if they do not exist, with RBAC, soft delete and purge protection.
     * An existing vault in that region is adopted if it is suitable, and never changed.
     *
     * @param resourceGroup the resource group
     * @param vaultName the vault's name: 3 to 24 letters, digits and single dashes, starting with a letter; unique in all of
     *     Azure
     * @param region where to create both
     * @return this definition
     */
    KeyAuthorization keyVault(String resourceGroup, String vaultName, Region region);

    /**
     * An existing vault, in any region. It is checked, and never changed.
     *
     * @param vault the id of a {@code Microsoft.KeyVault/vaults} resource
     * @return this definition
     */
    KeyAuthorization keyVault(ResourceId vault);

    /**
     * How long the vault, or one of its keys, can be recovered after deletion. Azure does not let this change later, so an
     * existing vault must have this value. If you do not call this, an existing vault may have any value.
     *
     * @param days 7 to 90; 90 by default for a new vault
     * @return this definition
     */
    KeyAuthorization softDeleteRetention(int days);

    /**
     * The key. A new one is RSA 3072. An existing one is adopted if it is suitable, whatever its kind.
     *
     * @param keyName 1 to 127 letters, digits and dashes
     * @return this definition
     */
    KeyAuthorization key(String keyName);

    /**
     * The key, of a given kind. An existing one is adopted if it is suitable and of this kind.
     *
     * @param keyName 1 to 127 letters, digits and dashes
     * @param spec the kind
     * @return this definition
     */
    KeyAuthorization key(String keyName, KeySpec spec);

    /**
     * Tags the key, to show the provider that it belongs to the customer. A new key is created with the tag. An existing
     * key keeps its other tags and everything else; tagging it needs <em>Key Vault Crypto Officer</em> on it, whatever the
     * {@link #keyPlane}, because Azure Resource Manager does not change keys.
     *
     * @param value the {@link io.xtcmk.model.OwnershipTag#value} that the provider issued
     * @return this definition
     */
    KeyAuthorization ownershipTag(String value);

    /**
     * The scope of the application's role.
     *
     * @param scope the key by default
     * @return this definition
     */
    KeyAuthorization roleScope(RoleScope scope);

    /**
     * The interface through which the key is created and read.
     *
     * @param plane the control plane by default
     * @return this definition
     */
    KeyAuthorization keyPlane(KeyPlane plane);

    /**
     * Recovers the vault or the key if it is soft-deleted. Without this, {@link #authorize()} refuses: whoever deleted it may
     * have meant to, and it can be purged instead, unless the vault has purge protection. A recovered vault comes with its
     * keys, but without its role assignments. Least-privileged roles in addition: <em>Reader</em> on the subscription, to
     * find a deleted vault; <em>Key Vault Crypto Officer</em> on the vault, to find and recover a deleted key, because Azure
     * Resource Manager does neither.
     *
     * @return this definition
     */
    KeyAuthorization recoverDeleted();

    /**
     * Creates what does not exist, and adopts what does.
     *
     * <p>Sends 10 requests the first time and 7 again, sign-ins included. Creating a vault typically takes 10 seconds until
     * its name resolves.
     *
     * @return the key, to hand to the provider: ids only, no secret
     * @throws IllegalStateException if vault or key is missing
     * @throws io.xtcmk.exception.ConsentRequiredException if the tenant does not let the caller install the application
     * @throws io.xtcmk.exception.PermissionMissingException if the caller lacks a role
     * @throws io.xtcmk.exception.ResourceConflictException if an existing vault or key is not suitable, or if it is
     *     soft-deleted; says what to do
     * @throws io.xtcmk.exception.ResourceMissingException if the vault was named by its id and does not exist
     * @throws io.xtcmk.exception.PropagationTimeoutException if something that was created did not become visible in time
     * @throws io.xtcmk.exception.CallTimeoutException if the call takes longer than {@link #timeout}
     * @throws io.xtcmk.exception.CrossTenantCmkException if Azure refuses for another reason
     */
    AuthorizedKey authorize();

    /**
     * Does what {@link #authorize()} does, once somebody subscribes.
     *
     * @return emits the key
     */
    Mono<AuthorizedKey> authorizeAsync();
}

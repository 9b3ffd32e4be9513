package io.xtcmk;

import com.azure.core.management.Region;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import reactor.core.publisher.Mono;

/**
 * Phase 3, each resource: encrypts a resource of the provider with a customer's key.
 *
 * <p>Before it changes anything, it asks the key's vault, without a credential, which tenant the vault belongs to. That must
 * be the key's tenant. Otherwise a customer could name another customer's key, which the application may use too.
 *
 * <p>The result is what the service reads back: identity, application and key in force are confirmed, not assumed. If the
 * key was authorized only minutes ago, the call waits until the grant takes effect.
 *
 * @param <D> the definition itself
 */
public interface ResourceEncryption<D extends ResourceEncryption<D>> extends Definition<D> {

    /**
     * The application of phase 1, with its identity.
     *
     * @param app must be of this tenant
     * @return this definition
     */
    D federatedApp(FederatedApp app);

    /**
     * The customer's key of phase 2.
     *
     * @param key must be authorized for the application of {@link #federatedApp}, and in this connection's cloud. Unless a
     *     version is pinned, the resource uses the newest version, and follows when the customer rotates the key
     * @return this definition
     */
    D withCustomerKey(AuthorizedKey key);

    /**
     * Pins a version of the key: the resource uses this version, and does not follow a rotation.
     *
     * @param version 32 hex digits
     * @return this definition
     */
    D pinKeyVersion(String version);

    /**
     * Claims the key for a customer before anything is changed. The claim is refused if the key belongs to another customer,
     * or is in another tenant than the customer's first key. A granted claim stays, even if the call fails later.
     *
     * @param reference the provider's own name for the customer
     * @param registry remembers who owns which key
     * @return this definition
     */
    D claimFor(String reference, KeyRegistry registry);

    /**
     * Continues if the key's vault does not answer from here which tenant it belongs to, because a firewall or private
     * endpoint admits only Azure's own network. Without this, phase 3 refuses such a vault. If the vault does answer, it
     * must still be in the key's tenant.
     *
     * @return this definition
     */
    D acceptUnreachableVault();

    /**
     * Where to create the resource and its group. The managed identity's region by default.
     *
     * @param region the region
     * @return this definition
     */
    D region(Region region);

    /**
     * Creates the resource with the customer's key in one request, so it never exists under another key. An existing
     * resource stays as it is if it already has this key, and settings that are the same or stricter.
     *
     * <p>Requests, sign-in included: a storage account 6 the first time and 3 again, a SQL server 13 and 5. The service
     * typically takes 20 seconds for an account and a minute for a server.
     *
     * @return the resource as read back
     * @throws IllegalStateException if application or key is missing
     * @throws io.xtcmk.exception.ResourceConflictException if the resource exists with another key, which {@link #update()}
     *     switches, or with other settings, which no verb changes
     * @throws io.xtcmk.exception.KeyOwnershipException if the key's vault is not in the customer's tenant or does not
     *     answer, or if the claim is refused
     * @throws io.xtcmk.exception.KeyAccessException if the service cannot use the key; says which link to check
     * @throws io.xtcmk.exception.PropagationTimeoutException if a fresh grant does not take effect in time
     * @throws io.xtcmk.exception.CallTimeoutException if the call takes longer than {@link #timeout}
     * @throws io.xtcmk.exception.PermissionMissingException if the caller lacks a role
     * @throws io.xtcmk.exception.CrossTenantCmkException if Azure refuses for another reason
     */
    EncryptedResource create();

    /**
     * Does what {@link #create()} does, once somebody subscribes.
     *
     * @return emits the resource
     */
    Mono<EncryptedResource> createAsync();

    /**
     * Switches an existing resource to the customer's key, from Microsoft's keys or from another customer key. Its other
     * settings stay as they are.
     *
     * <p>Where Azure does not take a switch in one request, {@link #plan()} shows each of its steps:
     *
     * <ul>
     *   <li>A storage account changes either its key or the way to the key (identity and application). To change both, the
     *       step {@code encryptionIdentity} changes the way first, so until the end of the call the new application needs its
     *       role on the key in force too. The account stays under a customer key throughout. An account has room for one
     *       user-assigned identity: another one is replaced.
     *   <li>A SQL server gets another application by way of Microsoft's keys, in the step {@code serviceManagedKey}
     *       (learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-cross-tenant). Its other
     *       identities stay attached.
     * </ul>
     *
     * @return the resource as read back
     * @throws IllegalStateException if application or key is missing
     * @throws io.xtcmk.exception.ResourceMissingException if the resource does not exist
     * @throws io.xtcmk.exception.ResourceConflictException if somebody else changes the resource at the same time
     * @throws io.xtcmk.exception.KeyOwnershipException if the key's vault is not in the customer's tenant or does not
     *     answer, or if the claim is refused
     * @throws io.xtcmk.exception.KeyAccessException if the service cannot use the key; says which link to check
     * @throws io.xtcmk.exception.PropagationTimeoutException if a fresh grant does not take effect in time
     * @throws io.xtcmk.exception.CallTimeoutException if the call takes longer than {@link #timeout}
     * @throws io.xtcmk.exception.PermissionMissingException if the caller lacks a role
     * @throws io.xtcmk.exception.CrossTenantCmkException if Azure refuses for another reason
     */
    EncryptedResource update();

    /**
     * Does what {@link #update()} does, once somebody subscribes.
     *
     * @return emits the resource
     */
    Mono<EncryptedResource> updateAsync();

    /**
     * Goes back: encrypts the resource with Microsoft's keys.
     *
     * @return a definition of the way back
     */
    MicrosoftKeyEncryption withMicrosoftKeys();

    /**
     * Opens what the service closed because it could not use the customer's key. {@link #create()} and {@link #update()} do
     * the same for an existing resource.
     *
     * @return a definition of the healing
     */
    ResourceHealing healing();
}

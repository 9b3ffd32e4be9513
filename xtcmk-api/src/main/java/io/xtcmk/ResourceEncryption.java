package io.xtcmk;

import com.azure.core.management.Region;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import reactor.core.publisher.Mono;

/**
 * Phase 3, each resource: encrypts a resource of the provider with a customer's key.
 *
 * <p>Before anything is changed the key's vault is asked, without a credential, to which tenant it belongs, and that must
 * be the key's. Otherwise a customer could name another customer's key, which the application may use just as well.
 *
 * <p>The result is read back from the service: identity, application and key in force are confirmed, not assumed. If the
 * key was authorized only minutes ago, the call waits until the grant is honoured.
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
     * @param key must be authorized for the application of {@link #federatedApp}, and in this connection's cloud. Its
     *     newest version is used, and followed when the customer rotates, unless a version is pinned
     * @return this definition
     */
    D withCustomerKey(AuthorizedKey key);

    /**
     * Uses one version of the key, and no newer one until told so.
     *
     * @param version 32 hex digits
     * @return this definition
     */
    D pinKeyVersion(String version);

    /**
     * Claims the key for a customer, before anything is changed: it must not be another customer's, nor in another tenant
     * than the customer's first. The claim stays, whatever becomes of the rest.
     *
     * @param reference the provider's own name for the customer
     * @param registry remembers which key is whose
     * @return this definition
     */
    D claimFor(String reference, KeyRegistry registry);

    /**
     * Goes on where the key's vault cannot be asked from here to which tenant it belongs: behind a firewall or a private
     * endpoint that lets only Azure's own network in. Without this such a vault is refused. A vault that does answer must
     * be of the key's tenant all the same.
     *
     * @return this definition
     */
    D acceptUnreachableVault();

    /**
     * Where to make the resource, and its group. The managed identity's region by default.
     *
     * @param region the region
     * @return this definition
     */
    D region(Region region);

    /**
     * Creates the resource with the customer's key in one request: it never exists under another key. One that is there
     * and already has just this key, and all else that it would be made with or stricter, is left as it is.
     *
     * @return the resource as read back
     * @throws IllegalStateException if application or key is missing
     * @throws io.xtcmk.exception.ResourceConflictException if the resource is there with another key, which {@link #update()}
     *     switches; or with other settings, which nothing here changes
     * @throws io.xtcmk.exception.KeyOwnershipException if the key's vault is not of the customer's tenant or cannot be
     *     asked, or the claim is refused
     * @throws io.xtcmk.exception.KeyAccessException if the service cannot use the key; says which link to look at
     * @throws io.xtcmk.exception.PropagationTimeoutException if a fresh grant is not honoured in time
     * @throws io.xtcmk.exception.PermissionMissingException if the caller lacks a role
     * @throws io.xtcmk.exception.CrossTenantCmkException if Azure refuses for another reason
     */
    EncryptedResource create();

    /**
     * As {@link #create()}, when subscribed to.
     *
     * @return the resource to come
     */
    Mono<EncryptedResource> createAsync();

    /**
     * Switches a resource that is there to the customer's key: from Microsoft's keys, or from another customer key. Its
     * other settings stay as they are.
     *
     * @return the resource as read back
     * @throws IllegalStateException if application or key is missing
     * @throws io.xtcmk.exception.ResourceConflictException if the resource is not there
     * @throws io.xtcmk.exception.KeyOwnershipException if the key's vault is not of the customer's tenant or cannot be
     *     asked, or the claim is refused
     * @throws io.xtcmk.exception.KeyAccessException if the service cannot use the key; says which link to look at
     * @throws io.xtcmk.exception.PropagationTimeoutException if a fresh grant is not honoured in time
     * @throws io.xtcmk.exception.PermissionMissingException if the caller lacks a role
     * @throws io.xtcmk.exception.CrossTenantCmkException if Azure refuses for another reason
     */
    EncryptedResource update();

    /**
     * As {@link #update()}, when subscribed to.
     *
     * @return the resource to come
     */
    Mono<EncryptedResource> updateAsync();

    /**
     * The way back: encrypts the resource with Microsoft's keys.
     *
     * @return a definition of that
     */
    MicrosoftKeyEncryption withMicrosoftKeys();
}

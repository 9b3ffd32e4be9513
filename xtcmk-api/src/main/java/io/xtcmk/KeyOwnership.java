package io.xtcmk;

import com.azure.core.credential.TokenCredential;
import io.xtcmk.model.OwnershipTag;
import io.xtcmk.model.ProvenKey;
import reactor.core.publisher.Mono;

/**
 * Whether a key is the customer's who names it: its vault must be of the customer's tenant, and it must bear the tag that
 * was issued for this customer. Reads only.
 *
 * <p>The tag is read as the application, in the customer's tenant, whose role there lets it: so this runs where the
 * managed identity is. Nothing but that role is needed.
 */
public interface KeyOwnership extends Definition<KeyOwnership> {

    /**
     * The tag that was issued for the customer. Required.
     *
     * @param tag must be issued for the key's tenant
     * @return this definition
     */
    KeyOwnership tag(OwnershipTag tag);

    /**
     * The application's managed identity, as azure-identity's {@code ManagedIdentityCredential} built with the identity's
     * client id. Required.
     *
     * @param credential gives the identity's token for the cloud's exchange audience
     * @return this definition
     */
    KeyOwnership managedIdentity(TokenCredential credential);

    /**
     * Asks the vault for its tenant, and reads the tag. A grant that was made only minutes ago is waited for.
     *
     * @return the key, proven
     * @throws IllegalStateException if tag or managed identity is missing
     * @throws io.xtcmk.exception.KeyOwnershipException if the key is not known to be the customer's; says why
     * @throws io.xtcmk.exception.KeyAccessException if there is no such key, or the application is not let in
     * @throws io.xtcmk.exception.PropagationTimeoutException if a fresh grant is not honoured in time
     * @throws io.xtcmk.exception.CrossTenantCmkException if Azure refuses for another reason
     */
    ProvenKey prove();

    /**
     * As {@link #prove()}, when subscribed to.
     *
     * @return the key to come
     */
    Mono<ProvenKey> proveAsync();
}

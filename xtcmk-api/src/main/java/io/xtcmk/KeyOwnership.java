package io.xtcmk;

import com.azure.core.credential.TokenCredential;
import io.xtcmk.model.IdentityClientId;
import io.xtcmk.model.OwnershipTag;
import io.xtcmk.model.ProvenKey;
import reactor.core.publisher.Mono;

/**
 * Proves that a key belongs to the customer who names it: its vault must be in the customer's tenant, and the key must have
 * the tag that was issued for this customer. Only reads.
 *
 * <p>It reads the tag as the application in the customer's tenant, with the role that the application has on the key. So it
 * works where the managed identity is available, and needs no other role.
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
     * The application's managed identity, by the endpoint of the machine or app where the program runs. This or
     * {@link #managedIdentity(TokenCredential)} is required.
     *
     * @param identity the identity's client id
     * @return this definition
     */
    KeyOwnership managedIdentity(IdentityClientId identity);

    /**
     * The application's managed identity, by a credential such as azure-identity's {@code ManagedIdentityCredential}, which
     * retries by itself.
     *
     * @param credential gives the identity's token for the cloud's exchange audience
     * @return this definition
     */
    KeyOwnership managedIdentity(TokenCredential credential);

    /**
     * Asks the vault for its tenant, and reads the tag. If the grant is only minutes old, it waits until the grant takes
     * effect.
     *
     * @return the key, proven
     * @throws IllegalStateException if tag or managed identity is missing
     * @throws io.xtcmk.exception.KeyOwnershipException if the key is not proven to be the customer's; says why
     * @throws io.xtcmk.exception.KeyAccessException if the key does not exist, or the application has no access to it
     * @throws io.xtcmk.exception.PropagationTimeoutException if a fresh grant does not take effect in time
     * @throws io.xtcmk.exception.CallTimeoutException if the call takes longer than {@link #timeout}
     * @throws io.xtcmk.exception.CrossTenantCmkException if Azure refuses for another reason
     */
    ProvenKey prove();

    /**
     * Does what {@link #prove()} does, once somebody subscribes.
     *
     * @return emits the key
     */
    Mono<ProvenKey> proveAsync();
}

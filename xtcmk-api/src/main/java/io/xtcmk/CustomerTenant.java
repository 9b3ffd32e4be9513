package io.xtcmk;

import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.ClientId;

/** A customer's tenant: where the vault and its key live. */
public interface CustomerTenant {

    /**
     * Phase 2: authorizes a provider's application on a key.
     *
     * @param clientId the application's client id, which the provider gave you
     * @return a definition
     * @throws io.xtcmk.exception.InvalidInputException if it is null
     */
    KeyAuthorization application(ClientId clientId);

    /**
     * Rotates a key: creates a new version, which resources with a versionless key follow.
     *
     * @param key the key
     * @return a definition
     * @throws io.xtcmk.exception.InvalidInputException if it is null, of another tenant or of another cloud
     */
    KeyRotation key(AuthorizedKey key);

    /**
     * Verifies the customer's half of the chain to a key: service principal, role, vault and key.
     *
     * @param key the key
     * @return a verification
     * @throws io.xtcmk.exception.InvalidInputException if it is null, of another tenant or of another cloud
     */
    Verification verification(AuthorizedKey key);
}

package io.xtcmk;

import io.xtcmk.model.KeyIdentifier;
import reactor.core.publisher.Mono;

/**
 * Makes a new version of a key, through Key Vault's data plane.
 *
 * <p>Storage accounts with a versionless key follow within 24 hours, SQL servers with auto-rotation within an hour; leave
 * the old version enabled until then, and with SQL for as long as a backup may need it. Least-privileged role: Key Vault
 * Crypto Officer, on the key.
 */
public interface KeyRotation extends Definition<KeyRotation> {

    /**
     * Makes a new version. Not idempotent: each call makes one.
     *
     * @return the key with its new version
     * @throws io.xtcmk.exception.PermissionMissingException if the caller lacks the role
     * @throws io.xtcmk.exception.CrossTenantCmkException if Azure refuses for another reason
     */
    KeyIdentifier rotate();

    /**
     * As {@link #rotate()}, when subscribed to.
     *
     * @return the new version to come
     */
    Mono<KeyIdentifier> rotateAsync();
}

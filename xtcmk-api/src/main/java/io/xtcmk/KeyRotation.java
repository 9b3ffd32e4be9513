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
     * Makes a new version only if this one is the newest; otherwise nothing is made, and the newest is the result. With it
     * a rotation can be run again, after the end of a process too, and makes one version in all. Two callers at the same
     * moment may still make one each: Key Vault has no conditional rotation.
     *
     * @param version the version to get away from, 32 hexadecimal digits
     * @return this definition
     */
    KeyRotation ifCurrent(String version);

    /**
     * Makes a new version. Each call makes one, unless {@link #ifCurrent} says otherwise. Within a call none is made twice:
     * where an answer is lost, a version that is newer than the one at the call's beginning counts as made, even if
     * somebody else has rotated the key in that moment. A call that ends with an exception may have made one: repeat it
     * with {@link #ifCurrent}, or look first.
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

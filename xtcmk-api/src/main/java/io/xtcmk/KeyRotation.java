package io.xtcmk;

import io.xtcmk.model.KeyIdentifier;
import reactor.core.publisher.Mono;

/**
 * Creates a new version of a key, through Key Vault's data plane.
 *
 * <p>Storage accounts with a versionless key follow within 24 hours, SQL servers with auto-rotation within an hour. Keep the
 * old version enabled until then; for SQL, keep it for as long as a backup may need it. Least-privileged role: <em>Key
 * Vault Crypto Officer</em> on the key.
 */
public interface KeyRotation extends Definition<KeyRotation> {

    /**
     * Creates a new version only if this one is the newest; otherwise it creates nothing, and returns the newest. This makes
     * a rotation safe to repeat, even after the process ended: it creates one version in all. Two concurrent callers may
     * still create one each, because Key Vault has no conditional rotation.
     *
     * @param version the version to move away from, 32 hexadecimal digits
     * @return this definition
     */
    KeyRotation ifCurrent(String version);

    /**
     * Creates a new version. Each call creates one, unless {@link #ifCurrent} prevents it. A call never creates two: if an
     * answer is lost, a version that is newer than the one at the beginning of the call counts as the new one, even if
     * somebody else rotated the key at that moment. A call that fails may have created a version: repeat it with
     * {@link #ifCurrent}, or look first.
     *
     * <p>Sends 2 requests and a sign-in, and takes about a second.
     *
     * @return the key with its new version
     * @throws io.xtcmk.exception.PermissionMissingException if the caller lacks the role
     * @throws io.xtcmk.exception.CallTimeoutException if the call takes longer than {@link #timeout}
     * @throws io.xtcmk.exception.CrossTenantCmkException if Azure refuses for another reason
     */
    KeyIdentifier rotate();

    /**
     * Does what {@link #rotate()} does, once somebody subscribes.
     *
     * @return emits the new version
     */
    Mono<KeyIdentifier> rotateAsync();
}

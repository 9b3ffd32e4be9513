package io.xtcmk;

import io.xtcmk.model.StepOutcome;
import reactor.core.publisher.Mono;

/**
 * Moves a resource back to Microsoft's keys. The managed identity stays attached to it. The customer's key must still be
 * usable, because the service has to unwrap with it once more.
 */
public interface MicrosoftKeyEncryption extends Definition<MicrosoftKeyEncryption> {

    /**
     * Switches the resource to Microsoft's keys. Needs the same roles as {@link ResourceEncryption#update()}.
     *
     * @return what was done; unchanged if the resource already had them
     * @throws io.xtcmk.exception.ResourceMissingException if the resource does not exist
     * @throws io.xtcmk.exception.KeyAccessException if the service can no longer use the customer's key
     * @throws io.xtcmk.exception.PermissionMissingException if the caller lacks a role
     * @throws io.xtcmk.exception.CallTimeoutException if the call takes longer than {@link #timeout}
     * @throws io.xtcmk.exception.CrossTenantCmkException if Azure refuses for another reason
     */
    StepOutcome update();

    /**
     * Does what {@link #update()} does, once somebody subscribes.
     *
     * @return emits the outcome
     */
    Mono<StepOutcome> updateAsync();
}

package io.xtcmk;

import io.xtcmk.model.StepOutcome;
import reactor.core.publisher.Mono;

/**
 * Takes a resource back to Microsoft's keys. The managed identity stays attached to it. The customer's key must still be
 * usable, for the service has to unwrap with it once more.
 */
public interface MicrosoftKeyEncryption extends Definition<MicrosoftKeyEncryption> {

    /**
     * Switches the resource to Microsoft's keys.
     *
     * @return what was done; unchanged if it had them
     * @throws io.xtcmk.exception.ResourceConflictException if the resource is not there
     * @throws io.xtcmk.exception.CrossTenantCmkException if Azure refuses
     */
    StepOutcome update();

    /**
     * As {@link #update()}, when subscribed to.
     *
     * @return the outcome to come
     */
    Mono<StepOutcome> updateAsync();
}

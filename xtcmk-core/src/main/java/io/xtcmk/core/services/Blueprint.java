package io.xtcmk.core.services;

import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Step;
import io.xtcmk.model.Difference;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a definition asks of a resource beside its key: a SKU, an administrator, a step after it.
 *
 * @param <R> the service's own form of the resource
 */
public interface Blueprint<R> {

    /** The service of the resource. */
    EncryptedService<R> service();

    /** Creates the resource with the key, in one request. */
    R create(Azure azure, Place place, CustomerKeySetting setting);

    /** What a resource that is there has otherwise than {@link #create} would have made it. Neither verb changes it. */
    List<Difference> settings(R resource, Place place);

    /** A step that comes after the resource's own, and knows better which key is in force; mostly none. */
    default Optional<FollowUp<?>> followUp(Azure azure, Step<R> step, ResourceId id, CustomerKeySetting setting) {
        return Optional.empty();
    }

    /**
     * A step after the resource's own.
     *
     * @param step the step
     * @param keyInForce reads the version in force from its result
     * @param <T> its result
     */
    record FollowUp<T>(Step<T> step, Function<T, Optional<KeyIdentifier>> keyInForce) {}
}

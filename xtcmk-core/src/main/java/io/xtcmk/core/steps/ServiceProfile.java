package io.xtcmk.core.steps;

import io.xtcmk.core.azure.Look;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.model.Difference;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.ResourceId;
import java.util.List;
import java.util.Optional;

/**
 * What differs between the services whose resources take a customer's key: where identity, application and key go, how
 * the setting reads, what clears it, and by which codes a key that cannot be used is refused.
 *
 * @param <R> the service's own form of the resource
 */
interface ServiceProfile<R> {

    /** The step's name: what the service calls its resource. */
    String name();

    /** The least-privileged roles to create or update a resource with this identity. */
    List<RequiredRole> roles(ResourceId resource, ResourceId identity);

    /** Reads the resource. */
    Look<R> find(ResourceId resource);

    /** How the resource is encrypted. */
    ReadSetting read(R resource);

    /** Whether the resource is still being made, by another run or by our own whose answer was lost. */
    default boolean isBeingMade(R resource) {
        return false;
    }

    /** What the resource's encryption has otherwise than asked. */
    default List<Difference> differences(R resource, CustomerKeySetting setting) {
        return setting.differences(read(resource));
    }

    /** What the answer to a request to set it has otherwise than asked. */
    default List<Difference> unconfirmed(R answer, CustomerKeySetting setting) {
        return setting.differences(read(answer));
    }

    /**
     * What beside its encryption a resource that is there has otherwise than {@link #create} would have made it. Neither
     * verb changes it.
     */
    List<Difference> settings(R resource, Place place);

    /** The name of the step of {@link #preparation}. */
    String preparationName();

    /** What has to be changed by itself before an existing resource can be switched to the setting; mostly nothing. */
    Optional<Preparation<R>> preparation(R resource, CustomerKeySetting setting);

    /** What to do where the service refuses the preparation, as a sentence. */
    String preparationAdvice();

    /** Creates the resource with the key, in one request. */
    R create(Place place, CustomerKeySetting setting);

    /** Switches the resource to the key, and leaves all else as it is. */
    R update(R resource, CustomerKeySetting setting);

    /** Switches the resource to Microsoft's keys. */
    R clear(R resource);

    /** What the service calls the parts of a resource that it closes. */
    String partsName();

    /** The parts that are closed because the service could not use their key; missing if the resource is. */
    Look<List<String>> closed(ResourceId resource);

    /** Has closed parts opened again. Fails while the key cannot be used. */
    void open(ResourceId resource);

    /** Whether a refusal may only mean that a fresh grant is not honoured yet. */
    boolean mayBeFreshGrant(AzureFailure failure);
}

package io.xtcmk.core.services;

import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.Look;
import io.xtcmk.core.errors.ErrorTable;
import io.xtcmk.model.Difference;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A service whose resources take a customer's key: where identity, application and key go, how the setting reads, what
 * clears it, and what its error codes mean. Without state: what a definition asks beside the key is its {@link Blueprint}'s.
 * Listed in {@code META-INF/services} under {@link ErrorTable}, and found by {@link EncryptedServices}.
 *
 * @param <R> the service's own form of the resource
 */
public interface EncryptedService<R> extends ErrorTable {

    /** The type of its resources in Resource Manager, such as {@code Microsoft.Storage/storageAccounts}. */
    String type();

    /** What people call one of its resources, with the article. */
    String label();

    /** The step's name: what the service calls its resource. */
    String name();

    /** The sizes of RSA keys that it takes, in bits. */
    default Set<Integer> keySizes() {
        return Set.of(2048, 3072, 4096);
    }

    /** The least-privileged role to create, change and open a resource. */
    RequiredRole contributor(ResourceId resource);

    /** The least-privileged roles to create or update a resource with this identity. */
    default List<RequiredRole> roles(ResourceId resource, ResourceId identity) {
        return List.of(contributor(resource), LeastPrivilege.managedIdentityOperator(identity.toString()));
    }

    /** Reads the resource. */
    Look<R> find(Azure azure, ResourceId resource);

    /** How the resource is encrypted. */
    ReadSetting read(R resource);

    /** How a resource is encrypted, with the version in use even where only another resource says it. */
    default Look<ReadSetting> setting(Azure azure, ResourceId resource) {
        return find(azure, resource).map(this::read);
    }

    /** Whether the resource is still being made, by another run or by our own whose answer was lost. */
    default boolean isBeingMade(R resource) {
        return false;
    }

    /** What the resource's encryption has otherwise than asked. */
    default List<Difference> differences(Azure azure, R resource, CustomerKeySetting setting) {
        return setting.differences(read(resource));
    }

    /** What the answer to a request to set it has otherwise than asked. */
    default List<Difference> unconfirmed(R answer, CustomerKeySetting setting) {
        return setting.differences(read(answer));
    }

    /** The name of the step of {@link #preparation}. */
    String preparationName();

    /** What has to be changed by itself before an existing resource can be switched to the setting; mostly nothing. */
    Optional<Preparation<R>> preparation(Azure azure, R resource, CustomerKeySetting setting);

    /** What to do where the service refuses the preparation, as a sentence. */
    String preparationAdvice();

    /** Switches the resource to the key, and leaves all else as it is. */
    R update(Azure azure, R resource, CustomerKeySetting setting);

    /** Switches the resource to Microsoft's keys. */
    R clear(Azure azure, R resource);

    /** The parts of a resource that it closes; empty where it closes a resource as a whole, and opens it by itself. */
    default Optional<Parts> parts() {
        return Optional.empty();
    }

    /** Parts of a resource that its service closes when it cannot use their key, and that have to be opened again. */
    interface Parts {

        /** What the service calls them. */
        String name();

        /** Those that are closed; missing if the resource is. */
        Look<List<String>> closed(Azure azure, ResourceId resource);

        /** Has closed ones opened again. Fails while the key cannot be used. */
        void open(Azure azure, ResourceId resource);
    }
}

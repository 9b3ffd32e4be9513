package io.xtcmk.core.azure;

import io.xtcmk.core.engine.AzureFailure;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What was found where a resource may be.
 *
 * @param value the resource, if it is there
 * @param groupMissing whether not even its resource group is there
 * @param <T> what kind of resource
 */
public record Look<T>(Optional<T> value, boolean groupMissing) {

    public static <T> Look<T> found(T value) {
        return new Look<>(Optional.of(value), false);
    }

    public static <T> Look<T> missing(boolean groupMissing) {
        return new Look<>(Optional.empty(), groupMissing);
    }

    /** The same look at something of the resource. */
    public <U> Look<U> map(Function<T, U> part) {
        return new Look<>(value.map(part), groupMissing);
    }

    /** Reads a resource; that it, or its resource group, is not there is an answer too. */
    public static <T> Look<T> at(Supplier<T> read) {
        try {
            return found(read.get());
        } catch (AzureFailure failure) {
            if (!failure.isNotFound()) {
                throw failure;
            }
            return missing(failure.hasCode("ResourceGroupNotFound"));
        }
    }

    /** For what has no resource group of its own. */
    public static <T> Optional<T> optional(Supplier<T> read) {
        return at(read).value();
    }
}

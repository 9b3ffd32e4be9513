package io.xtcmk.core.engine;

import io.xtcmk.model.StepOutcome.Change;

/**
 * A finished step's result.
 *
 * @param value the resource as it is now
 * @param change what was done to it
 * @param <T> the kind of result
 */
public record Done<T>(T value, Change change) {

    public static <T> Done<T> created(T value) {
        return new Done<>(value, Change.CREATED);
    }

    public static <T> Done<T> updated(T value) {
        return new Done<>(value, Change.UPDATED);
    }

    public static <T> Done<T> unchanged(T value) {
        return new Done<>(value, Change.UNCHANGED);
    }
}

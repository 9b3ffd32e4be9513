package io.xtcmk.core.services;

import io.xtcmk.model.Difference;
import java.util.List;
import java.util.function.Supplier;

/**
 * A change that a service takes only by itself, before the rest of a setting.
 *
 * @param differences what it changes
 * @param left what still differs after it
 * @param change makes the change, and returns the resource as it is then
 * @param <R> the service's own form of the resource
 */
public record Preparation<R>(List<Difference> differences, List<Difference> left, Supplier<R> change) {}

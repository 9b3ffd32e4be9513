package io.xtcmk.core.services;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The {@code identity.type} of resources: a union such as {@code SystemAssigned,UserAssigned}. Services write it with and
 * without a blank after the comma, and do not agree on its case, so it is read part by part.
 */
public final class IdentityTypes {
    private IdentityTypes() {}

    /** Whether a resource has an identity of its own. */
    public static boolean includesSystemAssigned(@Nullable Object type) {
        return type != null
                && Arrays.stream(type.toString().split(",", -1))
                        .anyMatch(part -> part.strip().equalsIgnoreCase("SystemAssigned"));
    }
}

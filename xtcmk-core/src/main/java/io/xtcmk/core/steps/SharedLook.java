package io.xtcmk.core.steps;

import io.xtcmk.core.azure.Look;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A look at a resource that two steps share: Resource Manager's answer for a missing resource also tells whether its
 * group is there, so the group needs no request of its own.
 */
final class SharedLook<T> {
    private final Supplier<Look<T>> request;
    private @Nullable Look<T> kept;

    SharedLook(Supplier<Look<T>> request) {
        this.request = request;
    }

    /** Looks, and keeps what it saw for the resource's own step. */
    synchronized Look<T> ahead() {
        Look<T> seen = request.get();
        kept = seen;
        return seen;
    }

    /** Keeps what a step saw, or made, for the step that comes next. */
    synchronized void keep(Look<T> seen) {
        kept = seen;
    }

    /** What was seen ahead, once; otherwise looks. */
    synchronized Look<T> now() {
        Look<T> seen = kept;
        kept = null;
        return seen == null ? request.get() : seen;
    }
}

package io.xtcmk.exception;

import io.xtcmk.model.Difference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource is there but otherwise than asked, in something that is not for this library to change: it never overwrites
 * silently. Also thrown for a vault or key that is not fit to hold a customer-managed key.
 */
public final class ResourceConflictException extends CrossTenantCmkException {
    private static final long serialVersionUID = 1L;

    /** What differs. */
    private final Difference[] differences;

    /**
     * A conflict.
     *
     * @param failure what is known of it
     * @param differences what differs
     * @param cause the exception beneath it, or null
     */
    public ResourceConflictException(Failure failure, List<Difference> differences, @Nullable Throwable cause) {
        super(failure, differences.stream().map(Difference::toString).toList(), cause);
        this.differences = differences.toArray(Difference[]::new);
    }

    /**
     * What differs, expected against actual.
     *
     * @return the differences; empty where the service refused without saying
     */
    public List<Difference> differences() {
        return List.of(differences);
    }
}

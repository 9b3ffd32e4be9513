package io.xtcmk.core.steps;

import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A resource on which an operation is under way, of another run or of our own whose answer was lost: it is waited for, as
 * long as an operation may take.
 *
 * @param until when it cannot be under way any more
 */
record Busy(Instant until) {
    private static final Duration OPERATION = Duration.ofMinutes(30);
    private static final String BEING_MADE = "ResourceIsBeingMade";
    private static final Set<String> CODES = Set.of(
            BEING_MADE,
            "StorageAccountOperationInProgress",
            "ConflictingServerOperation",
            "EncryptionProtectorChangeInProgress",
            "UpsertLogicalServerRequestAlreadyInProgress");

    static Busy from(Instant now) {
        return new Busy(now.plus(OPERATION));
    }

    /** For a resource that does not refuse, but says of itself that it is not finished. */
    static AzureFailure failure(String message) {
        return new AzureFailure(409, BEING_MADE, message, null, null, null);
    }

    /** Whether a failure says so. */
    static boolean is(AzureFailure failure) {
        return CODES.contains(failure.code());
    }

    /** What to wait for, where a failure says so. */
    Optional<Waiting> waiting(AzureFailure failure) {
        return is(failure)
                ? Optional.of(new Waiting("another operation on the resource to end", until))
                : Optional.empty();
    }
}

package io.xtcmk.core.services;

import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Waiting;
import io.xtcmk.core.errors.OwnCodes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A resource on which an operation is under way, of another run or of our own whose answer was lost: it is waited for, as
 * long as an operation may take.
 *
 * @param until when it cannot be under way any more
 */
public record Busy(Instant until) {
    private static final Duration OPERATION = Duration.ofMinutes(30);
    /** From now on. */
    public static Busy from(Instant now) {
        return new Busy(now.plus(OPERATION));
    }

    /** For a resource that does not refuse, but says of itself that it is not finished. */
    public static AzureFailure failure(String message) {
        return new AzureFailure(409, OwnCodes.BEING_MADE, message, null, null, null);
    }

    /** What to wait for, where a failure says so. */
    public Optional<Waiting> waiting(AzureFailure failure) {
        return failure.isBusy()
                ? Optional.of(new Waiting("another operation on the resource to end", until))
                : Optional.empty();
    }
}

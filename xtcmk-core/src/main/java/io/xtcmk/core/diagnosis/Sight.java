package io.xtcmk.core.diagnosis;

import io.xtcmk.core.azure.Witness.Seen;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.model.DiagnosedLink.Evidence;
import java.util.Optional;

/**
 * What came of reading something.
 *
 * @param value what was read; empty if it failed
 * @param failure why it failed
 * @param seen the last request, which decided; empty if it did not come to one
 * @param where where it was read, if it did not come to a request
 * @param <T> what is read
 */
record Sight<T>(Optional<T> value, Optional<AzureFailure> failure, Optional<Seen> seen, String where) {

    /** As evidence, with what it tells; for a failure, with the service's words. */
    Evidence evidence(String says) {
        String request = seen.map(Seen::request).orElse(where);
        return failure.map(f -> new Evidence(request, f.status(), f.code(), id(f), says(f)))
                .orElseGet(() -> new Evidence(
                        request,
                        seen.map(Seen::status).orElse(0),
                        null,
                        seen.map(Seen::requestId).orElse(null),
                        says));
    }

    private static String says(AzureFailure failure) {
        return failure.message().isBlank() ? failure.code() : failure.message();
    }

    private @org.jspecify.annotations.Nullable String id(AzureFailure failure) {
        return failure.requestId() != null
                ? failure.requestId()
                : seen.map(Seen::requestId).orElse(null);
    }
}

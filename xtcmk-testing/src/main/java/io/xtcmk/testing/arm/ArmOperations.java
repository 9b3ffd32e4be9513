package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Operations;
import io.xtcmk.testing.http.Operations.Operation;

/**
 * Resource Manager's two ways to follow a long-running operation. Each provider has URLs of its own for them; what is
 * answered there is the same.
 */
public final class ArmOperations {
    /** Seconds between polls: the least that the clients take for an answer to "when?". */
    private static final String RETRY_AFTER = "1";

    private ArmOperations() {}

    /** The URL of an operation: its path on the request's host, with the request's api-version, signed. */
    public static String url(Exchange exchange, String path) {
        String glue = path.contains("?") ? "&" : "?";
        return OperationUrls.signed(
                exchange.origin() + path + glue + "api-version=" + exchange.apiVersion(), exchange.now());
    }

    /** The answer with {@code Location} and {@code Retry-After}. */
    public static Answer withLocation(Answer answer, Exchange exchange, String path) {
        return answer.header("Location", url(exchange, path)).header("Retry-After", RETRY_AFTER);
    }

    /** The answer with {@code Azure-AsyncOperation} and {@code Retry-After}. */
    public static Answer withAsyncOperation(Answer answer, Exchange exchange, String path) {
        return answer.header("Azure-AsyncOperation", url(exchange, path)).header("Retry-After", RETRY_AFTER);
    }

    /** The operation of this id, or 404. */
    public static Operation find(Operations operations, String id) {
        return operations
                .find(id)
                .orElseThrow(() ->
                        AzureError.of(404, "OperationNotFound", "The operation '" + id + "' could not be found."));
    }

    /** What {@code Azure-AsyncOperation} answers: 200 with a status, even of a failure. */
    public static Answer status(Operation operation) {
        return Answer.ok(Json.object(
                "name", operation.id(),
                "status", statusOf(operation),
                "startTime", Arm.time(operation.beganAt()),
                "error", operation.failure() == null ? Json.ABSENT : Arm.error(operation.failure())));
    }

    private static String statusOf(Operation operation) {
        if (operation.isRunning()) {
            return "InProgress";
        }
        return operation.failure() == null ? "Succeeded" : "Failed";
    }

    /** What {@code Location} answers: 202 and itself again while it runs, then the result or the refusal. */
    public static Answer result(Exchange exchange, Operation operation) {
        if (operation.isRunning()) {
            return Answer.empty(202)
                    .header("Location", OperationUrls.signed(exchange.url().toString(), exchange.now()))
                    .header("Retry-After", RETRY_AFTER);
        }
        if (operation.failure() != null) {
            throw operation.failure();
        }
        return operation.result() == null ? Answer.empty(200) : Answer.ok(operation.result());
    }
}

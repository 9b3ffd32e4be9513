package io.xtcmk.core.engine;

import io.xtcmk.core.errors.ErrorCatalogue;
import io.xtcmk.core.errors.ErrorCatalogue.Nature;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.exception.CrossTenantCmkException.AzureAnswer;
import io.xtcmk.internal.Texts;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that failed, whatever client sent it: one shape for Resource Manager, Graph, Key Vault, the token service and
 * the network. Never leaves this module.
 */
public sealed class AzureFailure extends RuntimeException permits WrongTenant, SignInRefused {
    private static final long serialVersionUID = 1L;

    /** What may pass, whatever the status. */
    private static final Set<String> PASSING =
            Set.of(OwnCodes.IDENTITY_ENDPOINT_UNREACHABLE, OwnCodes.IDENTITY_ENDPOINT_MISSING);

    private static final Set<String> OURS = Set.of(
            "UntrustedHost",
            OwnCodes.UNREADABLE,
            OwnCodes.CLIENT,
            OwnCodes.INVALID_ANSWER,
            "NoChallenge",
            "OperationTimeout",
            OwnCodes.NO_CREDENTIAL,
            "VerificationTimeout",
            OwnCodes.WRONG_TENANT,
            OwnCodes.UNKNOWN_TENANT,
            OwnCodes.NO_TOKEN,
            OwnCodes.CONDITIONAL_ACCESS,
            OwnCodes.IDENTITY_NOT_ASSIGNED,
            OwnCodes.SYSTEM_ASSIGNED_ONLY,
            OwnCodes.IDENTITY_ENDPOINT_REFUSED,
            OwnCodes.IDENTITY_ENDPOINT_UNREACHABLE,
            OwnCodes.IDENTITY_ENDPOINT_MISSING,
            OwnCodes.IDENTITY_ENDPOINT_THROTTLED,
            OwnCodes.IDENTITY_ENDPOINT_FAILED);

    private final int status;
    private final String code;
    private final String message;
    private final @Nullable String requestId;
    private final @Nullable Duration retryAfter;

    /**
     * A failure.
     *
     * @param status the HTTP status; 0 where no answer came
     * @param code the service's error code; {@code Network} where no answer came
     * @param message the service's message
     * @param requestId the service's id of the request, or null
     * @param retryAfter how long the service asks to wait, or null
     * @param cause the client's exception
     */
    public AzureFailure(
            int status,
            String code,
            String message,
            @Nullable String requestId,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        // As a cause it is printed with this text, which must not make lines of its own in a log.
        super(Texts.oneLine(message), cause);
        this.message = message;
        this.status = status;
        this.code = code;
        this.requestId = requestId;
        this.retryAfter = retryAfter;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public boolean is(int wantedStatus, String wantedCode) {
        return status == wantedStatus && code.equalsIgnoreCase(wantedCode);
    }

    public boolean hasCode(String wanted) {
        return code.equalsIgnoreCase(wanted);
    }

    public String message() {
        return message;
    }

    public @Nullable String requestId() {
        return requestId;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether the same request may succeed soon: throttled, the service or the network stumbled. */
    public boolean isTransient() {
        return mayHaveHadEffect() || status == 429 || PASSING.contains(code);
    }

    /** Whether nobody knows what became of the request: the service stumbled over it, or its answer was lost. */
    public boolean mayHaveHadEffect() {
        return (status == 0 && !hasCode(OwnCodes.CLIENT))
                || status == 408
                || (status >= 500 && status != 501 && status != 505)
                || hasCode(OwnCodes.UNREADABLE);
    }

    /** Whether an operation on the same resource is under way, so that it is worth to wait. */
    public boolean isBusy() {
        return isOf(Nature.BUSY);
    }

    /** Whether a name is taken by somebody else for good, so that looking again finds nothing. */
    public boolean isNameTaken() {
        return isOf(Nature.NAME_TAKEN);
    }

    /** Whether a service could not use a key, which may only mean that a fresh grant is not honoured yet. */
    public boolean mayBeFreshGrant() {
        return isOf(Nature.FRESH_GRANT);
    }

    private boolean isOf(Nature nature) {
        return ErrorCatalogue.find(code)
                .map(ErrorCatalogue.Entry::nature)
                .filter(nature::equals)
                .isPresent();
    }

    /** Whether it is the service that says that the caller may not. */
    public boolean isForbidden() {
        return status == 403 && !OURS.contains(code);
    }

    /** Whether it is the service that says, by a code of its own, that something is not there. */
    public boolean isNotFound() {
        return status == 404 && !hasCode(withoutCode(404)) && !OURS.contains(code);
    }

    /** What stands for the code where the service gave none. */
    public static String withoutCode(int status) {
        return "Http" + status;
    }

    /** What Azure said, for an exception; empty where it said nothing, or where the code is of our own making. */
    public Optional<AzureAnswer> answer() {
        return status == 0 || OURS.contains(code)
                ? Optional.empty()
                : Optional.of(new AzureAnswer(status, code, message(), requestId));
    }
}

package io.xtcmk.core.engine;

import io.xtcmk.core.errors.ErrorCatalogue;
import io.xtcmk.core.errors.ErrorCatalogue.Nature;
import io.xtcmk.core.errors.OwnErrors;
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

    /** The code of an answer whose body cannot be read: a proxy's page, or cut off. Nobody knows whose it is. */
    public static final String UNREADABLE = "UnreadableAnswer";

    /** The code of an answer that can be read, and is not what the service sends. */
    public static final String INVALID_ANSWER = "InvalidAnswer";

    /** The code of a request that the HTTP client, or what is below it, was not able to send. */
    public static final String CLIENT = "ClientFailed";

    /** The code of a credential, or chain of credentials, that has nothing to sign in with; the message says why. */
    public static final String NO_CREDENTIAL = OwnErrors.NO_CREDENTIAL;

    /** The code of a credential, or a subscription, of another tenant than the connection's. */
    public static final String WRONG_TENANT = OwnErrors.WRONG_TENANT;

    /** The code of a token that does not say of which tenant it is, where the service does not say it either. */
    public static final String UNKNOWN_TENANT = OwnErrors.UNKNOWN_TENANT;

    /** The code of what a credential gave in place of a token. */
    public static final String NO_TOKEN = OwnErrors.NO_TOKEN;

    /** The code of a challenge for claims that a token with those claims did not meet. */
    public static final String CONDITIONAL_ACCESS = OwnErrors.CONDITIONAL_ACCESS_CODE;

    /** The code of a managed identity that the machine or app where this runs does not have. */
    public static final String IDENTITY_NOT_ASSIGNED = OwnErrors.IDENTITY_NOT_ASSIGNED;

    /** The code of a host whose only managed identity is a system-assigned one. */
    public static final String SYSTEM_ASSIGNED_ONLY = OwnErrors.SYSTEM_ASSIGNED_ONLY;

    /** The code of a managed identity endpoint that refuses for another reason. */
    public static final String IDENTITY_ENDPOINT_REFUSED = OwnErrors.IDENTITY_ENDPOINT_REFUSED;

    /** The code of a managed identity endpoint that does not answer, or in whose place a proxy does. */
    public static final String IDENTITY_ENDPOINT_UNREACHABLE = OwnErrors.IDENTITY_ENDPOINT_UNREACHABLE;

    /** The code of a managed identity endpoint that is not there: it is being updated, or this is no machine of Azure's. */
    public static final String IDENTITY_ENDPOINT_MISSING = OwnErrors.IDENTITY_ENDPOINT_MISSING;

    /** The code of a managed identity endpoint that throttles. */
    public static final String IDENTITY_ENDPOINT_THROTTLED = OwnErrors.IDENTITY_ENDPOINT_THROTTLED;

    /** The code of a managed identity endpoint that fails. */
    public static final String IDENTITY_ENDPOINT_FAILED = OwnErrors.IDENTITY_ENDPOINT_FAILED;

    /** What may pass, whatever the status. */
    private static final Set<String> PASSING = Set.of(IDENTITY_ENDPOINT_UNREACHABLE, IDENTITY_ENDPOINT_MISSING);

    private static final Set<String> OURS = Set.of(
            "UntrustedHost",
            UNREADABLE,
            CLIENT,
            INVALID_ANSWER,
            "NoChallenge",
            "OperationTimeout",
            NO_CREDENTIAL,
            "VerificationTimeout",
            WRONG_TENANT,
            UNKNOWN_TENANT,
            NO_TOKEN,
            CONDITIONAL_ACCESS,
            IDENTITY_NOT_ASSIGNED,
            SYSTEM_ASSIGNED_ONLY,
            IDENTITY_ENDPOINT_REFUSED,
            IDENTITY_ENDPOINT_UNREACHABLE,
            IDENTITY_ENDPOINT_MISSING,
            IDENTITY_ENDPOINT_THROTTLED,
            IDENTITY_ENDPOINT_FAILED);

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
        return (status == 0 && !hasCode(CLIENT))
                || status == 408
                || (status >= 500 && status != 501 && status != 505)
                || hasCode(UNREADABLE);
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

package io.xtcmk.exception;

import com.azure.core.exception.AzureException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A browser came back from a consent page without consent, or with a URL that cannot be trusted.
 */
public final class ConsentRefusedException extends AzureException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    private final Reason reason;
    /** Entra's error code, or null. */
    private final @Nullable String error;
    /** The customer, or null. */
    private final @Nullable String reference;

    /** Why a return from a consent page does not count as consent. */
    public enum Reason {
        /** Entra says so: the administrator declined, or may not consent, or the request was wrong. */
        REFUSED,
        /** The state is unknown or was used before: a replay, or a forgery, or somebody pressed "back". */
        UNKNOWN_STATE,
        /** The state is too old. */
        EXPIRED_STATE,
        /** The redirect names a tenant other than the one that the URL was made for. */
        OTHER_TENANT,
        /** The redirect has neither an error nor a consent, or has a parameter twice. */
        MALFORMED
    }

    /**
     * A refusal.
     *
     * @param reason why
     * @param message in a sentence
     * @param error Entra's error code, or null
     * @param reference the provider's own name for the customer, where the state was known; otherwise null
     */
    public ConsentRefusedException(Reason reason, String message, @Nullable String error, @Nullable String reference) {
        super(message);
        this.reason = reason;
        this.error = error;
        this.reference = reference;
    }

    /**
     * Why.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * What Entra called the error, such as {@code access_denied} or {@code consent_required}.
     *
     * @return the code, where Entra gave one
     */
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }

    /**
     * The provider's own name for the customer.
     *
     * @return the reference, where the state was known
     */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }
}

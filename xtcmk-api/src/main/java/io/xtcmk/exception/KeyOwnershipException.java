package io.xtcmk.exception;

import org.jspecify.annotations.Nullable;

/**
 * It is not established that the key is this customer's. Any customer can name another one's key, and the application may
 * well use that: so whose it is has to be shown, and nothing is changed before.
 */
public final class KeyOwnershipException extends CrossTenantCmkException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    private final Reason reason;

    /**
     * A refusal.
     *
     * @param failure what is known of it
     * @param reason why
     * @param cause the exception beneath it, or null
     */
    public KeyOwnershipException(Failure failure, Reason reason, @Nullable Throwable cause) {
        super(failure, cause);
        this.reason = reason;
    }

    /**
     * Why.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /** Why it is not established that the key is this customer's. */
    public enum Reason {
        /** The vault belongs to another tenant than the customer's. */
        OTHER_TENANT,
        /** The vault could not be asked to which tenant it belongs. */
        UNKNOWN_TENANT,
        /** The key is claimed for another customer. */
        HELD_BY_ANOTHER,
        /** The customer's first key was in another tenant. */
        TENANT_CHANGED,
        /** The key does not bear the tag that was issued for the customer. */
        NO_TAG,
        /** The key bears another tag than the one that was issued for the customer. */
        OTHER_TAG
    }
}

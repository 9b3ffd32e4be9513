package io.xtcmk.exception;

import org.jspecify.annotations.Nullable;

/**
 * There is no proof that the key belongs to this customer. Any customer can name another customer's key, and the application
 * may use that key too. So the proof comes first, and nothing is changed without it.
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

    /** Why there is no proof that the key belongs to this customer. */
    public enum Reason {
        /** The vault belongs to a tenant other than the customer's. */
        OTHER_TENANT,
        /** The vault did not answer which tenant it belongs to. */
        UNKNOWN_TENANT,
        /** The key is claimed for another customer. */
        HELD_BY_ANOTHER,
        /** The customer's first key was in another tenant. */
        TENANT_CHANGED,
        /** The key does not have the tag that was issued for the customer. */
        NO_TAG,
        /** The key has a tag other than the one that was issued for the customer. */
        OTHER_TAG
    }
}

package io.xtcmk.exception;

import org.jspecify.annotations.Nullable;

/**
 * A service could not reach or use the customer's key: somewhere between resource, managed identity, federated identity
 * credential, application, service principal, role and key the chain is broken.
 */
public final class KeyAccessException extends CrossTenantCmkException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param failure what is known of it
     * @param cause the exception beneath it, or null
     */
    public KeyAccessException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}

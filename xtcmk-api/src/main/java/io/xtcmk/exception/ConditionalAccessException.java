package io.xtcmk.exception;

import org.jspecify.annotations.Nullable;

/**
 * A conditional access policy of the tenant keeps the credential out: Entra gives it no token, or a service demands a token
 * with more claims and rejects that one too. Another credential, or a sign-in as the policy demands it, may pass.
 */
public final class ConditionalAccessException extends CrossTenantCmkException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param failure what is known of it
     * @param cause the exception beneath it, or null
     */
    public ConditionalAccessException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}

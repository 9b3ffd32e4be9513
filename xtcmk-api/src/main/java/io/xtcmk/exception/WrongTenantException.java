package io.xtcmk.exception;

import io.xtcmk.model.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * The connection's credential signs in to another tenant than the connection's, or its subscription belongs to another one.
 * Nothing was changed: tokens are compared with the connection before they are sent.
 *
 * <p>Many credentials ignore the tenant that they are asked for: a managed identity has tokens of its own tenant only, and
 * an account that is signed in by {@code az login} has those of the tenant it chose. Those of azure-identity take the tenant
 * by {@code tenantId}, or allow it by {@code additionallyAllowedTenants}.
 */
public final class WrongTenantException extends CrossTenantCmkException {
    private static final long serialVersionUID = 1L;

    /** Where the credential signs in. */
    private final TenantId actualTenantId;

    /**
     * A failure.
     *
     * @param failure what is known of it
     * @param actualTenantId the tenant that the credential signs in to, or that the subscription belongs to
     * @param cause the exception beneath it, or null
     */
    public WrongTenantException(Failure failure, TenantId actualTenantId, @Nullable Throwable cause) {
        super(failure, cause);
        this.actualTenantId = actualTenantId;
    }

    /**
     * The tenant that the credential signs in to, or that the subscription belongs to. The connection's, which was asked
     * for, is in the message.
     *
     * @return the other tenant
     */
    public TenantId actualTenantId() {
        return actualTenantId;
    }
}

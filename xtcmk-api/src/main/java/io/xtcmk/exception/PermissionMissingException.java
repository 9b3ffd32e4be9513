package io.xtcmk.exception;

import org.jspecify.annotations.Nullable;

/**
 * The caller may not do a step: 401 or 403 of Azure Resource Manager, Microsoft Graph or Key Vault. The fix names the
 * least-privileged role and where it must hold.
 */
public final class PermissionMissingException extends CrossTenantCmkException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param failure what is known of it
     * @param cause the exception beneath it, or null
     */
    public PermissionMissingException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}

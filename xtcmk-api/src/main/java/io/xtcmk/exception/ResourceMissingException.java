package io.xtcmk.exception;

/**
 * A resource that the call only changes, or that was named by its id, does not exist. Nothing was changed. The
 * {@linkplain CrossTenantCmkException#fix() fix} says how to name it, or which verb creates it.
 */
public final class ResourceMissingException extends CrossTenantCmkException {
    private static final long serialVersionUID = 1L;

    /**
     * A missing resource.
     *
     * @param failure what is known of it
     */
    public ResourceMissingException(Failure failure) {
        super(failure, null);
    }
}

package io.xtcmk.exception;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The customer's tenant does not let the caller install the application; an administrator must consent. */
public final class ConsentRequiredException extends CrossTenantCmkException {
    private static final long serialVersionUID = 1L;

    /** Where to consent. */
    private final URI consentUrl;

    /**
     * A refusal.
     *
     * @param failure what is known of it
     * @param consentUrl where an administrator of the tenant can consent
     * @param cause the exception beneath it, or null
     */
    public ConsentRequiredException(Failure failure, URI consentUrl, @Nullable Throwable cause) {
        super(failure, List.of("An administrator can consent at " + consentUrl), cause);
        this.consentUrl = consentUrl;
    }

    /**
     * Where an administrator of the customer's tenant can consent to the application.
     *
     * @return the URL
     */
    public URI consentUrl() {
        return consentUrl;
    }
}

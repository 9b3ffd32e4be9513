package io.xtcmk.core.engine;

/**
 * Entra, or the credential itself, refuses a credential that the caller gave. Its application is the caller's own, so what a
 * code says of the federated application and its customer does not apply.
 */
public final class SignInRefused extends AzureFailure {
    private static final long serialVersionUID = 1L;

    /** The same refusal, as one of the caller's credential. */
    public SignInRefused(AzureFailure refusal) {
        super(
                refusal.status(),
                refusal.code(),
                refusal.message(),
                refusal.requestId(),
                refusal.retryAfter().orElse(null),
                refusal.getCause());
    }

    /** Not by the service that was to be asked. */
    @Override
    public boolean isForbidden() {
        return false;
    }

    /** What was to be asked for was not asked for yet. */
    @Override
    public boolean isNotFound() {
        return false;
    }
}

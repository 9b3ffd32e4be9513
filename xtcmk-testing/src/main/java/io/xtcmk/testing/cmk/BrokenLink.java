package io.xtcmk.testing.cmk;

/**
 * The customer's key cannot be used: which link of the chain is broken, and what the service that refused said. The
 * services that want the key turn it into their own documented codes.
 */
public final class BrokenLink extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Link link;
    private final String code;

    BrokenLink(Link link, String code, String message) {
        super(message, null, false, false);
        this.link = link;
        this.code = code;
    }

    public Link link() {
        return link;
    }

    /** What Entra ({@code AADSTS7000229}) or Key Vault ({@code ForbiddenByRbac}) called it; empty where nobody did. */
    public String code() {
        return code;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}

package io.xtcmk.testing.http;

/** A request that the fake does not know how to answer. An error, so that no retry or fallback hides it. */
public final class UnsupportedRouteError extends AssertionError {
    private static final long serialVersionUID = 1L;

    public UnsupportedRouteError(String message) {
        super(message);
    }
}

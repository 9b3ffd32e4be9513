package io.xtcmk.testing.http;

/**
 * A request that no wire would take. An error, so that no retry or fallback hides it: each HTTP client would do something
 * else with such a request, from escaping it to sending it broken.
 */
public final class IllegalRequestError extends AssertionError {
    private static final long serialVersionUID = 1L;

    public IllegalRequestError(String message) {
        super(message);
    }
}

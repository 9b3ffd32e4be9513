package io.xtcmk.testing.http;

import java.net.URI;
import java.net.URISyntaxException;

/** URLs of requests. Nothing is repaired: what a wire does not take, the fake does not take either. */
public final class RequestUrl {
    private RequestUrl() {}

    /**
     * The URL.
     *
     * @throws IllegalArgumentException if it is none, or has a character that does not travel; the message names it
     */
    public static URI parse(String text) {
        RequestSyntax.problemOfUrl(text).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + text, e);
        }
    }
}

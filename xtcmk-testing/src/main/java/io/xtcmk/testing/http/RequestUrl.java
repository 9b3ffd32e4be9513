package io.xtcmk.testing.http;

import java.net.URI;
import java.net.URISyntaxException;

/** URLs as clients send them, not all of whose characters {@link URI} takes. */
public final class RequestUrl {
    private RequestUrl() {}

    /**
     * The URL.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static URI parse(String text) {
        try {
            return new URI(text.replace(" ", "%20").replace("{", "%7B").replace("}", "%7D"));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + text, e);
        }
    }
}

package io.xtcmk.core.azure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Values made fit for a URL (RFC 3986). Microsoft's inner clients escape most values that they are given, but take filters,
 * scopes and links as already escaped, and HTTP clients differ in what they do with a character that is illegal: one
 * escapes it, one sends it as it is, one throws.
 */
final class Urls {
    private static final String UNRESERVED_MARKS = "-._~";
    /** What has a meaning of its own in a path or a query, and is legal there. */
    private static final String RESERVED = "!$&'()*+,;=:@/?";

    private Urls() {}

    /** A value of a query that the client takes as already escaped. */
    static String queryValue(String value) {
        return escaped(value, "");
    }

    /** A path that the client takes as already escaped, such as a scope: its slashes remain. */
    static String path(String path) {
        return Arrays.stream(path.split("/", -1)).map(Urls::queryValue).collect(Collectors.joining("/"));
    }

    /**
     * A link as a service gives it, or a URL that a client has made: only what is illegal in a path or a query is escaped,
     * and what is escaped already stays.
     */
    static String legal(String url) {
        int authority = url.indexOf("://") + 3;
        int path = authority;
        while (path < url.length() && "/?#".indexOf(url.charAt(path)) < 0) {
            path++;
        }
        return url.substring(0, path) + escaped(url.substring(path), RESERVED + "%");
    }

    private static String escaped(String text, String kept) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            boolean keep = isLetterOrDigit(c)
                    || UNRESERVED_MARKS.indexOf(c) >= 0
                    || (c == '%' ? kept.indexOf(c) >= 0 && isEscape(text, i) : kept.indexOf(c) >= 0);
            if (keep) {
                escaped.appendCodePoint(c);
            } else {
                for (byte b : text.substring(i, next).getBytes(StandardCharsets.UTF_8)) {
                    escaped.append('%').append(hexDigit(b >> 4)).append(hexDigit(b));
                }
            }
            i = next;
        }
        return escaped.toString();
    }

    private static char hexDigit(int bits) {
        return "0123456789ABCDEF".charAt(bits & 0xf);
    }

    private static boolean isEscape(String text, int at) {
        return isHexDigit(text, at + 1) && isHexDigit(text, at + 2);
    }

    private static boolean isHexDigit(String text, int at) {
        return at < text.length() && text.charAt(at) < 128 && Character.digit(text.charAt(at), 16) >= 0;
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}

package io.xtcmk.testing.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which characters RFC 3986 (URI) and RFC 9110 (HTTP) allow in a request, and where. */
public final class RequestSyntax {
    private static final String UNRESERVED_MARKS = "-._~";
    private static final String SUB_DELIMITERS = "!$&'()*+,;=";
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private RequestSyntax() {}

    /**
     * What is wrong with a request's URL.
     *
     * @param url scheme, host, path and query; a fragment never travels, so there must be none
     * @return a sentence that names the first illegal character, or empty
     */
    public static Optional<String> problemOfUrl(String url) {
        int authority = url.indexOf("://") + 3;
        if (authority < 4 || authority == url.length()) {
            return Optional.of("the request's URL has no scheme or no host: " + shown(url));
        }
        int path = indexOfAny(url, "/?#", authority);
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            boolean legal = i < authority || (i < path ? isHost(c) : isTarget(c)) || (i >= path && isEscape(url, i));
            if (!legal) {
                return Optional.of("the request's URL has " + named(c) + " at " + i
                        + ", which RFC 3986 does not allow there: " + shown(url));
            }
        }
        return Optional.empty();
    }

    /**
     * What is wrong with a header.
     *
     * @param name the header's name
     * @param value its value, which is not part of the sentence: it may be a secret
     * @return a sentence that names the first illegal character, or empty
     */
    public static Optional<String> problemOfHeader(String name, @Nullable String value) {
        if (name.isEmpty()) {
            return Optional.of("a request's header has no name");
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isTokenCharacter(name.charAt(i))) {
                return Optional.of("the name of the header \"" + shown(name) + "\" has " + named(name.charAt(i))
                        + " at " + i + ", which RFC 9110 does not allow");
            }
        }
        String text = value == null ? "" : value;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Octets over 127 are obsolete there, and clients differ in what they make of them.
            if ((c < ' ' && c != '\t') || c > '~') {
                return Optional.of("the header " + name + " has " + named(c) + " at " + i
                        + ", which RFC 9110 does not allow a client to send");
            }
        }
        return Optional.empty();
    }

    private static int indexOfAny(String text, String characters, int from) {
        for (int i = from; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private static boolean isHost(char c) {
        return isUnreserved(c) || SUB_DELIMITERS.indexOf(c) >= 0 || ":[]".indexOf(c) >= 0;
    }

    private static boolean isTarget(char c) {
        return isUnreserved(c) || SUB_DELIMITERS.indexOf(c) >= 0 || ":@/?".indexOf(c) >= 0;
    }

    private static boolean isEscape(String url, int at) {
        return url.charAt(at) == '%' && isHexDigit(url, at + 1) && isHexDigit(url, at + 2);
    }

    private static boolean isHexDigit(String text, int at) {
        return at < text.length() && text.charAt(at) < 128 && Character.digit(text.charAt(at), 16) >= 0;
    }

    private static boolean isUnreserved(char c) {
        return isLetterOrDigit(c) || UNRESERVED_MARKS.indexOf(c) >= 0;
    }

    private static boolean isTokenCharacter(char c) {
        return isLetterOrDigit(c) || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static String named(char c) {
        String code = String.format("U+%04X", (int) c);
        return c == ' ' ? "a space" : c < ' ' || c > '~' ? "the character " + code : "'" + c + "'";
    }

    /** On one line, in characters that any log can show. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> shown.append(c < ' ' || c > '~' ? String.format("\\u%04x", c) : (char) c));
        return shown.toString();
    }
}

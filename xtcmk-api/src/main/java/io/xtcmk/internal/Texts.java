package io.xtcmk.internal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Outside texts made fit for messages: whoever wrote them must not be able to forge a line of a log, or hide in one. */
public final class Texts {
    /**
     * Control characters of ASCII and of Latin-1 (terminals obey those too), line separators, invisible format characters
     * (they can turn the direction of what follows, or have no width), halves of surrogate pairs, and the letters and
     * marks that Unicode calls ignorable: they look like nothing, so that two names look like one.
     */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u3164\\uffa0]+");

    /** RFC 9110, section 5.5, without the octets over 127, which are obsolete there. */
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

    /** RFC 9110, section 5.6.2. */
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private Texts() {}

    /**
     * Whether a text can be a header's value, whatever HTTP client sends it.
     *
     * @param text the text
     * @return false if it has line breaks, other control characters, or characters that are not ASCII
     */
    public static boolean isHeaderValue(String text) {
        return HEADER_VALUE.matcher(text).matches();
    }

    /**
     * Whether a text can be a header's name.
     *
     * @param text the text
     * @return false if it is empty or has a blank, a colon or the like
     */
    public static boolean isHeaderName(String text) {
        return HEADER_NAME.matcher(text).matches();
    }

    /**
     * The text on one line, whole: each run of unprintable characters becomes a blank.
     *
     * @param text the text
     * @return printable text
     */
    public static String oneLine(@Nullable String text) {
        return UNPRINTABLE.matcher(String.valueOf(text)).replaceAll(" ");
    }

    /**
     * Whether a text is printable, and on one line.
     *
     * @param text the text
     * @return false if anything in it is unprintable
     */
    public static boolean isOneLine(String text) {
        return !UNPRINTABLE.matcher(text).find();
    }

    /**
     * The text on one line, cut to a length.
     *
     * @param text the text
     * @param length how many characters to keep at most
     * @return printable text, with three dots at the end if it was cut
     */
    public static String oneLine(@Nullable String text, int length) {
        String raw = String.valueOf(text);
        // What is far beyond the cut need not be looked at: the text may be a stranger's and long.
        String printable = oneLine(raw.length() <= 2 * length ? raw : raw.substring(0, 2 * length));
        if (printable.length() <= length && raw.length() <= 2 * length) {
            return printable;
        }
        // A cut through a surrogate pair would leave half a character.
        return oneLine(printable.substring(0, Math.min(length, printable.length())))
                        .stripTrailing() + "...";
    }
}

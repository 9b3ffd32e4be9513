package io.xtcmk.model;

import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.internal.Texts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of arguments that any value may need. */
final class Checks {
    private static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");

    private Checks() {}

    static <T> T notNull(String argument, @Nullable T value) {
        if (value == null) {
            throw new InvalidInputException(argument, "is null", "give a value");
        }
        return value;
    }

    static String notBlank(String argument, @Nullable String value) {
        if (value == null) {
            throw new InvalidInputException(argument, "is null", "give a value");
        }
        if (value.isBlank()) {
            throw new InvalidInputException(argument, "is blank", "give a value");
        }
        return value;
    }

    /** A text that is told in logs, and must not be able to forge a line of one, or to hide in one. */
    static String printable(String argument, @Nullable String value) {
        String text = notBlank(argument, value);
        if (!Texts.isOneLine(text)) {
            throw new InvalidInputException(
                    argument,
                    "\"" + shown(text) + "\" has characters that cannot be printed",
                    "leave out line breaks and other control characters");
        }
        return text;
    }

    /**
     * A time that RFC 3339 can write and that can be reckoned with. Only a broken clock, or somebody who wants to see what
     * happens, says another.
     */
    static @Nullable Instant moment(String argument, @Nullable Instant value) {
        if (value != null && (value.isBefore(Instant.EPOCH) || !value.isBefore(END_OF_TIME))) {
            throw new InvalidInputException(
                    argument, "is no time of the years 1970 to 9999", "give the time as the service said it, or none");
        }
        return value;
    }

    /** A copy of the list, which may have no nulls in it. */
    static <T> List<T> copy(String argument, @Nullable List<T> values) {
        for (@Nullable T value : notNull(argument, values)) {
            if (value == null) {
                throw new InvalidInputException(argument, "has a null in it", "leave it out");
            }
        }
        return List.copyOf(notNull(argument, values));
    }

    /** The text fit for a message: short, and without control characters that could forge a line of a log. */
    static String shown(@Nullable String text) {
        return Texts.oneLine(text, 100);
    }
}

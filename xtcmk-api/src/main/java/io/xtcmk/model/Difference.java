package io.xtcmk.model;

import io.xtcmk.internal.Texts;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Something that is otherwise than it should be.
 *
 * @param property the property, as its service names it
 * @param expected what it should be
 * @param actual what it is, or null where it is not set
 */
public record Difference(
        String property, String expected, @Nullable String actual) implements Serializable {

    /**
     * A difference.
     *
     * @throws io.xtcmk.exception.InvalidInputException if property or expectation is null
     */
    public Difference {
        Checks.notBlank("property", property);
        Checks.notNull("expected", expected);
    }

    /** The difference on one line. */
    @Override
    public String toString() {
        return Texts.oneLine(property + " is " + (actual == null ? "not set" : actual) + ", expected " + expected);
    }
}

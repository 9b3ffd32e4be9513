package io.xtcmk.core;

import java.util.Locale;
import java.util.Optional;

/**
 * How much the suites do that try everything: {@code -Dxtcmk.sweep=full} or {@code brief}, or the same in the environment
 * variable {@code XTCMK_SWEEP}.
 */
public enum Sweep {
    /** Every fifth case. */
    BRIEF,
    /** Every case, and some seeds. */
    USUAL,
    /** Ten times as many seeds, and each side to look from. */
    FULL;

    private static final Sweep ASKED = Optional.ofNullable(System.getProperty("xtcmk.sweep"))
            .or(() -> Optional.ofNullable(System.getenv("XTCMK_SWEEP")))
            .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
            .orElse(USUAL);

    /**
     * What is asked for.
     *
     * @return usual, unless told
     */
    public static Sweep asked() {
        return ASKED;
    }

    /**
     * How many seeds to try.
     *
     * @param usual usually
     * @return so many
     */
    public int seeds(int usual) {
        return this == FULL ? 10 * usual : usual;
    }

    /**
     * Whether a case is among those to try.
     *
     * @param number counts the cases
     * @return true for one in five, or for all
     */
    public boolean takes(int number) {
        return this != BRIEF || number % 5 == 0;
    }
}

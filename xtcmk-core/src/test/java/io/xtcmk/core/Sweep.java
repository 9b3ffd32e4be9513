package io.xtcmk.core;

import java.util.Locale;
import java.util.Optional;

/**
 * How much of their cases the suites try that try everything. {@code mvn verify} has minutes, so it tries one case in
 * three; set the system property {@code xtcmk.sweep} or the environment variable {@code XTCMK_SWEEP} to try more or less.
 */
public enum Sweep {
    /** One case in five. */
    BRIEF(5, 1),
    /** One case in three. */
    USUAL(3, 1),
    /** Every case. */
    ALL(1, 1),
    /** Every case, with ten times as many seeds, seen from every side. */
    FULL(1, 10);

    private static final Sweep ASKED = Optional.ofNullable(System.getProperty("xtcmk.sweep"))
            .or(() -> Optional.ofNullable(System.getenv("XTCMK_SWEEP")))
            .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
            .orElse(USUAL);

    private final int oneIn;
    private final int seeds;

    Sweep(int oneIn, int seeds) {
        this.oneIn = oneIn;
        this.seeds = seeds;
    }

    /**
     * The size of this run.
     *
     * @return {@link #USUAL} by default
     */
    public static Sweep asked() {
        return ASKED;
    }

    /**
     * How many seeds to draw cases from.
     *
     * @param usual the number for all sizes but {@link #FULL}
     * @return the number for this size
     */
    public int seeds(int usual) {
        return seeds * usual;
    }

    /**
     * Whether this size tries a case.
     *
     * @param number counts the cases from zero
     * @return true for the first case and then for one in so many
     */
    public boolean takes(int number) {
        return number % oneIn == 0;
    }

    /**
     * Whether this size tries a case of a suite that has many more than others.
     *
     * @param number tells the cases apart, from zero
     * @param fewer of how many that another suite would try one is to be tried; {@link #FULL} tries all
     * @return true for one in so many
     */
    public boolean takes(int number, int fewer) {
        return number % (this == FULL ? 1 : oneIn * fewer) == 0;
    }
}

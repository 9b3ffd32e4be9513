package io.xtcmk.exception;

import io.xtcmk.internal.Texts;

/**
 * An argument is invalid. Thrown before any request is sent; names the argument, what is wrong with its value, and what to
 * pass instead.
 */
public final class InvalidInputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The argument's name. */
    private final String argument;
    /** What is wrong with its value. */
    private final String problem;
    /** What to give instead. */
    private final String fix;

    /**
     * A refusal of an argument.
     *
     * @param argument the argument's name
     * @param problem what is wrong with its value, as the rest of a sentence that begins with the name
     * @param fix what to give instead
     */
    public InvalidInputException(String argument, String problem, String fix) {
        super(Texts.oneLine(argument + ": " + problem + "; " + fix));
        this.argument = argument;
        this.problem = problem;
        this.fix = fix;
    }

    /**
     * Which argument.
     *
     * @return its name
     */
    public String argument() {
        return argument;
    }

    /**
     * What is wrong with it.
     *
     * @return the problem
     */
    public String problem() {
        return problem;
    }

    /**
     * What to give instead.
     *
     * @return the rule
     */
    public String fix() {
        return fix;
    }
}

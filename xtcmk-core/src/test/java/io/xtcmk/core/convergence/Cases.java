package io.xtcmk.core.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.core.Sweep;
import java.util.ArrayList;
import java.util.List;

/**
 * The cases of a suite: how many were run, and what went wrong. A suite runs all of them, so that one defect does not hide
 * another, and then says how many it ran.
 */
final class Cases {
    private static final int SHOWN = 20;

    private final List<String> problems = new ArrayList<>();
    private int cases;
    private int runs;

    /** Something to try; may throw. */
    @FunctionalInterface
    interface Attempt {
        void run() throws Exception;
    }

    void run(String name, Attempt attempt) {
        run(Sweep.asked().takes(cases++), name, attempt);
    }

    /** Runs a case, if it is one of those to be tried. */
    void run(boolean takes, String name, Attempt attempt) {
        if (!takes) {
            return;
        }
        runs++;
        try {
            attempt.run();
        } catch (Exception | Error e) {
            problems.add(name + ": " + e);
        }
    }

    /** Says on one line what was run, and fails if anything went wrong. */
    void report(String what) {
        System.out.println("convergence: " + what + " = " + runs + " runs, "
                + (problems.isEmpty() ? "all converged" : problems.size() + " did not converge"));
        assertThat(problems.stream().limit(SHOWN)).isEmpty();
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** Fails with the lines in which the worlds differ. */
    static void same(String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("another world; missing: " + without(expected, actual) + ", unexpected: "
                    + without(actual, expected));
        }
    }

    private static List<String> without(String lines, String others) {
        List<String> left = new ArrayList<>(lines.lines().toList());
        others.lines().forEach(left::remove);
        return left;
    }
}

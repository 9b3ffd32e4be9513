package io.xtcmk.core.convergence;

import org.junit.jupiter.api.Test;

/** A sweep over each of the stories. */
interface EveryStory {

    /** Disturbs a story at each of its requests. */
    void sweep(String what, Story story);

    @Test
    default void phases() {
        sweep("phases 1, 2, 3", Story.ofPhases());
    }

    @Test
    default void repetition() {
        sweep("phases 1, 2, 3 again", Story.ofRepetition());
    }

    @Test
    default void day2() {
        sweep("day 2", Story.ofDay2());
    }

    @Test
    default void mending() {
        sweep("deleted and closed", Story.ofMending());
    }
}

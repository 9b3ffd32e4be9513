package io.xtcmk.core.convergence;

import io.xtcmk.core.convergence.Companies.Program;
import io.xtcmk.core.convergence.Story.Chapter;
import io.xtcmk.core.convergence.Verb.Kind;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/** The process ends at any request, before Azure has it or before its answer is read; a new one with the ids goes on. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class ProcessDeathTest implements EveryStory {
    /** The end of a process: nothing of it happens any more. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Kills a process at a request. */
    static final class Killer implements Line.Watch {
        private final int at;
        private final boolean answered;
        private int requests;
        private boolean dead;

        Killer(int at, boolean answered) {
            this.at = at;
            this.answered = answered;
        }

        @Override
        public void going(String request) {
            dead |= !answered && requests == at;
            liveOn();
        }

        @Override
        public void answered(String request) {
            dead |= answered && requests == at;
            requests++;
            liveOn();
        }

        private void liveOn() {
            if (dead) {
                throw new Death();
            }
        }

        /** Runs what is to die; in which exceptions it does so, nobody is there to see. */
        void witness(Runnable mortal) {
            try {
                mortal.run();
            } catch (RuntimeException e) {
                if (!dead) {
                    throw e;
                }
            }
        }

        boolean hasKilled() {
            return dead;
        }
    }

    @Override
    public void sweep(String what, Story story) {
        Cases cases = new Cases();
        story.everywhere((chapter, i, kind) -> {
            // Two calls of it make two versions, as it says.
            if (!chapter.verb().equals(Verb.ROTATION)) {
                for (boolean answered : new boolean[] {false, true}) {
                    cases.run(
                            "death " + (answered ? "after " : "before ")
                                    + chapter.requests().get(i) + " of " + chapter + ", " + kind,
                            () -> run(story, chapter, kind, new Killer(i, answered)));
                }
            }
        });
        cases.report(what + ": death before and after each request × 2 kinds");
    }

    private static void run(Story story, Chapter chapter, Kind kind, Killer killer) {
        Known known = story.backTo(chapter);
        Line line = new Line(story.companies.azure.httpClient(), killer);
        Program mortal = story.companies.process(line, story.companies.azure.clock(), Runnable::run);
        killer.witness(() -> chapter.verb().run(mortal, kind, known));
        Cases.check(killer.hasKilled(), "it survived");
        chapter.verb().run(story.companies.serialProcess(), kind, known);
        story.checkAfter(chapter);
    }
}

package io.xtcmk.core.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.core.Sweep;
import io.xtcmk.core.convergence.Companies.Program;
import io.xtcmk.core.convergence.ProcessDeathTest.Killer;
import io.xtcmk.core.convergence.Story.Chapter;
import io.xtcmk.core.convergence.Verb.Kind;
import io.xtcmk.model.StepOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same definition run by several processes at once, in thousands of orders of their requests. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class InterleavingTest {
    private final Set<List<String>> orders = new HashSet<>();

    @Test
    void twoProcesses() {
        sweep("two runs at once", Story.ofPhases(), 2, Sweep.asked().seeds(300));
    }

    @Test
    void fiveProcesses() {
        sweep("five runs at once", Story.ofPhases(), 5, Sweep.asked().seeds(75));
    }

    @Test
    void twoProcesses_day2() {
        sweep("two runs at once, day 2", Story.ofDay2(), 2, Sweep.asked().seeds(60));
    }

    @Test
    void mending() {
        sweep(
                "two runs at once, deleted and closed",
                Story.ofMending(),
                2,
                Sweep.asked().seeds(60));
    }

    private void sweep(String what, Story story, int processes, int seeds) {
        Cases cases = new Cases();
        List<Chapter> chapters =
                story.chapters.stream().filter(InterleavingTest::isOneForAll).toList();
        for (Chapter chapter : chapters) {
            for (int seed = 0; seed < seeds; seed++) {
                long order = seed;
                cases.run("seed " + seed + " of " + chapter, () -> together(story, chapter, processes, order));
            }
        }
        cases.report(what + ": " + seeds + " seeds × " + chapters.size() + " verbs, " + orders.size()
                + " different orders of requests");
    }

    /** A rotation makes a version for each who asks, and the data plane's create knows no "if there is none". */
    private static boolean isOneForAll(Chapter chapter) {
        return !chapter.verb().name().startsWith("rotation") && !chapter.verb().equals(Verb.PHASE_2_DATA_PLANE);
    }

    private void together(Story story, Chapter chapter, int processes, long seed) {
        Known known = story.backTo(chapter);
        Interleaver interleaver = new Interleaver(story.companies.azure.clock(), seed);
        List<Object> results = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        List<String> order = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            String name = Integer.toString(i);
            Program process = process(story, interleaver, request -> {
                interleaver.step();
                order.add(name + " " + request);
            });
            Kind kind = Kind.either(i);
            interleaver.execute(() -> {
                try {
                    results.add(outcome(chapter.verb().run(process, kind, known)));
                } catch (RuntimeException | Error e) {
                    failures.add(e);
                }
            });
        }
        interleaver.run();
        orders.add(order);
        Cases.check(failures.isEmpty(), failures.toString());
        Cases.check(new HashSet<>(results).size() == 1, "different results: " + results);
        story.checkAfter(chapter);
    }

    /** Results are equal if they name the same things; an outcome tells also what was done, and that is not the same. */
    private static Object outcome(Known known) {
        return known.last() instanceof StepOutcome step ? step.resource() : known.last();
    }

    private static Program process(Story story, Interleaver interleaver, Line.Watch watch) {
        Line line = new Line(story.companies.azure.httpClient(), watch);
        return story.companies.process(line, interleaver, interleaver::execute);
    }

    /** One of two dies somewhere; the other does not notice; a third does it again. */
    @Test
    void oneOfTwoDies() {
        Story story = Story.ofPhases();
        Cases cases = new Cases();
        int seeds = Sweep.asked().seeds(75);
        for (Chapter chapter : story.chapters) {
            for (int seed = 0; seed < seeds; seed++) {
                long order = seed;
                cases.run("seed " + seed + " of " + chapter, () -> oneDies(story, chapter, order));
            }
        }
        cases.report("two runs at once of which one dies: " + seeds + " seeds × " + story.chapters.size() + " verbs");
    }

    private static void oneDies(Story story, Chapter chapter, long seed) {
        Known known = story.backTo(chapter);
        Random random = new Random(seed);
        Killer killer = new Killer(random.nextInt(chapter.requests().size()), random.nextBoolean());
        Interleaver interleaver = new Interleaver(story.companies.azure.clock(), seed);
        Program mortal = process(story, interleaver, new Line.Watch() {
            @Override
            public void going(String request) {
                interleaver.step();
                killer.going(request);
            }

            @Override
            public void answered(String request) {
                killer.answered(request);
            }
        });
        Program other = process(story, interleaver, request -> interleaver.step());
        List<Throwable> failures = new ArrayList<>();
        interleaver.execute(() -> {
            try {
                killer.witness(() -> chapter.verb().run(mortal, Kind.BLOCKING, known));
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
        });
        interleaver.execute(() -> {
            try {
                chapter.verb().run(other, Kind.BLOCKING, known);
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
        });
        interleaver.run();
        Cases.check(failures.isEmpty(), failures.toString());
        chapter.verb().run(story.companies.serialProcess(), Kind.BLOCKING, known);
        story.checkAfter(chapter);
    }

    @Test
    void sameSeed_isTheSameOrder() {
        Story story = Story.ofPhases();
        for (long seed = 0; seed < 20; seed++) {
            for (int i = 0; i < 3; i++) {
                together(story, story.chapters.get(0), 3, seed);
            }
        }
        assertThat(orders).hasSize(20);
    }
}

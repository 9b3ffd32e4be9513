package io.xtcmk.core.convergence;

import io.xtcmk.Definition;
import io.xtcmk.core.Sweep;
import io.xtcmk.core.convergence.Companies.Program;
import io.xtcmk.core.convergence.Story.Chapter;
import io.xtcmk.core.convergence.Verb.Kind;
import io.xtcmk.exception.CallTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;

/** A call is interrupted, cancelled or out of time, at any request and any pause: it ends at once, and can be run again. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class InterruptionTest {
    private final Story story = Story.ofPhases();

    /** One call among its threads: at its n-th event, a request or a pause, something happens. */
    private final class Scene {
        final Interleaver interleaver;
        final Program process;
        final List<String> late = new ArrayList<>();
        Runnable happening = () -> {};
        int events;
        int at;
        boolean over;

        Scene(long seed, int at) {
            this.at = at;
            this.interleaver = new Interleaver(story.companies.azure.clock(), seed, this::event);
            Line line = new Line(story.companies.azure.httpClient(), request -> {
                event();
                interleaver.stepOrThrow();
                if (over) {
                    late.add(request);
                }
            });
            this.process = story.companies.process(line, interleaver, interleaver::execute);
        }

        private void event() {
            if (events++ == at) {
                happening.run();
            }
        }

        void checkQuiet(Instant ended) {
            Cases.check(late.isEmpty(), "asked after its end: " + late);
            Cases.check(story.companies.azure.clock().now().equals(ended), "time went on after its end");
        }
    }

    @Test
    void interruptedCaller() {
        everywhere("caller interrupted at each request and pause", this::interrupted);
    }

    @Test
    void cancelledSubscription() {
        everywhere("subscription cancelled at each request and pause", this::cancelled);
    }

    private void everywhere(String what, Trial trial) {
        Cases cases = new Cases();
        int[] struck = {1};
        for (Chapter chapter : story.chapters) {
            for (int seed = 0; seed < Sweep.asked().seeds(3); seed++) {
                for (int at = 0; struck[0] > 0; at++) {
                    int event = at;
                    long order = seed;
                    struck[0] = 0;
                    cases.run(
                            "event " + at + ", seed " + seed + " of " + chapter,
                            () -> struck[0] = trial.run(chapter, order, event) ? 1 : 0);
                }
                struck[0] = 1;
            }
        }
        cases.report(what + ": " + Sweep.asked().seeds(3) + " seeds × " + story.chapters.size() + " verbs");
    }

    /** Says whether the event came. */
    @FunctionalInterface
    private interface Trial {
        boolean run(Chapter chapter, long seed, int event);
    }

    private boolean interrupted(Chapter chapter, long seed, int event) {
        Known known = story.backTo(chapter);
        Scene scene = new Scene(seed, event);
        List<Object> ends = new ArrayList<>();
        scene.interleaver.execute(() -> {
            Thread caller = Thread.currentThread();
            scene.happening = caller::interrupt;
            try {
                ends.add(chapter.verb().run(scene.process, Kind.BLOCKING, known));
            } catch (RuntimeException e) {
                ends.add(e);
            }
            ends.add(Thread.interrupted());
            ends.add(scene.interleaver.now());
            scene.over = true;
        });
        scene.interleaver.run();
        boolean struck = scene.events > event;
        if (struck && ends.get(0) instanceof Known) {
            // It had nothing more to do when it was told.
            Cases.check(scene.events == event + 1, "it went on");
        } else if (struck) {
            Cases.check(ends.get(0) instanceof CancellationException, "it ended with " + ends.get(0));
            scene.checkQuiet((Instant) ends.get(2));
        }
        Cases.check(ends.get(1).equals(struck), "the interruption was lost");
        again(chapter, known);
        return struck;
    }

    private boolean cancelled(Chapter chapter, long seed, int event) {
        Known known = story.backTo(chapter);
        Scene scene = new Scene(seed, event);
        List<Instant> end = new ArrayList<>();
        scene.interleaver.execute(() -> {
            CompletableFuture<Object> ended = new CompletableFuture<>();
            Disposable subscription = chapter.verb().subscribe(scene.process, known, ended);
            scene.happening = () -> {
                subscription.dispose();
                end.add(scene.interleaver.now());
                scene.over = true;
                ended.complete("cancelled");
            };
            try {
                Object how = scene.interleaver.await(ended);
                Cases.check(!(how instanceof Throwable), String.valueOf(how));
            } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
                throw new AssertionError(e);
            }
        });
        scene.interleaver.run();
        if (!end.isEmpty()) {
            scene.checkQuiet(end.get(0));
        }
        again(chapter, known);
        return !end.isEmpty();
    }

    private void again(Chapter chapter, Known known) {
        chapter.verb().run(story.companies.serialProcess(), Kind.BLOCKING, known);
        story.checkAfter(chapter);
    }

    /** Every number of seconds less than the call needs. */
    @Test
    void outOfTime() {
        Cases cases = new Cases();
        for (Chapter chapter : story.chapters) {
            for (Duration left = Duration.ofSeconds(1);
                    left.compareTo(chapter.took()) < 0;
                    left = left.plusSeconds(1)) {
                Duration timeout = left;
                for (Kind kind : Kind.values()) {
                    cases.run(chapter + " in " + timeout + ", " + kind, () -> outOfTime(chapter, timeout, kind));
                }
            }
        }
        cases.report("time-outs of a whole call, every second of what it needs × 2 kinds");
    }

    private void outOfTime(Chapter chapter, Duration timeout, Kind kind) {
        Known known = story.backTo(chapter);
        Scene scene = new Scene(timeout.toSeconds(), -1);
        List<Object> ends = new ArrayList<>();
        Instant began = scene.interleaver.now();
        scene.interleaver.execute(() -> {
            try {
                ends.add(limited(chapter.verb(), scene.process, kind, known, timeout));
            } catch (RuntimeException e) {
                ends.add(e);
            }
            ends.add(scene.interleaver.now());
            scene.over = true;
        });
        scene.interleaver.run();
        if (!(ends.get(0) instanceof CallTimeoutException e)) {
            throw new AssertionError("it ended with " + ends.get(0));
        }
        Cases.check(ends.get(1).equals(began.plus(timeout)), "it ended at " + ends.get(1));
        Cases.check(e.timeout().equals(timeout), e.toString());
        scene.checkQuiet((Instant) ends.get(1));
        again(chapter, known);
    }

    private static <D extends Definition<D>> Known limited(
            Verb<D, ?> verb, Program process, Kind kind, Known known, Duration timeout) {
        return verb.run(process, kind, known, definition -> definition.timeout(timeout));
    }
}

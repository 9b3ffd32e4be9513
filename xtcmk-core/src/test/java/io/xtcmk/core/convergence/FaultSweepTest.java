package io.xtcmk.core.convergence;

import io.xtcmk.core.Sweep;
import io.xtcmk.core.convergence.Story.Chapter;
import io.xtcmk.core.convergence.Verb.Kind;
import io.xtcmk.testing.Fault;
import io.xtcmk.testing.InjectedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every fault at every request of every verb, blocking and subscribed to; and many at once. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class FaultSweepTest implements EveryStory {
    /** What passes: the same call succeeds. A proxy's own refusals among it, which must not be taken for Azure's. */
    static final Map<String, Fault> FAULTS = faults();

    private static Map<String, Fault> faults() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        faults.put("429", Fault.throttle());
        faults.put("429 with seconds", Fault.throttle(Duration.ofSeconds(7)));
        faults.put("429 with a date", Fault.throttleUntil(Duration.ofSeconds(40)));
        faults.put("408", Fault.fail(408, "RequestTimeout"));
        faults.put("500", Fault.fail(500, "InternalServerError"));
        faults.put("502", Fault.fail(502, "BadGateway"));
        faults.put("503", Fault.fail(503, "ServiceUnavailable"));
        faults.put("504", Fault.fail(504, "GatewayTimeout"));
        faults.put("connection refused", Fault.refuse());
        faults.put("reset before", Fault.reset());
        faults.put("lost reply", Fault.dropReply());
        faults.put("time-out", Fault.timeOut(Duration.ofSeconds(60)));
        faults.put("truncated body", Fault.truncate());
        faults.put("not JSON", Fault.garble());
        for (int status : new int[] {403, 404, 407, 502}) {
            faults.put("proxy's page " + status, Fault.page(status));
        }
        faults.put("slow answer", Fault.delay(Duration.ofMinutes(4)));
        return faults;
    }

    @Override
    public void sweep(String what, Story story) {
        Cases cases = new Cases();
        FAULTS.forEach((name, fault) -> sweep(story, name, fault, cases));
        cases.report(what + ": " + FAULTS.size() + " faults × " + story.requests() + " requests × 2 kinds");
    }

    private static void sweep(Story story, String name, Fault fault, Cases cases) {
        story.everywhere((chapter, i, kind) -> cases.run(
                name + " at " + chapter.requests().get(i) + " of " + chapter + ", " + kind,
                () -> run(story, chapter, fault.afterCalls(i), kind)));
    }

    private static void run(Story story, Chapter chapter, Fault fault, Kind kind) {
        Known known = story.backTo(chapter);
        InjectedFault injected = story.companies.azure.inject(fault);
        try {
            chapter.verb().run(story.companies.serialProcess(), kind, known);
        } finally {
            injected.remove();
        }
        Cases.check(injected.strikes() == 1, "it did not strike");
        story.checkAfter(chapter);
    }

    /** Up to four faults on one verb, anywhere, the retries' own requests included: fewer than a step's attempts. */
    @Test
    void severalAtOnce() {
        Story phases = Story.ofPhases();
        List<Fault> faults = new ArrayList<>(FAULTS.values());
        Cases cases = new Cases();
        for (int seed = 0; seed < Sweep.asked().seeds(200); seed++) {
            Random random = new Random(seed);
            for (Chapter chapter : phases.chapters) {
                cases.run("seed " + seed + " of " + chapter, () -> several(phases, chapter, faults, random));
            }
        }
        cases.report("two to four faults at once: " + Sweep.asked().seeds(200) + " seeds × 4 verbs");
    }

    private static void several(Story story, Chapter chapter, List<Fault> faults, Random random) {
        Known known = story.backTo(chapter);
        List<InjectedFault> injected = new ArrayList<>();
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            Fault fault = faults.get(random.nextInt(faults.size()));
            injected.add(story.companies.azure.inject(
                    fault.afterCalls(random.nextInt(chapter.requests().size()))));
        }
        try {
            chapter.verb().run(story.companies.serialProcess(), Kind.either(random.nextInt(2)), known);
        } finally {
            injected.forEach(InjectedFault::remove);
        }
        story.checkAfter(chapter);
    }
}

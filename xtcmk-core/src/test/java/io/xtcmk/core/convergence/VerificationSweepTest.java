package io.xtcmk.core.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.core.convergence.Verb.Kind;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.testing.FakeSnapshot;
import io.xtcmk.testing.Fault;
import io.xtcmk.testing.InjectedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every fault at every request of a verification of a sound chain, with both tenants in sight and as the managed identity.
 * What passes is asked again; what does not pass soon is told as what it is, and never as somebody's doing.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class VerificationSweepTest {
    /** What is left of a link's state when nobody answers for it, or for one that it rests on. */
    private static final Set<State> NOT_KNOWN = Set.of(State.UNREACHABLE, State.UNSEEN);

    private final Story story = Story.ofPhases();
    private final FakeSnapshot sound;

    VerificationSweepTest() {
        story.companies.azure.clock().advance(Duration.ofMinutes(15));
        sound = story.companies.azure.snapshot();
    }

    private Diagnosis verify(Kind kind) {
        return story.verify(story.companies.serialProcess(), kind);
    }

    private int requests() {
        story.companies.azure.clearCalls();
        assertThat(verify(Kind.BLOCKING).isSound()).isTrue();
        return story.companies.azure.calls().size();
    }

    @Test
    void faultThatPasses_isAskedAgain() {
        Cases cases = new Cases();
        int requests = requests();
        Map<String, Fault> faults = new TreeMap<>(FaultSweepTest.FAULTS);
        // Longer than somebody who wants to know how things are will wait.
        faults.keySet().removeAll(List.of("429 with a date", "slow answer", "time-out"));
        faults.forEach((name, fault) -> everywhere(
                requests,
                (i, kind) -> cases.run(
                        name + " at request " + i + ", " + kind,
                        () -> Cases.check(disturbed(fault.afterCalls(i), kind).isSound(), "not sound"))));
        cases.report("verification: " + faults.size() + " faults × " + requests + " requests × 2 kinds");
    }

    @Test
    void faultThatLasts_isNobodysDoing() {
        Cases cases = new Cases();
        int requests = requests();
        FaultSweepTest.FAULTS.forEach((name, fault) -> everywhere(
                requests,
                (i, kind) -> cases.run(name + " from request " + i + " on, " + kind, () -> {
                    Diagnosis diagnosis = disturbed(fault.afterCalls(i).always(), kind);
                    List<DiagnosedLink> told = new ArrayList<>(diagnosis.links());
                    told.removeIf(link -> link.state() == State.HOLDS || NOT_KNOWN.contains(link.state()));
                    Cases.check(told.isEmpty(), told.toString());
                    Cases.check(
                            diagnosis.findings().isEmpty(), diagnosis.findings().toString());
                })));
        cases.report("verification: " + FaultSweepTest.FAULTS.size() + " lasting faults × " + requests
                + " requests × 2 kinds");
    }

    private interface Place {
        void at(int request, Kind kind);
    }

    private static void everywhere(int requests, Place place) {
        for (int i = 0; i < requests; i++) {
            for (Kind kind : Kind.values()) {
                place.at(i, kind);
            }
        }
    }

    private Diagnosis disturbed(Fault fault, Kind kind) {
        story.companies.azure.restore(sound);
        InjectedFault injected = story.companies.azure.inject(fault);
        try {
            Diagnosis diagnosis = verify(kind);
            Cases.check(injected.strikes() > 0, "it did not strike");
            return diagnosis;
        } finally {
            injected.remove();
        }
    }
}

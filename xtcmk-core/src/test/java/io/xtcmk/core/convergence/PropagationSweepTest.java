package io.xtcmk.core.convergence;

import io.xtcmk.Definition;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.convergence.Companies.Program;
import io.xtcmk.core.convergence.ProcessDeathTest.Killer;
import io.xtcmk.core.convergence.Story.Chapter;
import io.xtcmk.core.convergence.Verb.Kind;
import io.xtcmk.exception.ConsentRequiredException;
import io.xtcmk.exception.KeyAccessException;
import io.xtcmk.exception.PropagationTimeoutException;
import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakePrincipal;
import io.xtcmk.testing.Fault;
import io.xtcmk.testing.InjectedFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was done becomes visible late, by any time up to the worst that Azure documents; or never. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class PropagationSweepTest {
    /** Pauses between two looks: a look comes at most so much too late. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final Duration ROLES = Duration.ofMinutes(10);
    private static final Duration DIRECTORY = Duration.ofMinutes(2);
    /** With pauses of 1, 2, 4, 8, 16 and then 30 seconds, ten minutes have no more looks. */
    private static final int MOST_PROBES = 26;

    private final Story story = Story.ofPhases();
    private final FakeAzure azure = story.companies.azure;

    /** What can be late, and by how much at the most. */
    private enum Late {
        DIRECTORY_OBJECTS(DIRECTORY, FakeAzure::directoryReplication),
        CREDENTIALS(ROLES, FakeAzure::credentialPropagation),
        ROLES_OF_KEYS(ROLES, FakeAzure::rolePropagation),
        VAULT_NAMES(DIRECTORY, FakeAzure::vaultDns);

        private final Duration worst;

        @SuppressWarnings("ImmutableEnumChecker") // a method
        private final BiConsumer<FakeAzure, Duration> setting;

        Late(Duration worst, BiConsumer<FakeAzure, Duration> setting) {
            this.worst = worst;
            this.setting = setting;
        }
    }

    private Known begin(Late late, Duration by) {
        Known known = story.backTo(story.chapters.get(0));
        late.setting.accept(azure, by);
        return known;
    }

    @Test
    void everyDelay_isWaitedForAndNoLonger() {
        Cases cases = new Cases();
        for (Late late : Late.values()) {
            for (Duration by = Duration.ZERO; by.compareTo(late.worst) <= 0; by = by.plusSeconds(5)) {
                Duration delay = by;
                cases.run(late + " by " + delay, () -> waitedFor(late, delay));
            }
        }
        cases.report("every delay of four kinds from zero to two and ten minutes, in steps of five seconds");
    }

    private void waitedFor(Late late, Duration delay) {
        Known known = begin(late, delay);
        for (Chapter chapter : story.chapters) {
            Instant began = azure.clock().now();
            known = chapter.verb().run(story.companies.serialProcess(), Kind.BLOCKING, known);
            Duration took = Duration.between(began, azure.clock().now());
            // Each look is at most as late as the time waited before it, and never later than the longest pause.
            Duration tooLate = delay.compareTo(LONGEST_PAUSE) < 0 ? delay.plusSeconds(1) : LONGEST_PAUSE;
            Duration most = chapter.took().plus(delay).plus(tooLate);
            Cases.check(took.compareTo(most) <= 0, chapter + " took " + took + ", more than " + most);
        }
        story.checkAfter(story.chapters.get(story.chapters.size() - 1));
    }

    @Test
    void shorterDeadline_isToldWithWhatWasWaitedFor() {
        Cases cases = new Cases();
        // A vault's name belongs to the operation that makes the vault.
        for (Late late : List.of(Late.DIRECTORY_OBJECTS, Late.CREDENTIALS, Late.ROLES_OF_KEYS)) {
            for (int seconds = 0; seconds <= 100; seconds += 4) {
                Duration patience = Duration.ofSeconds(seconds);
                for (Kind kind : Kind.values()) {
                    cases.run(late + ", patience " + patience + ", " + kind, () -> tooLate(late, patience, kind));
                }
            }
        }
        cases.report("deadlines from zero to 100 seconds, shorter than each delay × 2 kinds");
    }

    private void tooLate(Late late, Duration patience, Kind kind) {
        Known known = begin(late, late.worst);
        int timeouts = 0;
        for (Chapter chapter : story.chapters) {
            try {
                known = impatient(chapter.verb(), kind, known, patience);
            } catch (PropagationTimeoutException e) {
                timeouts++;
                Cases.check(!e.waitedFor().isBlank(), "it does not say for what it waited");
                Cases.check(e.waited().compareTo(patience) <= 0, "waited " + e.waited());
                Cases.check(e.probes() >= 1 && e.probes() <= MOST_PROBES, e.probes() + " probes");
                azure.clock().advance(late.worst);
                known = chapter.verb().run(story.companies.serialProcess(), kind, known);
            }
        }
        Cases.check(timeouts > 0, "nothing was too late");
        story.checkAfter(story.chapters.get(story.chapters.size() - 1));
    }

    private <D extends Definition<D>> Known impatient(Verb<D, ?> verb, Kind kind, Known known, Duration patience) {
        return verb.run(
                story.companies.serialProcess(), kind, known, definition -> definition.propagationTimeout(patience));
    }

    /** That an answer was lost must not make a run forget that what it made is fresh. */
    @Test
    void lostRepliesAndDeaths_doNotForgetWhatIsFresh() {
        Cases cases = new Cases();
        for (Chapter chapter : story.chapters.subList(0, 2)) {
            for (int i = 0; i < chapter.requests().size(); i++) {
                Fault lost = Fault.dropReply().afterCalls(i);
                Killer killer = new Killer(i, true);
                String where = " at " + chapter.requests().get(i) + " of " + chapter;
                cases.run("lost reply" + where, () -> slowWorld(chapter, lost, null));
                cases.run("death" + where, () -> slowWorld(chapter, null, killer));
            }
        }
        cases.report("lost replies and deaths at each request of phases 1 and 2, with everything late");
    }

    private void slowWorld(Chapter struck, @Nullable Fault fault, @Nullable Killer killer) {
        Known known = begin(Late.CREDENTIALS, Duration.ofMinutes(6));
        azure.rolePropagation(Duration.ofMinutes(4)).directoryReplication(Duration.ofSeconds(40));
        for (Chapter chapter : story.chapters) {
            if (chapter.equals(struck) && killer != null) {
                die(chapter, known, killer);
            }
            List<InjectedFault> injected =
                    chapter.equals(struck) && fault != null ? List.of(azure.inject(fault)) : List.of();
            known = chapter.verb().run(story.companies.serialProcess(), Kind.BLOCKING, known);
            injected.forEach(InjectedFault::remove);
        }
        story.checkAfter(story.chapters.get(story.chapters.size() - 1));
    }

    private void die(Chapter chapter, Known known, Killer killer) {
        Line line = new Line(azure.httpClient(), killer);
        Program mortal = story.companies.process(line, azure.clock(), Runnable::run);
        killer.witness(() -> chapter.verb().run(mortal, Kind.BLOCKING, known));
    }

    /** The role is taken away between the phases: after a fresh grant it is waited for, though not for good. */
    @Test
    void revokedRole_isToldFromNotYet() {
        Cases cases = new Cases();
        for (Chapter chapter : story.chapters.subList(2, 4)) {
            for (int minutes = 0; minutes <= 20; minutes++) {
                Duration since = Duration.ofMinutes(minutes);
                for (Kind kind : Kind.values()) {
                    cases.run(chapter + " " + since + " after the grant, " + kind, () -> revoked(chapter, since, kind));
                }
            }
        }
        cases.report("a role removed, 0 to 20 minutes after its grant × 2 services × 2 kinds");
    }

    private void revoked(Chapter chapter, Duration since, Kind kind) {
        Known known = story.backTo(chapter);
        String key = known.key().knownVaultId().orElseThrow() + "/keys/contoso-cmk";
        story.companies.fabrikam.revoke(
                known.key().servicePrincipalId().value(), "Key Vault Crypto Service Encryption User", key);
        azure.clock().advance(since);
        Instant grant = known.key().grantedAt();
        Instant began = azure.clock().now();
        try {
            chapter.verb().run(story.companies.serialProcess(), kind, known);
            throw new AssertionError("it succeeded without the role");
        } catch (PropagationTimeoutException e) {
            Cases.check(began.isBefore(grant.plus(ROLES)), "it waited for an old grant");
            Cases.check(e.probes() <= MOST_PROBES, e.probes() + " probes");
            Duration overdue = Duration.between(grant.plus(ROLES), azure.clock().now());
            Cases.check(overdue.compareTo(Duration.ofMinutes(1)) < 0, "it waited " + overdue + " too long");
        } catch (KeyAccessException e) {
            Cases.check(!began.isBefore(grant.plus(ROLES)), "it did not wait for a fresh grant");
        }
    }

    /** Who may not install applications is told so by two requests: the try, and a look whether somebody else did. */
    @Test
    void refusedConsent_isNotWaitedFor() {
        Cases cases = new Cases();
        for (Kind kind : Kind.values()) {
            cases.run("refused consent, " + kind, () -> refused(kind));
        }
        cases.report("consent refused × 2 kinds");
    }

    private void refused(Kind kind) {
        Chapter phase2 = story.chapters.get(1);
        Known known = story.backTo(phase2);
        FakePrincipal nobody = story.companies.fabrikam.newPrincipal("nobody", "Directory Readers");
        nobody.grant("Owner", "/subscriptions/" + story.companies.fabrikam.subscriptionId());
        Program process = story.companies.serialProcess();
        List<String> graph = new ArrayList<>();
        Runnable end = azure.onCall(call -> {
            if (call.url().getHost().startsWith("graph.")) {
                graph.add(call.method());
            }
        });
        Instant began = azure.clock().now();
        try {
            phase2.verb().run(process.withCustomer(as(nobody)), kind, known);
            throw new AssertionError("it succeeded without consent");
        } catch (ConsentRequiredException expected) {
            Cases.check(graph.size() == 2, "asked " + graph);
            Cases.check(azure.clock().now().equals(began), "it waited");
        } finally {
            end.run();
        }
    }

    private static TenantConnection as(FakePrincipal principal) {
        TenantConnection connection = principal.connection();
        return TenantConnection.builder()
                .tenantId(connection.tenantId())
                .subscriptionId(connection.subscriptionId())
                .credential(connection.credential())
                .httpClient(connection.httpClient().orElseThrow())
                .timeSource(connection.timeSource())
                .executor(Runnable::run)
                .build();
    }
}

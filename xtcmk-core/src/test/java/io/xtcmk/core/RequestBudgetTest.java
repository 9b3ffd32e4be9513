package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.testing.RecordedCall;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How many requests each phase makes, by service: when it begins with nothing, and when all is in place. */
class RequestBudgetTest extends EncryptionScenario {
    private static final Map<String, String> SERVICES = Map.of(
            "login.microsoftonline.com", "login",
            "graph.microsoft.com", "graph",
            "management.azure.com", "management");

    /** Requests by service. Each run has a connection of its own, so that tokens are counted too. */
    private Map<String, Long> count(Runnable run) {
        azure.clearCalls();
        run.run();
        Map<String, Long> counts = new TreeMap<>();
        for (RecordedCall call : azure.calls()) {
            counts.merge(SERVICES.getOrDefault(call.url().getHost(), "vault"), 1L, Long::sum);
        }
        return counts;
    }

    private String calls() {
        return String.join(
                "\n", azure.calls().stream().map(RecordedCall::toString).toList());
    }

    private void assertBudget(Runnable run, Map<String, Long> budget) {
        assertThat(count(run)).as(this::calls).isEqualTo(budget);
    }

    private void assertBudgets(Runnable run, Map<String, Long> first, Map<String, Long> again) {
        assertBudget(run, first);
        assertBudget(run, again);
    }

    @Test
    void phase1_budget() {
        assertBudgets(
                () -> phase1On(provider()).createFederatedApp(),
                Map.of("login", 2L, "graph", 3L, "management", 3L),
                Map.of("login", 2L, "graph", 2L, "management", 1L));
    }

    @Test
    void phase2_budget() {
        FederatedApp app = super.phase1();
        assertBudgets(
                () -> super.phase2(app),
                Map.of("login", 2L, "graph", 1L, "management", 7L),
                Map.of("login", 2L, "graph", 2L, "management", 3L));
    }

    /** The vault is asked, without a token, to which tenant it belongs: before any resource is, and each time anew. */
    @Test
    void storage_budget() {
        FederatedApp app = super.phase1();
        AuthorizedKey key = super.phase2(app);
        assertBudgets(
                () -> storage(app, key).create(),
                Map.of("login", 1L, "management", 4L, "vault", 1L),
                Map.of("login", 1L, "management", 1L, "vault", 1L));
    }

    @Test
    void sqlServer_budget() {
        FederatedApp app = super.phase1();
        AuthorizedKey key = super.phase2(app);
        assertBudgets(
                () -> sql(app, key).create(),
                Map.of("login", 1L, "management", 11L, "vault", 1L),
                Map.of("login", 1L, "management", 3L, "vault", 1L));
    }

    @Test
    void allPhases_areFewerThanTheFiftyByCommandLine() {
        FederatedApp[] app = new FederatedApp[1];
        AuthorizedKey[] key = new AuthorizedKey[1];
        List<Long> phases = List.of(
                total(() -> app[0] = super.phase1()),
                total(() -> key[0] = super.phase2(app[0])),
                total(() -> storage(app[0], key[0]).create()),
                total(() -> sql(app[0], key[0]).create()));

        assertThat(phases.stream().mapToLong(Long::longValue).sum()).isEqualTo(36);
    }

    private long total(Runnable run) {
        return count(run).values().stream().mapToLong(Long::longValue).sum();
    }
}

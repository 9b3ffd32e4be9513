package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.ResourceHealing;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.KeyAccessException;
import io.xtcmk.exception.PropagationTimeoutException;
import io.xtcmk.exception.ResourceMissingException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.PlannedStep;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.StepOutcome;
import io.xtcmk.model.StepOutcome.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The customer's key is away and comes back, and SQL does not open its databases again by itself: after half an hour
 * without the key (learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-overview, "Inaccessible
 * TDE protector").
 */
class HealingTest extends EncryptionScenario {
    private final FederatedApp app = phase1();
    private final AuthorizedKey key = phase2(app);
    private @Nullable EncryptedResource server;

    @BeforeEach
    void serverWithDatabase() {
        server = sql(app, key).create();
        made(
                contoso,
                serverId + "/databases/orders",
                SQL_VERSION,
                object("location", "westeurope", "sku", object("name", "S0")));
    }

    private EncryptedResource encrypted() {
        return Objects.requireNonNull(server);
    }

    private void keyIsAwayFor(Duration time) {
        enableKey(false);
        azure.clock().advance(time);
        enableKey(true);
    }

    private Object status() {
        return Objects.requireNonNull(
                arm(contoso, serverId + "/databases/orders", SQL_VERSION).at("properties.status"));
    }

    private ResourceHealing healing() {
        return CrossTenantCmk.provider(provider())
                .sql("rg-data", "sql-fabrikam")
                .healing();
    }

    private static DiagnosedLink.Remedy remedy(Diagnosis diagnosis) {
        return diagnosis.link(Kind.RESOURCE_SETTING).orElseThrow().knownRemedy().orElseThrow();
    }

    @Test
    void heal_opensWhatStayedClosed_andThenHasNothingToDo() {
        keyIsAwayFor(Duration.ofMinutes(40));
        assertThat(status()).isEqualTo("Inaccessible");
        azure.clearCalls();

        StepOutcome healed = healing().heal();

        assertThat(healed.step() + " " + healed.change()).isEqualTo("databases UPDATED");
        assertThat(writtenPaths()).containsExactly("POST revalidate");
        assertThat(status()).isEqualTo("Online");
        azure.clearCalls();
        assertThat(healing().heal().change()).isEqualTo(Change.UNCHANGED);
        assertThat(serviceCalls()).hasSize(1);
    }

    @Test
    void heal_asynchronously() {
        keyIsAwayFor(Duration.ofMinutes(40));

        assertThat(Objects.requireNonNull(healing().healAsync().block()).change())
                .isEqualTo(Change.UPDATED);
        assertThat(status()).isEqualTo("Online");
    }

    @Test
    void plan_saysWhatIsClosed_andWhichRoleOpensIt() {
        keyIsAwayFor(Duration.ofMinutes(40));
        azure.clearCalls();

        PlannedStep planned = Drift.step(healing().plan(), "databases");

        assertThat(planned.action()).isEqualTo(PlannedStep.Action.UPDATE);
        assertThat(planned.differences()).singleElement().asString().contains("Inaccessible: orders");
        assertThat(planned.roles()).extracting(RequiredRole::name).containsExactly("SQL Server Contributor");
        assertThat(writes()).isEmpty();
    }

    @Test
    void heal_whileTheKeyIsAway_saysSo() {
        enableKey(false);
        azure.clock().advance(Duration.ofMinutes(40));

        KeyAccessException refused =
                catchThrowableOfType(KeyAccessException.class, () -> healing().heal());

        assertThat(refused.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(status()).isEqualTo("Inaccessible");
    }

    @Test
    void heal_ofAMissingServer_saysThatItIsNotThere() {
        assertThatThrownBy(() -> CrossTenantCmk.provider(provider())
                        .sql("rg-data", "sql-nobody")
                        .healing()
                        .heal())
                .isInstanceOf(ResourceMissingException.class)
                .hasMessageContaining("It is not there");
    }

    @Test
    void heal_ofAStorageAccount_hasNothingToDo() {
        storage(app, key).create();
        keyIsAwayFor(Duration.ofMinutes(40));

        assertThat(storage(app, key).healing().heal().change()).isEqualTo(Change.UNCHANGED);
        assertThatThrownBy(() -> CrossTenantCmk.provider(provider())
                        .storage("rg-data", "stnobody")
                        .healing()
                        .heal())
                .isInstanceOf(ResourceMissingException.class);
    }

    @Test
    void createAndUpdate_openWhatIsClosed_insteadOfCallingItUnchanged() {
        keyIsAwayFor(Duration.ofMinutes(40));
        assertThat(sql(app, key).plan().hasChanges()).isTrue();

        assertThat(changes(sql(app, key).update().outcomes()))
                .containsExactly("sqlServer UNCHANGED", "encryptionProtector UNCHANGED", "databases UPDATED");
        assertThat(status()).isEqualTo("Online");

        keyIsAwayFor(Duration.ofMinutes(40));
        assertThat(changes(sql(app, key).create().outcomes())).contains("databases UPDATED");
        assertThat(status()).isEqualTo("Online");
        assertThat(changes(sql(app, key).create().outcomes()))
                .containsExactly("resourceGroup UNCHANGED", "sqlServer UNCHANGED", "encryptionProtector UNCHANGED");
    }

    @Test
    void verify_afterTheKeyIsBack_doesNotBlameTheCustomer() {
        keyIsAwayFor(Duration.ofMinutes(40));
        var verification = CrossTenantCmk.provider(provider()).verification(encrypted());

        DiagnosedLink.Remedy alone = remedy(verification.verify());
        DiagnosedLink.Remedy both = remedy(verification.customer(customer()).verify());

        assertThat(alone.code()).isEqualTo("DatabasesInaccessible");
        assertThat(alone.actor()).isEqualTo(Actor.PROVIDER);
        assertThat(alone.fix()).contains("heal()");
        assertThat(both.code()).isEqualTo("DatabasesNotReopened");
        assertThat(both.actor()).isEqualTo(Actor.PROVIDER);
        assertThat(both.likelyCause()).contains("by themselves within an hour");
        assertThat(both.fix()).contains("heal()");
    }

    @Test
    void verify_whileTheKeyIsAway_saysWhatTheCustomerMustMend() {
        enableKey(false);
        azure.clock().advance(Duration.ofMinutes(40));

        Diagnosis diagnosis = CrossTenantCmk.provider(provider())
                .verification(encrypted())
                .customer(customer())
                .verify();

        assertThat(diagnosis.firstBroken().orElseThrow().kind()).isEqualTo(Kind.KEY);
        assertThat(remedy(diagnosis).actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(remedy(diagnosis).likelyCause()).contains("SQL closed databases");
        assertThat(remedy(diagnosis).fix()).contains("heal()");
    }

    /** Revalidated, but a large database opens hours later. */
    @Test
    void heal_waitsUntilDatabasesAreOpen_butNotForEver() {
        keyIsAwayFor(Duration.ofMinutes(40));
        Instant opened = azure.clock().now().plus(Duration.ofMinutes(10));
        HttpClient slow = new Intercepted(azure.httpClient(), (request, onward) -> {
            var response = onward.send();
            boolean closed = request.getUrl().getPath().endsWith("/inaccessibleDatabases")
                    && azure.clock().now().isBefore(opened);
            return closed ? Intercepted.rewritten(request, response, "{\"value\":[{\"name\":\"orders\"}]}") : response;
        });
        ResourceHealing healing = CrossTenantCmk.provider(over(provider(), slow))
                .sql("rg-data", "sql-fabrikam")
                .healing();

        assertThatThrownBy(
                        () -> healing.propagationTimeout(Duration.ofMinutes(2)).heal())
                .isInstanceOf(PropagationTimeoutException.class)
                .hasMessageContaining("the databases to open");
        azure.clearCalls();
        assertThat(healing.propagationTimeout(Duration.ofMinutes(30)).heal().change())
                .isEqualTo(Change.UPDATED);
        assertThat(writtenPaths()).as("asked once").containsExactly("POST revalidate");
        assertThat(azure.clock().now()).isAfterOrEqualTo(opened);
    }
}

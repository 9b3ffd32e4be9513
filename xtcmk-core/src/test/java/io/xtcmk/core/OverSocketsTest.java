package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.xtcmk.CrossTenantCmk;
import io.xtcmk.ProviderVerification;
import io.xtcmk.core.wire.Line;
import io.xtcmk.core.wire.Wired;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.OwnershipTag;
import io.xtcmk.model.Plan;
import io.xtcmk.model.StepOutcome;
import io.xtcmk.testing.RecordedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All that the library does, over TLS and sockets with each of azure-core's HTTP clients: the same requests, the same
 * answers, the same results, in the same time by the fake's clock as in process. The whole of the scenarios runs so where
 * the system property of {@link Line} is set, as continuous integration does.
 */
@Tag("in-process") // It chooses its lines itself.
class OverSocketsTest extends EncryptionScenario {
    private final List<String> told = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Wired.class)
    void everyVerb_doesWhatItDoesInProcess(Wired client) {
        OverSocketsTest inProcess = new OverSocketsTest();
        inProcess.story();

        try (Line sockets = Line.to(azure, Optional.of(client))) {
            assertThat(sockets.proxy()).isPositive();
            story();
        }

        assertThat(told).hasSizeGreaterThan(30).isEqualTo(inProcess.told);
        assertThat(requests()).hasSizeGreaterThan(200).isEqualTo(inProcess.requests());
        assertThat(azure.clock().now()).isEqualTo(inProcess.azure.clock().now());
    }

    private void story() {
        tell("phase 1", phase1On(provider()).plan());
        FederatedApp app = phase1();
        tell("phase 1", app.outcomes());
        tell("phase 1 again", phase1().outcomes());

        tell("phase 2", phase2On(customer(), app.clientId()).plan());
        OwnershipTag tag = OwnershipTag.issue("customer-42", fabrikam.tenantId());
        AuthorizedKey key =
                phase2On(customer(), app.clientId()).ownershipTag(tag.value()).authorize();
        tell("phase 2", key.outcomes());
        tell("phase 2 again", phase2(app).outcomes());
        tell("phase 2 planned again", phase2On(customer(), app.clientId()).plan());

        tell("storage", storage(app, key).plan());
        EncryptedResource account = storage(app, key).create();
        tell("storage", account.outcomes());
        tell("storage again", storage(app, key).create().outcomes());
        tell("storage planned again", storage(app, key).plan());
        EncryptedResource server = sql(app, key).create();
        tell("SQL", server.outcomes());
        tell("SQL again", sql(app, key).create().outcomes());
        String version = account.knownKeyInForce().orElseThrow().version();
        tell(
                "pinned",
                storage(app, key)
                        .pinKeyVersion(String.valueOf(version))
                        .update()
                        .outcomes());

        fabrikam.administrator().grant("Key Vault Crypto Officer", subscription(fabrikam));
        CrossTenantCmk.customer(customer()).key(key).rotate();
        tell(
                "pinned still",
                storage(app, key).pinKeyVersion(String.valueOf(version)).plan());
        tell("versionless", storage(app, key).update().outcomes());
        tell(
                "another key",
                storage(app, anotherKey(app, "kv-fabrikam-2", "other")).update().outcomes());
        tell("key again", storage(app, key).update().outcomes());
        tell(
                "proven",
                List.of(CrossTenantCmk.provider(provider())
                        .ownership(key)
                        .tag(tag)
                        .managedIdentity(
                                contoso.managedIdentity(app.identity().id().toString()))
                        .prove()
                        .reference()));
        azure.clock().advance(Duration.ofMinutes(11));
        verify(app, key, account, server);
        async(app, key);
        tell(
                "Microsoft's keys",
                List.of(CrossTenantCmk.provider(provider())
                        .storage("rg-data", "stfabrikam")
                        .withMicrosoftKeys()
                        .update()));
        refusals(app, key);
    }

    private void verify(FederatedApp app, AuthorizedKey key, EncryptedResource account, EncryptedResource server) {
        tell(
                "by customer",
                CrossTenantCmk.customer(customer()).verification(key).verify());
        tell("by provider", provider(app, key).verify());
        tell(
                "of storage",
                CrossTenantCmk.provider(provider()).verification(account).verify());
        tell("of SQL", CrossTenantCmk.provider(provider()).verification(server).verify());
        tell("by both", provider(app, key).customer(customer()).verify());
        tell(
                "by all",
                provider(app, key)
                        .customer(customer())
                        .asManagedIdentity(
                                contoso.managedIdentity(app.identity().id().toString()))
                        .verify());
    }

    private ProviderVerification provider(FederatedApp app, AuthorizedKey key) {
        return CrossTenantCmk.provider(provider()).verification(app, key);
    }

    private void async(FederatedApp app, AuthorizedKey key) {
        tell(
                "phase 1, async",
                phase1On(provider()).createFederatedAppAsync().block().outcomes());
        tell(
                "phase 2, async",
                phase2On(customer(), app.clientId()).authorizeAsync().block().outcomes());
        tell("storage, async", storage(app, key).updateAsync().block().outcomes());
        tell("verification, async", provider(app, key).verifyAsync().block());
    }

    private void refusals(FederatedApp app, AuthorizedKey key) {
        refused(
                "no such version",
                () -> storage(app, key).pinKeyVersion("0".repeat(32)).update());
        refused(
                "no such vault",
                () -> storage(
                                app,
                                AuthorizedKey.of(
                                        fabrikam.tenantId(),
                                        app.clientId(),
                                        "https://kv-nobodys.vault.azure.net/keys/k"))
                        .update());
        refused(
                "stranger to the account",
                () -> storageOn(contoso.newPrincipal("stranger").connection(), app, key)
                        .create());
    }

    private void refused(String what, Supplier<?> verb) {
        Throwable thrown = catchThrowable(verb::get);
        assertThat(thrown).isInstanceOf(CrossTenantCmkException.class);
        CrossTenantCmkException e = (CrossTenantCmkException) thrown;
        told.add(what + ": " + e.getClass().getSimpleName() + " " + e.step() + " "
                + e.azureAnswer().map(answer -> answer.status() + " " + answer.code()) + " " + e.actor());
    }

    private void tell(String what, List<?> outcomes) {
        told.add(what + ": "
                + outcomes.stream()
                        .map(o -> o instanceof StepOutcome step ? step.step() + " " + step.change() : o.toString())
                        .sorted()
                        .toList());
    }

    private void tell(String what, Plan plan) {
        told.add(what + ": "
                + plan.steps().stream()
                        .map(step -> step.step() + " " + step.action())
                        .sorted()
                        .toList());
    }

    private void tell(String what, Diagnosis diagnosis) {
        told.add(what + ": "
                + diagnosis.links().stream()
                        .map(link -> link.kind() + " " + link.state())
                        .toList());
    }

    /** By method, host, route, status and time; independent steps are free in their order. */
    private List<String> requests() {
        return azure.calls().stream()
                // azure-identity asks it once a process.
                .filter(call -> !call.route().contains("/discovery/instance"))
                .map(OverSocketsTest::request)
                .sorted()
                .toList();
    }

    private static String request(RecordedCall call) {
        return call.at() + " " + call.method() + " " + call.url().getHost() + " " + call.route() + " " + call.status();
    }
}

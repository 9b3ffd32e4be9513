package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.tracing.Tracer;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.StorageEncryption;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.telemetry.Recording;
import io.xtcmk.core.telemetry.Recording.Span;
import io.xtcmk.exception.PermissionMissingException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.testing.FakeTenant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a provider's operator sees of calls and steps in traces and metrics. */
class TelemetryTest extends Scenario {
    private final Recording recording = new Recording();

    private TenantConnection observed(TenantConnection connection) {
        return TenantConnection.builder()
                .tenantId(connection.tenantId())
                .subscriptionId(connection.subscriptionId())
                .credential(connection.credential())
                .httpClient(connection.httpClient().orElseThrow())
                .timeSource(connection.timeSource())
                .executor(connection.executor().orElseThrow())
                .clientOptions(recording.options())
                .build();
    }

    private List<Span> named(String prefix) {
        return recording.spans.stream().filter(s -> s.name.startsWith(prefix)).toList();
    }

    @Test
    void steps_areSpansBelowTheirCalls_andRequestsBelowTheirSteps() {
        phase1On(observed(provider())).createFederatedApp();

        assertThat(named("CrossTenantCmk.createFederatedApp")).hasSize(1).allMatch(span -> span.end.equals("ok"));
        assertThat(named("xtcmk."))
                .extracting(span -> span.name)
                .containsExactlyInAnyOrder(
                        "xtcmk.application",
                        "xtcmk.resourceGroup",
                        "xtcmk.managedIdentity",
                        "xtcmk.federatedIdentityCredential");
        assertThat(named("xtcmk.")).allSatisfy(span -> {
            assertThat(span.parent).isEqualTo("CrossTenantCmk.createFederatedApp");
            assertThat(span.end).isEqualTo("ok");
            assertThat(span.attributes)
                    .containsEntry("xtcmk.outcome", "CREATED")
                    .containsEntry("xtcmk.tenant", contoso.tenantId().toString());
        });
        List<Span> requests = recording.spans.stream()
                .filter(s -> s.attributes.containsKey("http.method") || s.name.startsWith("HTTP"))
                .toList();
        assertThat(requests).isNotEmpty();
        // Graph's requests are right below a step; Resource Manager's clients have a span of their own between.
        assertThat(requests)
                .filteredOn(span ->
                        String.valueOf(span.attributes.get("server.address")).equals("graph.microsoft.com"))
                .isNotEmpty()
                .allMatch(span -> span.parent.startsWith("xtcmk."));
        assertThat(recording.spans)
                .filteredOn(span -> span.name.startsWith("ManagedServiceIdentity"))
                .isNotEmpty()
                .allMatch(span -> span.parent.startsWith("xtcmk."));
    }

    @Test
    void steps_areMeasured() {
        phase1On(observed(provider())).createFederatedApp();

        assertThat(recording.measurements)
                .hasSize(4)
                .contains("xtcmk.step.duration {step=application, outcome=CREATED} s");
    }

    @Test
    void measurement_isInSeconds() {
        azure.latency("PATCH", "/{version}/applications(uniqueName='{uniqueName}')", Duration.ofMillis(1500));

        phase1On(observed(provider())).createFederatedApp();

        assertThat(recording.values).hasSize(4).contains(1.5);
    }

    @Test
    void subscribersSpan_isTheParent() {
        phase1On(observed(provider()))
                .createFederatedAppAsync()
                .contextWrite(context -> context.put(Tracer.PARENT_TRACE_CONTEXT_KEY, "the subscriber's"))
                .block();

        assertThat(named("CrossTenantCmk.createFederatedApp"))
                .singleElement()
                .satisfies(span -> assertThat(span.parent).isEqualTo("the subscriber's"));
    }

    @Test
    void plan_isASpan_withoutSteps() {
        phase1On(observed(provider())).plan();

        assertThat(named("CrossTenantCmk.plan")).hasSize(1).allMatch(span -> span.end.equals("ok"));
        assertThat(recording.measurements).isEmpty();
    }

    @Test
    void failure_isNamedByItsCode() {
        FakeTenant tenant = contoso;
        TenantConnection reader = observed(tenant.newPrincipal("reader").connection());

        assertThatThrownBy(() -> phase1On(reader).createFederatedApp()).isInstanceOf(PermissionMissingException.class);

        assertThat(named("xtcmk.application"))
                .singleElement()
                .satisfies(span -> assertThat(span.end).isEqualTo("Authorization_RequestDenied"));
        assertThat(named("CrossTenantCmk.createFederatedApp"))
                .singleElement()
                .satisfies(span -> assertThat(span.end).isEqualTo("PermissionMissingException"));
    }

    @Test
    void spans_areNamedAfterTheVerbThatIsCalled() {
        TenantConnection customers = observed(customer());
        FederatedApp app = phase1On(observed(provider())).createFederatedApp();
        AuthorizedKey key = phase2On(customers, app.clientId()).authorize();
        StorageEncryption account = CrossTenantCmk.provider(observed(provider()))
                .storage("rg-fabrikam", "stfabrikam42")
                .federatedApp(app)
                .withCustomerKey(key);
        account.create();
        account.withMicrosoftKeys().update();
        account.healing().heal();

        assertThat(named("CrossTenantCmk."))
                .extracting(span -> span.name.substring("CrossTenantCmk.".length()))
                .containsExactly("createFederatedApp", "authorize", "create", "update", "heal");
    }

    @Test
    void verification_isASpan_aboveItsRequests() {
        FederatedApp app = phase1();
        AuthorizedKey key = phase2(app);

        CrossTenantCmk.provider(observed(provider())).verification(app, key).verify();

        assertThat(named("CrossTenantCmk.verify"))
                .singleElement()
                .satisfies(span -> assertThat(span.end).isEqualTo("ok"));
        assertThat(recording.spans)
                .filteredOn(span -> span.attributes.containsKey("http.method") || span.name.startsWith("HTTP"))
                .isNotEmpty()
                .noneMatch(span -> span.parent.equals("none"));
        assertThat(recording.spans)
                .filteredOn(span ->
                        String.valueOf(span.attributes.get("server.address")).equals("graph.microsoft.com"))
                .isNotEmpty()
                .allMatch(span -> span.parent.equals("CrossTenantCmk.verify"));
        assertThat(Recording.isInSpan()).as("afterwards").isFalse();
    }

    @Test
    void verification_isBelowItsSubscribersSpan() {
        FederatedApp app = phase1();
        AuthorizedKey key = phase2(app);

        CrossTenantCmk.provider(observed(provider()))
                .verification(app, key)
                .verifyAsync()
                .contextWrite(context -> context.put(Tracer.PARENT_TRACE_CONTEXT_KEY, "the subscriber's"))
                .block();

        assertThat(named("CrossTenantCmk.verify"))
                .singleElement()
                .satisfies(span -> assertThat(span.parent).isEqualTo("the subscriber's"));
    }
}

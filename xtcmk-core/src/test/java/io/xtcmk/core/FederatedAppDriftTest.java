package io.xtcmk.core;

import static io.xtcmk.model.PlannedStep.Action.CONFLICT;
import static io.xtcmk.model.PlannedStep.Action.CREATE;
import static io.xtcmk.model.PlannedStep.Action.NONE;
import static io.xtcmk.model.PlannedStep.Action.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.management.Region;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.FederatedAppDefinition;
import io.xtcmk.model.FederatedApp;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Phase 1: whatever somebody changes of what {@code createFederatedApp()} set is told, and set again or refused. */
class FederatedAppDriftTest extends Scenario {
    private static final String APPLICATION = "/applications(uniqueName='contoso-cmk')";
    private static final String CREDENTIAL = APPLICATION + "/federatedIdentityCredentials/id-cmk";
    private static final String BACK = "https://contoso.example/consented";
    private static final String OTHER = new UUID(5, 6).toString();

    private final FederatedApp app = definition().createFederatedApp();

    private FederatedAppDefinition definition() {
        return phase1On(provider()).displayName("Contoso encryption").redirectUri(URI.create(BACK));
    }

    private String issuer() {
        return "https://login.microsoftonline.com/" + contoso.tenantId() + "/v2.0";
    }

    private String principal() {
        return app.identity().principalId().toString();
    }

    static Stream<Named<Drift<FederatedAppDriftTest>>> drifts() {
        return Stream.of(
                application(UPDATE, "displayName", "Contoso encryption", "Mine", object("displayName", "Mine")),
                application(
                        UPDATE,
                        "web.redirectUris",
                        "with [" + BACK + "]",
                        "[https://else.example/]",
                        object("web", object("redirectUris", List.of("https://else.example/")))),
                application(
                        CONFLICT,
                        "signInAudience",
                        "AzureADMultipleOrgs",
                        "AzureADMyOrg",
                        object("signInAudience", "AzureADMyOrg")),
                application(
                        CONFLICT,
                        "keyCredentials",
                        "none",
                        "1",
                        object(
                                "keyCredentials",
                                List.of(object("type", "AsymmetricX509Cert", "usage", "Verify", "key", "MIIBIjAN")))),
                application(
                        CONFLICT,
                        "requiredResourceAccess",
                        "none",
                        "1",
                        object(
                                "requiredResourceAccess",
                                List.of(object(
                                        "resourceAppId",
                                        "00000003-0000-0000-c000-000000000000",
                                        "resourceAccess",
                                        List.of(object("id", OTHER, "type", "Scope")))))),
                Drift.of(
                        "application",
                        CONFLICT,
                        "passwordCredentials",
                        "none",
                        "1",
                        t -> graph(
                                t.contoso,
                                "POST",
                                "/applications/" + t.app.objectId() + "/addPassword",
                                object("passwordCredential", object("displayName", "theirs")))),
                Drift.of(
                        "federatedIdentityCredential",
                        CONFLICT,
                        "issuer",
                        t -> t.issuer(),
                        t -> "https://else.example",
                        t -> t.patched(CREDENTIAL, object("issuer", "https://else.example"))),
                Drift.of(
                        "federatedIdentityCredential",
                        CONFLICT,
                        "subject",
                        t -> t.principal(),
                        t -> OTHER,
                        t -> t.patched(CREDENTIAL, object("subject", OTHER))),
                Drift.of(
                        "federatedIdentityCredential",
                        CONFLICT,
                        "audiences",
                        "[api://AzureADTokenExchange]",
                        "[api://AzureADTokenExchangeUSGov]",
                        t -> t.patched(CREDENTIAL, object("audiences", List.of("api://AzureADTokenExchangeUSGov")))));
    }

    private static Named<Drift<FederatedAppDriftTest>> application(
            io.xtcmk.model.PlannedStep.Action action,
            String property,
            String expected,
            String actual,
            Map<String, Object> patch) {
        return Drift.of("application", action, property, expected, actual, t -> t.patched(APPLICATION, patch));
    }

    private void patched(String path, Map<String, Object> body) {
        Reply reply = graph(contoso, "PATCH", path, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    }

    @ParameterizedTest
    @MethodSource("drifts")
    void changed_isToldAndSetAgainOrRefused(Drift<FederatedAppDriftTest> drift) {
        assertThat(definition().plan().hasChanges()).isFalse();
        drift.change().accept(this);
        azure.clearCalls();

        drift.checkPlan(this, definition().plan());
        if (drift.action() == CONFLICT) {
            drift.checkRefusal(this, () -> definition().createFederatedApp());
            assertThat(writes()).isEmpty();
        } else {
            assertThat(changes(definition().createFederatedApp().outcomes())).contains("application UPDATED");
            assertThat(definition().plan().hasChanges()).isFalse();
        }
    }

    /** Issuer and subject are unique within an application: such a credential leaves no room for ours. */
    @Test
    void sameTrustForAnotherAudience_isToldWhateverItsName() {
        graph(contoso, "DELETE", CREDENTIAL, null);
        graph(
                contoso,
                "POST",
                APPLICATION + "/federatedIdentityCredentials",
                object(
                        "name",
                        "theirs",
                        "issuer",
                        issuer(),
                        "subject",
                        principal(),
                        "audiences",
                        List.of("api://AzureADTokenExchangeUSGov")));
        Drift<FederatedAppDriftTest> drift = new Drift<>(
                "federatedIdentityCredential",
                CONFLICT,
                "audiences",
                t -> "[api://AzureADTokenExchange]",
                t -> "[api://AzureADTokenExchangeUSGov]",
                t -> {});

        drift.checkPlan(this, definition().plan());
        drift.checkRefusal(this, () -> definition().createFederatedApp());
    }

    @Test
    void credentialRemoved_isPlannedAndMadeAgain() {
        graph(contoso, "DELETE", CREDENTIAL, null);

        assertThat(definition().plan().steps())
                .allSatisfy(s -> assertThat(s.action())
                        .isEqualTo(s.step().equals("federatedIdentityCredential") ? CREATE : NONE));
        assertThat(changes(definition().createFederatedApp().outcomes()))
                .contains("federatedIdentityCredential CREATED");
    }

    /** Resources are made where the identity is, unless told otherwise: so it must be where it is said to be. */
    @Test
    void identityInAnotherRegion_isRefusedUnlessNamedByItsId() {
        FederatedAppDefinition elsewhere = CrossTenantCmk.provider(provider())
                .application("contoso-cmk")
                .managedIdentity("rg-identities", "id-cmk", Region.EUROPE_NORTH);
        Drift<FederatedAppDriftTest> drift =
                new Drift<>("managedIdentity", CONFLICT, "location", t -> "northeurope", t -> "westeurope", t -> {});

        drift.checkRefusal(this, elsewhere::createFederatedApp);
        drift.checkPlan(this, elsewhere.plan());
        assertThat(CrossTenantCmk.provider(provider())
                        .application("contoso-cmk")
                        .managedIdentity(app.identity().id())
                        .plan()
                        .hasChanges())
                .isFalse();
    }
}

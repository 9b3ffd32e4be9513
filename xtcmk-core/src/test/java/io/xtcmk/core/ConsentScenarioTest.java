package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.xtcmk.ConsentFlow;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.exception.ConsentRefusedException;
import io.xtcmk.exception.ConsentRefusedException.Reason;
import io.xtcmk.exception.ConsentRequiredException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.StepOutcome.Change;
import io.xtcmk.testing.FakePrincipal;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Phase 2 with the consent URL: an administrator of the customer's installs the application in a browser. */
class ConsentScenarioTest extends Scenario {
    private static final URI BACK = URI.create("https://saas.contoso.com/consented");

    private FederatedApp appWithRedirect() {
        return phase1On(provider()).redirectUri(BACK).createFederatedApp();
    }

    private ConsentFlow flow(FederatedApp app) {
        return CrossTenantCmk.consent(app.clientId(), BACK)
                .timeSource(azure.clock())
                .build();
    }

    /** Keeps the vault, may look at the directory, and may not install applications. */
    private FakePrincipal keeper() {
        return fabrikam.newPrincipal("keeper", "Directory Readers").grant("Owner", subscription(fabrikam));
    }

    @Test
    void accepted_theServicePrincipalIsFound() {
        FederatedApp app = appWithRedirect();
        ConsentFlow flow = flow(app);

        URI returned = fabrikam.acceptConsent(flow.adminConsentUrl(fabrikam.tenantId(), "customer 7"));
        ConsentFlow.Consent consent = flow.accept(returned);
        AuthorizedKey key = phase2(app);

        assertThat(consent.reference()).isEqualTo("customer 7");
        assertThat(consent.tenantId()).isEqualTo(fabrikam.tenantId());
        assertThat(changeByStep(key.outcomes()))
                .containsEntry("servicePrincipal", Change.UNCHANGED)
                .containsEntry("roleAssignment", Change.CREATED);
        assertThat(key.servicePrincipalId())
                .isEqualTo(fabrikam.servicePrincipalOf(app.clientId()).orElseThrow());
    }

    /** The way for a company in which those who keep the vaults may not install applications. */
    @Test
    void accepted_whoMayNotInstallCanGoOn() {
        FederatedApp app = appWithRedirect();
        FakePrincipal keeper = keeper();
        assertThat(catchThrowableOfType(
                        ConsentRequiredException.class,
                        () -> phase2On(keeper.connection(), app.clientId()).authorize()))
                .isNotNull();
        fabrikam.acceptConsent(flow(app).adminConsentUrl(fabrikam.tenantId(), "customer 7"));

        AuthorizedKey key = phase2On(keeper.connection(), app.clientId()).authorize();

        assertThat(changeByStep(key.outcomes())).containsEntry("servicePrincipal", Change.UNCHANGED);
    }

    @Test
    void consentUrlOfTheException_installsToo() {
        FederatedApp app = appWithRedirect();
        FakePrincipal keeper = keeper();
        ConsentRequiredException refused = catchThrowableOfType(
                ConsentRequiredException.class,
                () -> phase2On(keeper.connection(), app.clientId()).authorize());

        fabrikam.acceptConsent(URI.create(refused.consentUrl() + "&redirect_uri=" + encoded(BACK.toString())));

        assertThat(phase2On(keeper.connection(), app.clientId()).authorize()).isNotNull();
    }

    @Test
    void declined_saysSoAndNothingIsInstalled() {
        FederatedApp app = appWithRedirect();
        ConsentFlow flow = flow(app);
        URI returned = fabrikam.declineConsent(flow.adminConsentUrl(fabrikam.tenantId(), "customer 7"));

        ConsentRefusedException refused =
                catchThrowableOfType(ConsentRefusedException.class, () -> flow.accept(returned));

        assertThat(refused.reason()).isEqualTo(Reason.REFUSED);
        assertThat(refused.reference()).contains("customer 7");
        assertThat(refused).hasMessageContaining("AADSTS65004");
        assertThat(fabrikam.servicePrincipalOf(app.clientId())).isEmpty();
    }

    @Test
    void olderForm_installsToo() {
        FederatedApp app = appWithRedirect();
        ConsentFlow flow = flow(app);

        URI returned = fabrikam.acceptConsent(flow.authorizeUrl(fabrikam.tenantId(), "customer 7"));

        assertThat(flow.accept(returned).reference()).isEqualTo("customer 7");
        assertThat(changeByStep(phase2(app).outcomes())).containsEntry("servicePrincipal", Change.UNCHANGED);
    }

    @Test
    void olderFormDeclined_saysSo() {
        FederatedApp app = appWithRedirect();
        ConsentFlow flow = flow(app);
        URI returned = fabrikam.declineConsent(flow.authorizeUrl(fabrikam.tenantId(), "customer 7"));

        assertThat(catchThrowableOfType(ConsentRefusedException.class, () -> flow.accept(returned))
                        .error())
                .contains("access_denied");
    }

    @Test
    void unregisteredRedirect_isRefusedOnEntrasPage() {
        FederatedApp app = phase1();

        assertThatThrownBy(() -> fabrikam.acceptConsent(flow(app).adminConsentUrl(fabrikam.tenantId(), "customer 7")))
                .hasMessageContaining("AADSTS50011");
        assertThat(fabrikam.servicePrincipalOf(app.clientId())).isEmpty();
    }

    @Test
    void urlOfOneTenant_isWorthNothingInAnother() {
        FederatedApp app = appWithRedirect();
        URI url = flow(app).adminConsentUrl(fabrikam.tenantId(), "customer 7");

        assertThatThrownBy(() -> azure.tenant("tailspin").acceptConsent(url)).hasMessageContaining("AADSTS50020");
    }

    @Test
    void returnedTwiceOrTooLate_isRefused() {
        FederatedApp app = appWithRedirect();
        ConsentFlow flow = flow(app);
        URI first = fabrikam.acceptConsent(flow.adminConsentUrl(fabrikam.tenantId(), "customer 7"));
        URI second = fabrikam.acceptConsent(flow.adminConsentUrl(fabrikam.tenantId(), "customer 8"));
        flow.accept(first);
        azure.clock().advance(Duration.ofHours(2));

        assertThat(catchThrowableOfType(ConsentRefusedException.class, () -> flow.accept(first))
                        .reason())
                .isEqualTo(Reason.UNKNOWN_STATE);
        assertThatThrownBy(() -> flow.accept(second)).isInstanceOf(ConsentRefusedException.class);
    }
}

package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.TenantConnection;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.WrongTenantException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.TenantId;
import io.xtcmk.testing.Fault;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A credential that ignores the tenant that it is asked for, as managed identities and some sign-ins do. */
class WrongTenantTest extends EncryptionScenario {

    private static TenantConnection with(TenantConnection connection, TokenCredential credential) {
        return TenantConnection.builder()
                .tenantId(connection.tenantId())
                .subscriptionId(connection.subscriptionId())
                .credential(credential)
                .httpClient(connection.httpClient().orElseThrow())
                .timeSource(connection.timeSource())
                .executor(connection.executor().orElseThrow())
                .build();
    }

    /** Signs in where it always does. */
    private static TokenCredential stubborn(TokenCredential credential) {
        return request -> credential.getToken(
                new TokenRequestContext().addScopes(request.getScopes().toArray(String[]::new)));
    }

    private TenantConnection contososWithFabrikamsCredential() {
        return with(provider(), stubborn(fabrikam.credential()));
    }

    private void assertRefused(ThrowingCallable call, TenantId expected, TenantId actual) {
        azure.clearCalls();
        WrongTenantException refused = catchThrowableOfType(WrongTenantException.class, call);
        assertThat(refused).isNotNull();
        assertThat(refused.tenantId()).isEqualTo(expected);
        assertThat(refused.actualTenantId()).isEqualTo(actual);
        assertThat(refused.likelyCause()).contains(expected.toString(), actual.toString());
        assertThat(refused.getMessage()).contains(expected.toString(), actual.toString());
        assertThat(refused.azureAnswer()).isEmpty();
        assertThat(writes()).isEmpty();
    }

    private void assertNothingSentRefused(ThrowingCallable call, TenantId expected, TenantId actual) {
        assertRefused(call, expected, actual);
        assertThat(serviceCalls()).as("requests, reads among them").isEmpty();
    }

    @Test
    void phase1_isRefusedBeforeAnyRequest() {
        TenantConnection connection = contososWithFabrikamsCredential();
        assertNothingSentRefused(
                () -> phase1On(connection).createFederatedApp(), contoso.tenantId(), fabrikam.tenantId());
        assertNothingSentRefused(() -> phase1On(connection).plan(), contoso.tenantId(), fabrikam.tenantId());
    }

    @Test
    void phase2_isRefusedBeforeAnyRequest_andItIsTheCustomerWhoMustAct() {
        FederatedApp app = phase1();
        TenantConnection connection = with(customer(), stubborn(contoso.credential()));
        assertNothingSentRefused(
                () -> phase2On(connection, app.clientId()).authorize(), fabrikam.tenantId(), contoso.tenantId());
        assertThat(catchThrowableOfType(
                                WrongTenantException.class,
                                () -> phase2On(connection, app.clientId()).plan())
                        .actor())
                .isEqualTo(Actor.CUSTOMER);
    }

    @Test
    void phase3_isRefusedBeforeAnyRequestOfResourceManager() {
        FederatedApp app = phase1();
        AuthorizedKey key = phase2(app);
        assertRefused(
                () -> CrossTenantCmk.provider(contososWithFabrikamsCredential())
                        .storage("rg-data", "stfabrikam")
                        .federatedApp(app)
                        .withCustomerKey(key)
                        .create(),
                contoso.tenantId(),
                fabrikam.tenantId());
        assertThat(serviceCalls())
                .extracting(call -> call.url().getHost())
                .as("only the vault, anonymously")
                .allMatch(host -> host.endsWith(".vault.azure.net"));
    }

    @Test
    void verification_saysNothingOfTheWrongTenant() {
        FederatedApp app = phase1();
        AuthorizedKey key = phase2(app);
        azure.clearCalls();

        Diagnosis diagnosis = CrossTenantCmk.provider(contososWithFabrikamsCredential())
                .verification(app, key)
                .verify();

        assertThat(diagnosis.links()).noneMatch(link -> link.state() == State.HOLDS || link.state() == State.BROKEN);
        assertThat(diagnosis.toString())
                .contains(contoso.tenantId().toString(), fabrikam.tenantId().toString());
        assertThat(serviceCalls()).allMatch(call -> call.url().getHost().endsWith(".vault.azure.net"));
    }

    // tokens that do not say of which tenant they are

    /** The same tokens, sealed before the library sees them and opened on the wire, as a broker may do it. */
    private static TenantConnection sealed(TenantConnection connection, TokenCredential credential) {
        Map<String, String> opened = new ConcurrentHashMap<>();
        // Not the map's size: two steps that sign in at the same moment would get one seal for two tokens.
        AtomicInteger seals = new AtomicInteger();
        TokenCredential sealing = request -> credential.getToken(request).map(token -> {
            String seal = "sealed-" + seals.getAndIncrement();
            opened.put("Bearer " + seal, "Bearer " + token.getToken());
            return new AccessToken(seal, token.getExpiresAt());
        });
        HttpClient real = connection.httpClient().orElseThrow();
        HttpClient opening = new Intercepted(real, (request, onward) -> {
            String seal = request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION);
            if (seal != null) {
                request.setHeader(HttpHeaderName.AUTHORIZATION, opened.getOrDefault(seal, seal));
            }
            return onward.send();
        });
        return TenantConnection.builder()
                .tenantId(connection.tenantId())
                .subscriptionId(connection.subscriptionId())
                .credential(sealing)
                .httpClient(opening)
                .timeSource(connection.timeSource())
                .executor(connection.executor().orElseThrow())
                .build();
    }

    @Test
    void opaqueTokens_areAskedForByReads_andChangeNothingInTheWrongTenant() {
        TenantConnection connection = sealed(provider(), stubborn(fabrikam.credential()));

        assertRefused(() -> phase1On(connection).createFederatedApp(), contoso.tenantId(), fabrikam.tenantId());
    }

    /** Resource Manager finds that itself: its refusal names both tenants. */
    @Test
    void subscriptionOfAnotherTenant_namesBoth() {
        TenantConnection connection = TenantConnection.builder()
                .tenantId(contoso.tenantId())
                .subscriptionId(fabrikam.subscriptionId())
                .credential(contoso.credential())
                .httpClient(azure.httpClient())
                .timeSource(azure.clock())
                .build();

        WrongTenantException refused = catchThrowableOfType(
                WrongTenantException.class, () -> phase1On(connection).plan());

        assertThat(refused.actualTenantId()).isEqualTo(fabrikam.tenantId());
        assertThat(refused).hasMessageContainingAll(contoso.tenantId().toString(), "the subscription belongs");
    }

    @Test
    void opaqueTokens_ofTheRightTenantWork_andAreAskedForOnce() {
        FederatedApp app = phase1On(sealed(provider(), contoso.credential())).createFederatedApp();

        assertThat(app.tenantId()).isEqualTo(contoso.tenantId());
        assertThat(azure.calls())
                .filteredOn(call -> call.url().getPath().equals("/v1.0/organization"))
                .hasSize(1);
        assertThat(azure.calls())
                .filteredOn(call -> call.url().getPath().equals(subscription(contoso)))
                .hasSize(1);
    }

    @Test
    void opaqueTokens_ofNobodyKnowsWhere_changeNothing() {
        azure.inject(Fault.fail(403, "Authorization_RequestDenied")
                .on("GET", "/{version}/organization")
                .always());
        azure.inject(Fault.fail(403, "AuthorizationFailed")
                .on("GET", "/subscriptions/{subscription}")
                .always());

        CrossTenantCmkException refused = catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> phase1On(sealed(provider(), contoso.credential())).createFederatedApp());

        assertThat(refused.likelyCause())
                .contains("Nobody knows in which tenant")
                .contains("403");
        assertThat(refused.fix()).contains("Organization.Read.All");
        assertThat(writes()).isEmpty();
    }
}

package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenCredential;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonWriter;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.Finding;
import io.xtcmk.model.ResourceId;
import io.xtcmk.testing.Fault;
import io.xtcmk.testing.RecordedCall;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Verification: what it tells of a chain that holds, of one that does not, and of what is more than a chain needs. */
class VerificationTest extends VerificationScenario {

    @ParameterizedTest
    @EnumSource(View.class)
    void soundChain_isSoundForWhoSeesAllOfIt(View view) {
        azure.clearCalls();
        Instant began = azure.clock().now();

        Diagnosis diagnosis = diagnosis(view);

        assertThat(diagnosis.firstBroken()).as(diagnosis.toString()).isEmpty();
        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.isSound()).as(diagnosis.toString()).isEqualTo(view.provider && view.seesCustomers());
        assertThat(diagnosis.unseen())
                .extracting(DiagnosedLink::kind)
                .allMatch(kind -> PROVIDERS.contains(kind) ? !view.provider : !view.seesCustomers());
        assertThat(diagnosis.at()).isEqualTo(began).isEqualTo(azure.clock().now());
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void nothing_isChanged(View view) {
        azure.clearCalls();

        diagnosis(view);

        assertThat(writes())
                .extracting(call -> call.method() + " " + call.url().getPath().replaceFirst(".*/", ""))
                .isSubsetOf("POST wrapkey", "POST unwrapkey");
        assertThat(serviceCalls()).hasSizeLessThanOrEqualTo(16);
    }

    @Test
    void asynchronously_itTellsTheSame() {
        enableKey(false);

        Diagnosis diagnosis = verification(View.BOTH_STORAGE).verifyAsync().block();
        Diagnosis customers = verification(View.CUSTOMER).verifyAsync().block();

        assertThat(diagnosis.firstBroken())
                .get()
                .extracting(DiagnosedLink::kind)
                .isEqualTo(Kind.KEY);
        assertThat(customers.firstBroken())
                .get()
                .extracting(DiagnosedLink::state)
                .isEqualTo(State.REVOKED);
    }

    @Test
    void disabledKey_isToldWithAllThatIsKnown() {
        enableKey(false);

        DiagnosedLink link = diagnosis(View.BOTH_APP).firstBroken().orElseThrow();

        assertThat(link.kind()).isEqualTo(Kind.KEY);
        assertThat(link.state()).isEqualTo(State.REVOKED);
        assertThat(link.tenantId()).isEqualTo(fabrikam.tenantId());
        assertThat(link.knownRemedy()).hasValueSatisfying(remedy -> {
            assertThat(remedy.code()).isEqualTo("KeyDisabled");
            assertThat(remedy.actor()).isEqualTo(Actor.CUSTOMER);
            assertThat(remedy.fix()).contains("Enable the key");
        });
        assertThat(link.evidence()).singleElement().satisfies(evidence -> {
            assertThat(evidence.request())
                    .isEqualTo("GET https://management.azure.com" + vaultId + "/keys/contoso-cmk");
            assertThat(evidence.status()).isEqualTo(200);
            assertThat(evidence.requestId()).isNotBlank();
            assertThat(evidence.says()).contains("enabled is false");
        });
    }

    @Test
    void refusalOfTheTokenService_isToldByItsNumberAndRequest() {
        fabrikam.enableApplication(app.clientId(), false);

        DiagnosedLink link = diagnosis(View.IDENTITY_STORAGE).firstBroken().orElseThrow();

        assertThat(link.kind()).isEqualTo(Kind.SERVICE_PRINCIPAL);
        assertThat(link.evidence()).singleElement().satisfies(evidence -> {
            assertThat(evidence.code()).isEqualTo("AADSTS7000112");
            assertThat(evidence.request()).contains(fabrikam.tenantId() + "/oauth2/v2.0/token");
            assertThat(evidence.requestId()).isNotBlank();
        });
    }

    @Test
    void closedDatabases_areToldToTheProvider() {
        made(
                contoso,
                serverId + "/databases/orders",
                SQL_VERSION,
                object("location", "westeurope", "sku", object("name", "S0")));
        enableKey(false);
        azure.clock().advance(Duration.ofMinutes(30));

        DiagnosedLink link = diagnosis(View.PROVIDER_SQL).firstBroken().orElseThrow();

        assertThat(link.kind()).isEqualTo(Kind.RESOURCE_SETTING);
        assertThat(link.knownRemedy().orElseThrow().code()).isEqualTo("DatabasesInaccessible");
        assertThat(link.evidence()).last().asString().contains("orders");
    }

    @Test
    void freshChain_isNotYetThere_unlessItIsSeenToWork() {
        FederatedApp freshApp = CrossTenantCmk.provider(provider())
                .application("fresh")
                .managedIdentity(app.identity().id())
                .createFederatedApp();
        AuthorizedKey freshKey = phase2On(customer(), freshApp.clientId()).authorize();
        var verification = CrossTenantCmk.provider(provider())
                .verification(freshApp, freshKey)
                .customer(customer());

        Diagnosis early = verification.verify();
        Diagnosis used = verification.asManagedIdentity(workload.credential()).verify();
        Instant trusted = freshApp.knownTrustedSince().orElseThrow();

        assertThat(state(early, Kind.FEDERATED_IDENTITY_CREDENTIAL)).isEqualTo(State.NOT_YET);
        assertThat(state(early, Kind.ROLE_ASSIGNMENT)).isEqualTo(State.NOT_YET);
        assertThat(early.firstBroken().orElseThrow().knownRemedy()).hasValueSatisfying(remedy -> {
            assertThat(remedy.actor()).isEqualTo(Actor.WAIT);
            assertThat(remedy.fix())
                    .contains(trusted.plus(Duration.ofMinutes(10)).toString());
        });
        assertThat(used.isSound()).as(used.toString()).isTrue();
    }

    @Test
    void whatIsMoreThanTheChainNeeds_isFound() {
        String path = "/applications/" + app.objectId();
        graph(contoso, "POST", path + "/addPassword", object("passwordCredential", object("displayName", "by hand")));
        graph(
                contoso,
                "PATCH",
                path,
                object(
                        "requiredResourceAccess",
                        List.of(object(
                                "resourceAppId",
                                "00000003-0000-0000-c000-000000000000",
                                "resourceAccess",
                                List.of(object("id", "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type", "Scope"))))));
        graph(
                contoso,
                "POST",
                path + "/federatedIdentityCredentials",
                object(
                        "name", "pipeline",
                        "issuer", "https://token.actions.githubusercontent.com",
                        "subject", "repo:contoso/app:ref:refs/heads/main",
                        "audiences", List.of("api://AzureADTokenExchange")));
        fabrikam.grant(key.servicePrincipalId().value(), "Key Vault Crypto Officer", vaultId);

        Diagnosis diagnosis = diagnosis(View.BOTH_APP);

        assertThat(diagnosis.isSound()).as("a finding breaks nothing").isTrue();
        assertThat(diagnosis.findings())
                .extracting(Finding::property)
                .containsExactly(
                        "passwordCredentials",
                        "requiredResourceAccess",
                        "federatedIdentityCredentials",
                        "roleAssignments");
        assertThat(diagnosis.findings())
                .extracting(Finding::actor)
                .containsExactly(Actor.PROVIDER, Actor.PROVIDER, Actor.PROVIDER, Actor.CUSTOMER);
        assertThat(diagnosis.toString()).contains("Key Vault Crypto Officer on " + vaultId);
    }

    @Test
    void callerWithoutRights_seesNothingAndIsToldWhatItTakes() {
        var stranger = fabrikam.newPrincipal("stranger");

        Diagnosis diagnosis =
                CrossTenantCmk.customer(stranger.connection()).verification(key).verify();

        assertThat(diagnosis.firstBroken()).isEmpty();
        assertThat(diagnosis.isSound()).isFalse();
        assertThat(diagnosis.link(Kind.SERVICE_PRINCIPAL).orElseThrow().knownRemedy())
                .hasValueSatisfying(remedy -> assertThat(remedy.fix()).contains("Directory Readers"));
        assertThat(diagnosis.link(Kind.KEY).orElseThrow().knownRemedy())
                .hasValueSatisfying(remedy -> assertThat(remedy.fix()).contains("Reader"));
    }

    @Test
    void readers_areEnough() {
        var reader = fabrikam.newPrincipal("reader", "Directory Readers").grant("Reader", subscription(fabrikam));

        Diagnosis diagnosis =
                CrossTenantCmk.customer(reader.connection()).verification(key).verify();

        assertThat(CUSTOMERS).allMatch(kind -> state(diagnosis, kind) == State.HOLDS);
    }

    @Test
    void pastedKey_isFoundByItsVaultsName() {
        key = AuthorizedKey.of(fabrikam.tenantId(), app.clientId(), KEY_URL);

        assertThat(diagnosis(View.BOTH_APP).isSound()).isTrue();
        fabrikam.revoke(
                fabrikam.servicePrincipalOf(app.clientId()).orElseThrow().value(), ROLE, vaultId + "/keys/contoso-cmk");
        DiagnosedLink role = diagnosis(View.BOTH_APP).firstBroken().orElseThrow();
        assertThat(role.kind()).isEqualTo(Kind.ROLE_ASSIGNMENT);
        assertThat(role.state()).as("whether there was a role, nobody knows").isEqualTo(State.BROKEN);
    }

    @Test
    void tokenServiceThatDoesNotAnswer_isToldBySignInAndByExchange() {
        azure.inject(Fault.fail(503, "ServiceUnavailable")
                .on("POST", "/{tenant}/oauth2/v2.0/token")
                .afterCalls(2)
                .always());
        assertThat(firstBroken(diagnosis(View.IDENTITY_STORAGE))).isEqualTo(Kind.TOKEN_EXCHANGE);
        assertThat(firstBroken(diagnosis(View.CUSTOMER))).isEqualTo(Kind.SERVICE_PRINCIPAL);
        assertThat(firstBroken(diagnosis(View.PROVIDER_APP))).isEqualTo(Kind.MANAGED_IDENTITY);
    }

    @Test
    void patience_isShort() {
        azure.inject(Fault.throttle(Duration.ofMinutes(4)).always());
        Instant began = azure.clock().now();

        Diagnosis diagnosis = diagnosis(View.ALL_STORAGE);

        assertThat(diagnosis.links())
                .filteredOn(link -> link.state() != State.UNSEEN)
                .allMatch(link -> link.state() == State.UNREACHABLE);
        assertThat(Duration.between(began, azure.clock().now())).isLessThan(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void servicesThatDoNotAnswer_areWaitedForTwoMinutes_andTheRestIsUnreachable(View view) {
        azure.inject(Fault.delay(Duration.ofDays(1)).always());
        Instant began = azure.clock().now();

        Diagnosis diagnosis = diagnosis(view);

        assertThat(Duration.between(began, azure.clock().now())).isEqualTo(Duration.ofMinutes(2));
        assertThat(diagnosis.links())
                .filteredOn(link -> link.state() != State.UNREACHABLE)
                .as("what nobody asks from there")
                .allMatch(
                        link -> link.state() == State.UNSEEN && link.evidence().isEmpty());
        assertThat(diagnosis.links())
                .filteredOn(link -> link.state() == State.UNREACHABLE)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(String.valueOf(link.remedy())).contains("two minutes"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(diagnosis.toString()).contains("VerificationTimeout");
    }

    @Test
    void whatWasReadInTime_isTold() {
        azure.inject(Fault.delay(Duration.ofDays(1))
                .on("GET", "/{version}/servicePrincipals(appId='{appId}')")
                .always());

        Diagnosis diagnosis = diagnosis(View.BOTH_STORAGE);

        assertThat(state(diagnosis, Kind.MANAGED_IDENTITY)).isEqualTo(State.HOLDS);
        assertThat(state(diagnosis, Kind.APPLICATION)).isEqualTo(State.HOLDS);
        assertThat(state(diagnosis, Kind.SERVICE_PRINCIPAL)).isEqualTo(State.UNREACHABLE);
        assertThat(state(diagnosis, Kind.KEY)).isEqualTo(State.UNREACHABLE);
        assertThat(state(diagnosis(View.PROVIDER_APP), Kind.APPLICATION))
                .as("the next verification has its own time")
                .isEqualTo(State.HOLDS);
    }

    @Test
    void json_isReadBack_andHoldsNoSecret() throws IOException {
        enableKey(false);
        Diagnosis diagnosis = diagnosis(View.ALL_STORAGE);

        String json = json(diagnosis);

        try (JsonReader reader = JsonProviders.createReader(json)) {
            assertThat(Diagnosis.fromJson(reader)).isEqualTo(diagnosis);
        }
        for (String text : List.of(json, diagnosis.toString(), diagnosis.toMermaid())) {
            assertThat(text).doesNotContainPattern("eyJ[A-Za-z0-9_-]{5}").doesNotContain("client_assertion");
        }
        assertThat(azure.calls()).extracting(RecordedCall::toJson).noneMatch(c -> c.contains("client_assertion=eyJ"));
    }

    private static String json(Diagnosis diagnosis) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = JsonProviders.createWriter(text)) {
            diagnosis.toJson(writer).flush();
        }
        return text.toString();
    }

    @Test
    void diagram_hasEachLinkInItsTenant() {
        enableKey(false);

        String mermaid = diagnosis(View.BOTH_STORAGE).toMermaid();

        assertThat(mermaid)
                .startsWith("flowchart LR\n")
                .contains("subgraph tenant_" + contoso.tenantId(), "subgraph tenant_" + fabrikam.tenantId())
                .contains("key[\"key<br/>https://kv-fabrikam.vault.azure.net/keys/contoso-cmk", ":::revoked")
                .contains("resourceSetting --> managedIdentity", "keyVault --> key");
    }

    @Test
    void badInput_isRefusedBeforeAnyRequest() {
        azure.clearCalls();
        var mine = CrossTenantCmk.provider(provider());
        var theirs = CrossTenantCmk.customer(customer());
        var wrongCustomer = azure.tenant("tailspin").connection();
        EncryptedResource disk = new EncryptedResource(
                ResourceId.of(contoso.subscriptionId(), "rg", "Microsoft.Compute/disks", "d"),
                contoso.tenantId(),
                key,
                null,
                app.identity().id(),
                app.clientId(),
                List.of());
        azure.clearCalls();

        assertThatThrownBy(() -> mine.verification(null)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> mine.verification(app, null)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> theirs.verification(null)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> mine.verification(disk))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Microsoft.Compute/disks");
        assertThatThrownBy(() -> mine.verification(account).customer(wrongCustomer))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(fabrikam.tenantId().toString());
        assertThatThrownBy(() -> mine.verification(account).customer(null)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> mine.verification(account).asManagedIdentity((TokenCredential) null))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> CrossTenantCmk.provider(wrongCustomer).verification(account))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> CrossTenantCmk.customer(wrongCustomer).verification(key))
                .isInstanceOf(InvalidInputException.class);
        assertThat(azure.calls()).isEmpty();
    }
}

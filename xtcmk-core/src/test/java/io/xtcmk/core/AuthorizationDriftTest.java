package io.xtcmk.core;

import static io.xtcmk.model.PlannedStep.Action.CONFLICT;
import static io.xtcmk.model.PlannedStep.Action.CREATE;
import static io.xtcmk.model.PlannedStep.Action.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.management.Region;
import io.xtcmk.KeyAuthorization;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.KeySpec;
import io.xtcmk.model.PlannedStep;
import io.xtcmk.model.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Phase 2: whatever the customer changes of what {@code authorize()} set is told and refused, for it may be the customer's
 * way to say no; what is missing is made again.
 */
class AuthorizationDriftTest extends EncryptionScenario {
    private static final String VAULTS = "2023-07-01";
    private static final String ASSIGNMENTS = "2022-04-01";

    private final FederatedApp app = phase1();
    private final AuthorizedKey key = phase2(app);

    private KeyAuthorization authorization() {
        return phase2On(customer(), app.clientId());
    }

    static Stream<Named<Drift<AuthorizationDriftTest>>> drifts() {
        return Stream.of(
                Drift.of(
                        "servicePrincipal",
                        CONFLICT,
                        "accountEnabled",
                        "true",
                        "false",
                        t -> graph(
                                t.fabrikam,
                                "PATCH",
                                "/servicePrincipals/" + t.key.servicePrincipalId(),
                                object("accountEnabled", false))),
                Drift.of(
                        "keyVault",
                        CONFLICT,
                        "enableRbacAuthorization",
                        "true",
                        "false",
                        t -> t.patched("enableRbacAuthorization", false)),
                // Behind it no service reaches the key, whatever role is granted.
                Drift.of(
                        "keyVault",
                        CONFLICT,
                        "networkAcls.bypass",
                        "AzureServices",
                        "None",
                        t -> t.patched("networkAcls", object("bypass", "None", "defaultAction", "Deny"))),
                Drift.of("key", CONFLICT, "attributes.enabled", "true", "false", t -> t.enableKey(false)),
                Drift.of(
                        "key",
                        CONFLICT,
                        "attributes.exp",
                        t -> "later than " + t.azure.clock().now(),
                        t -> "2026-01-01T00:10:00Z",
                        t -> {
                            t.keyPatched(object("attributes", object("exp", 1767226200)));
                            t.azure.clock().advance(Duration.ofHours(1));
                        }),
                Drift.of(
                        "key",
                        CONFLICT,
                        "attributes.nbf",
                        t -> "not later than " + t.azure.clock().now(),
                        t -> "2027-01-01T00:00:00Z",
                        t -> t.keyPatched(object("attributes", object("nbf", 1798761600)))),
                Drift.of(
                        "key",
                        CONFLICT,
                        "keyOps",
                        "wrapKey and unwrapKey",
                        "[unwrapKey]",
                        t -> t.keyPatched(object("key_ops", List.of("unwrapKey")))),
                Drift.of("roleAssignment", CONFLICT, "condition", "none", "1 == 1", t -> t.conditionPut()));
    }

    @ParameterizedTest
    @MethodSource("drifts")
    void changed_isToldAndRefused(Drift<AuthorizationDriftTest> drift) {
        drift.change().accept(this);
        azure.clearCalls();

        drift.checkPlan(this, authorization().plan());
        drift.checkRefusal(this, () -> authorization().authorize());
        // Installing is an upsert, which Graph answers with 204 where nothing is to do.
        assertThat(writes()).extracting(c -> c.method() + " " + c.status()).isSubsetOf("PATCH 204");
    }

    /** What can only be found otherwise, since it cannot be changed; and what is asked for explicitly. */
    static Stream<Named<Drift<AuthorizationDriftTest>>> asked() {
        return Stream.of(
                Drift.of("keyVault", CONFLICT, "softDeleteRetentionInDays", "7", "90", t -> {}),
                Drift.of("key", CONFLICT, "keySize", "2048", "3072", t -> {}));
    }

    @ParameterizedTest
    @MethodSource("asked")
    void askedForExplicitly_isComparedToo(Drift<AuthorizationDriftTest> drift) {
        KeyAuthorization asked = drift.step().equals("key")
                ? authorization().key("contoso-cmk", KeySpec.rsa(2048))
                : authorization().softDeleteRetention(7);

        drift.checkPlan(this, asked.plan());
        drift.checkRefusal(this, asked::authorize);
        assertThat(authorization()
                        .key("contoso-cmk", KeySpec.rsa(3072))
                        .softDeleteRetention(90)
                        .plan()
                        .hasChanges())
                .isFalse();
    }

    @Test
    void softwareKeyWhereHardwareIsAskedFor_isRefused() {
        patched("sku", object("family", "A", "name", "premium"));
        Drift<AuthorizationDriftTest> drift = new Drift<>("key", CONFLICT, "kty", t -> "RSA-HSM", t -> "RSA", t -> {});

        drift.checkPlan(
                this, authorization().key("contoso-cmk", KeySpec.rsaHsm(3072)).plan());
    }

    @Test
    void vaultInAnotherRegion_isRefusedUnlessNamedByItsId() {
        String elsewhere = vaultId.replace("kv-fabrikam", "kv-elsewhere");
        made(
                fabrikam,
                elsewhere,
                VAULTS,
                object(
                        "location",
                        "northeurope",
                        "properties",
                        object(
                                "tenantId",
                                fabrikam.tenantId().toString(),
                                "sku",
                                object("family", "A", "name", "standard"),
                                "enableRbacAuthorization",
                                true,
                                "enablePurgeProtection",
                                true)));
        KeyAuthorization byName = authorization().keyVault("rg-keys", "kv-elsewhere", Region.EUROPE_WEST);
        Drift<AuthorizationDriftTest> drift =
                new Drift<>("keyVault", CONFLICT, "location", t -> "westeurope", t -> "northeurope", t -> {});

        drift.checkRefusal(this, byName::authorize);
        assertThat(byName.plan().steps())
                .filteredOn(s -> s.step().equals("keyVault"))
                .singleElement()
                .satisfies(s -> {
                    assertThat(s.action()).isEqualTo(CONFLICT);
                    assertThat(s.differences()).containsExactly(drift.difference(this));
                });
        AuthorizedKey there = authorization().keyVault(ResourceId.of(elsewhere)).authorize();
        assertThat(there.key().vaultName()).isEqualTo("kv-elsewhere");
    }

    @Test
    void roleTakenAway_isPlannedAndGrantedAgain() {
        delete("https://management.azure.com" + key.roleAssignmentId() + "?api-version=" + ASSIGNMENTS);

        assertThat(authorization().plan().steps())
                .allSatisfy(s -> assertThat(s.action()).isEqualTo(s.step().equals("roleAssignment") ? CREATE : NONE));
        assertThat(changes(phase2(app).outcomes())).contains("roleAssignment CREATED", "key UNCHANGED");
        assertThat(authorization().plan().hasChanges()).isFalse();
    }

    @Test
    void conditionOnAnAssignmentOfAnotherName_isToldToo() {
        delete("https://management.azure.com" + key.roleAssignmentId() + "?api-version=" + ASSIGNMENTS);
        conditionPut(
                String.valueOf(key.roleAssignmentId()).replaceFirst("[^/]+$", new java.util.UUID(3, 4).toString()));

        assertThat(authorization().plan().steps())
                .filteredOn(s -> s.step().equals("roleAssignment"))
                .extracting(PlannedStep::action)
                .containsExactly(CONFLICT);
    }

    @Test
    void applicationRemoved_isPlannedAndInstalledAgain() {
        delete("https://graph.microsoft.com/v1.0/servicePrincipals/" + key.servicePrincipalId());

        assertThat(authorization().plan().steps())
                .filteredOn(s -> s.step().equals("servicePrincipal"))
                .extracting(PlannedStep::action)
                .containsExactly(CREATE);
        assertThat(changes(phase2(app).outcomes())).contains("servicePrincipal CREATED", "roleAssignment CREATED");
    }

    private void patched(String property, Object value) {
        Reply reply = rest(
                fabrikam,
                "PATCH",
                "https://management.azure.com" + vaultId + "?api-version=" + VAULTS,
                object("properties", object(property, value)));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    private void keyPatched(Object body) {
        Reply reply = keyCall(officer(), "PATCH", "/" + version(), body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    private void conditionPut() {
        conditionPut(String.valueOf(key.roleAssignmentId()));
    }

    private void conditionPut(String id) {
        Reply reply = armPut(
                fabrikam,
                id,
                ASSIGNMENTS,
                object(
                        "properties",
                        object(
                                "roleDefinitionId",
                                subscription(fabrikam) + "/providers/Microsoft.Authorization/roleDefinitions/"
                                        + "e147488a-f6f5-4113-8e2d-b22465e65bf6",
                                "principalId",
                                String.valueOf(key.servicePrincipalId()),
                                "principalType",
                                "ServicePrincipal",
                                "condition",
                                "1 == 1",
                                "conditionVersion",
                                "2.0")));
        assertThat(reply.status()).as(reply.text()).isIn(200, 201);
    }

    private void delete(String url) {
        assertThat(rest(fabrikam, "DELETE", url, null).status()).isIn(200, 204);
    }
}

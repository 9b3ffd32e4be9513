package io.xtcmk.core;

import static io.xtcmk.model.PlannedStep.Action.CONFLICT;
import static io.xtcmk.model.PlannedStep.Action.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.core.management.Region;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.Difference;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Phase 3: whatever somebody changes of what {@code create()} set is told. The key and the way to it are set again by
 * {@code update()}; all else is a conflict for {@code create()}, and left alone by {@code update()}.
 */
class EncryptionDriftTest extends EncryptionScenario {
    private static final String OTHER_SID = new UUID(1, 2).toString();

    private final FederatedApp app = phase1();
    private final AuthorizedKey key = phase2(app);
    private @Nullable FederatedApp second;

    // storage accounts

    static Stream<Named<Drift<EncryptionDriftTest>>> ofAccounts() {
        return Stream.of(
                Drift.of("storageAccount", UPDATE, "key", KEY_URL, KEY_URL.replace("contoso-cmk", "second"), t -> {
                    t.anotherKey(t.app, "kv-fabrikam", "second");
                    t.encryptionPatched(object("keyvaultproperties", t.vaultKey("kv-fabrikam", "second", "")));
                }),
                Drift.of(
                        "storageAccount",
                        UPDATE,
                        "key",
                        KEY_URL,
                        KEY_URL.replace("kv-fabrikam", "kv-fabrikam-2"),
                        t -> {
                            t.anotherKey(t.app, "kv-fabrikam-2", "contoso-cmk");
                            t.encryptionPatched(
                                    object("keyvaultproperties", t.vaultKey("kv-fabrikam-2", "contoso-cmk", "")));
                        }),
                Drift.of(
                        "storageAccount",
                        UPDATE,
                        "key",
                        t -> KEY_URL,
                        t -> KEY_URL + "/" + t.version(),
                        t -> t.encryptionPatched(
                                object("keyvaultproperties", t.vaultKey("kv-fabrikam", "contoso-cmk", t.version())))),
                Drift.of(
                        "storageAccount",
                        UPDATE,
                        "key",
                        KEY_URL,
                        "Microsoft's keys",
                        t -> t.encryptionPatched(object("keySource", "Microsoft.Storage"))),
                Drift.of(
                        "storageAccount",
                        UPDATE,
                        "identity",
                        t -> t.app.identity().id().toString(),
                        t -> t.secondIdentity(),
                        t -> t.fetchedBy(t.secondIdentity(), t.app)),
                Drift.of(
                        "storageAccount",
                        UPDATE,
                        "federatedClientId",
                        t -> t.app.clientId().toString(),
                        t -> t.secondApp().clientId().toString(),
                        t -> t.fetchedBy(t.app.identity().id().toString(), t.secondApp())),
                account("minimumTlsVersion", "TLS1_2", "TLS1_1"),
                account("supportsHttpsTrafficOnly", true, false),
                account("allowBlobPublicAccess", false, true),
                Drift.of(
                        "storageAccount",
                        CONFLICT,
                        "sku.name",
                        "Standard_LRS",
                        "Standard_ZRS",
                        t -> t.accountPatched(object("sku", object("name", "Standard_ZRS")))),
                Drift.of(
                        "storageAccount",
                        CONFLICT,
                        "kind",
                        "StorageV2",
                        "BlobStorage",
                        t -> t.accountRemade("westeurope", "BlobStorage")),
                Drift.of(
                        "storageAccount",
                        CONFLICT,
                        "location",
                        "westeurope",
                        "northeurope",
                        t -> t.accountRemade("northeurope", "StorageV2")));
    }

    private static Named<Drift<EncryptionDriftTest>> account(String property, Object expected, Object actual) {
        return Drift.of(
                "storageAccount",
                CONFLICT,
                property,
                expected.toString(),
                actual.toString(),
                t -> t.accountPatched(object("properties", object(property, actual))));
    }

    @ParameterizedTest
    @MethodSource("ofAccounts")
    void account_isToldAndSetAgainOrRefused(Drift<EncryptionDriftTest> drift) {
        storage(app, key).create();
        drift.change().accept(this);
        azure.clearCalls();

        drift.checkPlan(this, storage(app, key).plan());
        drift.checkRefusal(this, () -> storage(app, key).create());
        assertThat(writes()).isEmpty();

        checkUpdate(drift, storage(app, key).update(), "storageAccount");
        if (drift.action() == UPDATE) {
            assertThat(storage(app, key).plan().hasChanges()).isFalse();
        }
    }

    private void checkUpdate(Drift<EncryptionDriftTest> drift, EncryptedResource updated, String step) {
        boolean mended = drift.action() == UPDATE && drift.step().equals(step);
        assertThat(changes(updated.outcomes())).contains(step + (mended ? " UPDATED" : " UNCHANGED"));
        assertThat(writes().isEmpty()).isEqualTo(drift.action() == CONFLICT);
    }

    @Test
    void stricterAccount_isNoDifference() {
        storage(app, key).create();
        accountPatched(object("properties", object("minimumTlsVersion", "TLS1_3")));

        assertThat(storage(app, key).plan().hasChanges()).isFalse();
    }

    @Test
    void accountAskedForAsItIs_isNoDifference() {
        storage(app, key).create();
        accountPatched(object("sku", object("name", "Standard_ZRS")));

        assertThat(storage(app, key).sku("Standard_ZRS").plan().hasChanges()).isFalse();
    }

    /** What names an identity that is no longer attached cannot fetch the key any more. */
    @Test
    void identityTakenOffTheAccount_isToldAndAttachedAgain() {
        storage(app, key).create();
        String identity = app.identity().id().toString();
        HttpClient detached = new Intercepted(azure.httpClient(), (request, onward) -> {
            var response = onward.send();
            boolean read = request.getHttpMethod().toString().equals("GET")
                    && request.getUrl().getPath().endsWith("/stfabrikam");
            return read
                    ? Intercepted.rewritten(
                            request,
                            response,
                            Intercepted.text(response).replaceFirst("\"userAssignedIdentities\":\\{[^}]*}}", "\"x\":1"))
                    : response;
        });

        Plan plan = storageOn(over(provider(), detached), app, key).plan();
        EncryptedResource updated =
                storageOn(over(provider(), detached), app, key).update();

        assertThat(Drift.step(plan, "storageAccount").differences())
                .containsExactly(new Difference("identity.userAssignedIdentities", "with " + identity, "without it"));
        assertThat(changes(updated.outcomes())).containsExactly("storageAccount UPDATED");
        assertThat(writes().get(writes().size() - 1).requestBody().toString())
                .contains("userAssignedIdentities={" + identity);
    }

    private Map<String, Object> vaultKey(String vault, String name, String version) {
        return object("keyvaulturi", "https://" + vault + ".vault.azure.net", "keyname", name, "keyversion", version);
    }

    /** An account has room for one user-assigned identity, so another one takes its place in the same request. */
    private void fetchedBy(String identity, FederatedApp by) {
        Map<String, Object> identities = object(app.identity().id().toString(), null);
        identities.put(identity, object());
        accountPatched(object(
                "identity",
                object("type", "UserAssigned", "userAssignedIdentities", identities),
                "properties",
                object(
                        "encryption",
                        object(
                                "identity",
                                object(
                                        "userAssignedIdentity",
                                        identity,
                                        "federatedIdentityClientId",
                                        by.clientId().toString())))));
    }

    private static Map<String, Object> userAssigned(String... identities) {
        Map<String, Object> all = object();
        for (String identity : identities) {
            all.put(identity, object());
        }
        return object("type", "UserAssigned", "userAssignedIdentities", all);
    }

    private void encryptionPatched(Map<String, Object> encryption) {
        accountPatched(object("properties", object("encryption", encryption)));
    }

    private void accountPatched(Map<String, Object> body) {
        patched(accountId, STORAGE_VERSION, body);
    }

    private void patched(String id, String version, Map<String, Object> body) {
        Reply reply = rest(contoso, "PATCH", "https://management.azure.com" + id + "?api-version=" + version, body);
        assertThat(reply.status()).as(reply.text()).isIn(200, 202);
        azure.clock().advance(Duration.ofMinutes(1));
    }

    /** The same account with the same key, but otherwise made. */
    private void accountRemade(String location, String kind) {
        rest(contoso, "DELETE", "https://management.azure.com" + accountId + "?api-version=" + STORAGE_VERSION, null);
        made(
                contoso,
                accountId,
                STORAGE_VERSION,
                object(
                        "location", location,
                        "kind", kind,
                        "sku", object("name", "Standard_LRS"),
                        "identity", userAssigned(app.identity().id().toString()),
                        "properties",
                                object(
                                        "minimumTlsVersion",
                                        "TLS1_2",
                                        "encryption",
                                        object(
                                                "keySource", "Microsoft.Keyvault",
                                                "keyvaultproperties", vaultKey("kv-fabrikam", "contoso-cmk", ""),
                                                "identity",
                                                        object(
                                                                "userAssignedIdentity",
                                                                app.identity()
                                                                        .id()
                                                                        .toString(),
                                                                "federatedIdentityClientId",
                                                                app.clientId().toString())))));
    }

    /** Another identity that is the application too. */
    private String secondIdentity() {
        return CrossTenantCmk.provider(provider())
                .application("contoso-cmk")
                .managedIdentity("rg-identities", "id-second", Region.EUROPE_WEST)
                .createFederatedApp()
                .identity()
                .id()
                .toString();
    }

    /** Another application that is the identity too, and may use the key. */
    private FederatedApp secondApp() {
        if (second == null) {
            second = CrossTenantCmk.provider(provider())
                    .application("contoso-cmk-2")
                    .managedIdentity(app.identity().id())
                    .createFederatedApp();
            anotherKey(second, "kv-fabrikam", "contoso-cmk");
        }
        return second;
    }

    // SQL servers

    static Stream<Named<Drift<EncryptionDriftTest>>> ofServers() {
        return Stream.of(
                Drift.of("sqlServer", UPDATE, "key", KEY_URL, KEY_URL.replace("contoso-cmk", "second"), t -> {
                    t.anotherKey(t.app, "kv-fabrikam", "second");
                    t.serverPatched(object("keyId", KEY_URL.replace("contoso-cmk", "second")));
                }),
                Drift.of(
                        "sqlServer",
                        UPDATE,
                        "key",
                        t -> KEY_URL,
                        t -> KEY_URL + "/" + t.version(),
                        t -> t.serverPatched(object("keyId", KEY_URL + "/" + t.version()))),
                Drift.of(
                        "sqlServer",
                        UPDATE,
                        "key",
                        KEY_URL,
                        "Microsoft's keys",
                        t -> t.protectorPut(object("serverKeyType", "ServiceManaged"))),
                Drift.of(
                        "sqlServer",
                        UPDATE,
                        "identity",
                        t -> t.app.identity().id().toString(),
                        t -> t.secondIdentity(),
                        t -> {
                            String second = t.secondIdentity();
                            String both = t.app.identity().id().toString();
                            t.patched(
                                    t.serverId,
                                    SQL_VERSION,
                                    object(
                                            "identity",
                                            userAssigned(both, second),
                                            "properties",
                                            object("primaryUserAssignedIdentityId", second)));
                        }),
                Drift.of(
                        "sqlServer",
                        UPDATE,
                        "federatedClientId",
                        t -> t.app.clientId().toString(),
                        t -> t.secondApp().clientId().toString(),
                        t -> t.serverPatched(object(
                                "federatedClientId", t.secondApp().clientId().toString()))),
                Drift.of(
                        "encryptionProtector",
                        UPDATE,
                        "autoRotationEnabled",
                        "false",
                        "true",
                        t -> t.protectorPut(object(
                                "serverKeyType",
                                "AzureKeyVault",
                                "serverKeyName",
                                "kv-fabrikam_contoso-cmk_" + t.version(),
                                "autoRotationEnabled",
                                true))),
                server("minimalTlsVersion", "1.2", "1.1", object("minimalTlsVersion", "1.1")),
                server("minimalTlsVersion", "1.2", "None", object("minimalTlsVersion", "None")),
                administrator("principalType", "Application", "Group"),
                administrator("login", "contoso-admin", "somebody-else"),
                Drift.of(
                        "sqlServer",
                        CONFLICT,
                        "administrators.sid",
                        t -> t.contoso.administrator().servicePrincipalId().toString(),
                        t -> OTHER_SID,
                        t -> t.serverPatched(object("administrators", object("sid", OTHER_SID)))),
                Drift.of(
                        "sqlServer",
                        CONFLICT,
                        "administrators.tenantId",
                        t -> t.contoso.tenantId().toString(),
                        t -> t.fabrikam.tenantId().toString(),
                        t -> t.serverPatched(object(
                                "administrators",
                                object("tenantId", t.fabrikam.tenantId().toString())))),
                administrator("azureADOnlyAuthentication", true, false));
    }

    private static Named<Drift<EncryptionDriftTest>> server(
            String property, Object expected, @Nullable Object actual, Map<String, Object> patch) {
        return Drift.of(
                "sqlServer",
                CONFLICT,
                property,
                expected.toString(),
                actual == null ? null : actual.toString(),
                t -> t.serverPatched(patch));
    }

    private static Named<Drift<EncryptionDriftTest>> administrator(String property, Object expected, Object actual) {
        return server(
                "administrators." + property, expected, actual, object("administrators", object(property, actual)));
    }

    @ParameterizedTest
    @MethodSource("ofServers")
    void server_isToldAndSetAgainOrRefused(Drift<EncryptionDriftTest> drift) {
        sql(app, key).create();
        drift.change().accept(this);
        azure.clearCalls();
        boolean asked = drift.property().equals("autoRotationEnabled");

        Plan plan =
                asked ? sql(app, key).autoRotation(false).plan() : sql(app, key).plan();
        if (drift.property().equals("key")) {
            // The protector names the same other key, which is the server's business.
            assertThat(Drift.step(plan, "sqlServer").differences()).containsExactly(drift.difference(this));
            assertThat(Drift.step(plan, "sqlServer").action()).isEqualTo(UPDATE);
        } else {
            drift.checkPlan(this, plan);
        }
        if (asked) {
            assertThat(changes(sql(app, key).autoRotation(false).update().outcomes()))
                    .containsExactly("sqlServer UNCHANGED", "encryptionProtector UPDATED");
            // Now nothing moves on from the version in force, which is what the server names.
            sql(app, key).update();
        } else {
            drift.checkRefusal(this, () -> sql(app, key).create());
            assertThat(writes()).isEmpty();
            checkUpdate(drift, sql(app, key).update(), "sqlServer");
        }
        if (drift.action() == UPDATE) {
            assertThat(sql(app, key).plan().hasChanges()).isFalse();
        }
    }

    /** Another server key as protector is another key of the server's. */
    @Test
    void anotherProtector_isToldAndSetAgain() {
        sql(app, key).create();
        AuthorizedKey second = anotherKey(app, "kv-fabrikam", "second");
        sql(app, second).update();
        protectorPut(object("serverKeyType", "AzureKeyVault", "serverKeyName", "kv-fabrikam_contoso-cmk_" + version()));

        List<Difference> told = Drift.step(sql(app, second).plan(), "sqlServer").differences();

        assertThat(told).singleElement().satisfies(d -> {
            assertThat(d.expected()).isEqualTo(second.key().toString());
            assertThat(d.actual()).startsWith(KEY_URL);
        });
        sql(app, second).update();
        assertThat(sql(app, second).plan().hasChanges()).isFalse();
    }

    @Test
    void stricterServer_andRotationThatNobodyAskedAbout_areNoDifference() {
        sql(app, key).autoRotation(true).create();
        serverPatched(object("minimalTlsVersion", "1.3"));

        assertThat(sql(app, key).plan().hasChanges()).isFalse();
    }

    @Test
    void serverElsewhere_isRefused() {
        sql(app, key).region(Region.EUROPE_NORTH).create();
        Drift<EncryptionDriftTest> drift =
                new Drift<>("sqlServer", CONFLICT, "location", t -> "westeurope", t -> "northeurope", t -> {});

        drift.checkPlan(this, sql(app, key).plan());
        drift.checkRefusal(this, () -> sql(app, key).create());
        assertThat(changes(sql(app, key).update().outcomes()))
                .containsExactly("sqlServer UNCHANGED", "encryptionProtector UNCHANGED");
    }

    @Test
    void anotherLogin_isRefused() {
        sql(app, key).administrator("contoso", "Correct-Horse-7-Battery").create();

        Drift<EncryptionDriftTest> drift =
                new Drift<>("sqlServer", CONFLICT, "administratorLogin", t -> "fabrikam", t -> "contoso", t -> {});
        drift.checkRefusal(
                this,
                () -> sql(app, key)
                        .administrator("fabrikam", "Correct-Horse-7-Battery")
                        .create());
    }

    private void serverPatched(Map<String, Object> properties) {
        patched(serverId, SQL_VERSION, object("properties", properties));
    }

    private void protectorPut(Map<String, Object> properties) {
        made(contoso, serverId + "/encryptionProtector/current", SQL_VERSION, object("properties", properties));
    }
}

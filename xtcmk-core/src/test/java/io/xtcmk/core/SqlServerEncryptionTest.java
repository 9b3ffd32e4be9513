package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.management.Region;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.KeyAuthorization.KeyPlane;
import io.xtcmk.SqlServerEncryption;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.exception.KeyAccessException;
import io.xtcmk.exception.ResourceConflictException;
import io.xtcmk.exception.ResourceMissingException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.Difference;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.KeySpec;
import io.xtcmk.model.PlannedStep;
import io.xtcmk.model.StepOutcome.Change;
import io.xtcmk.testing.RecordedCall;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Phase 3 for Azure SQL servers. */
class SqlServerEncryptionTest extends EncryptionScenario {
    private static final String PASSWORD = "Correct-Horse-7-Battery";

    private final FederatedApp app = phase1();
    private final AuthorizedKey key = phase2(app);

    @Test
    void create_fromNothing_isOnePutWithKeyIdentityAndApplication() {
        azure.clearCalls();
        EncryptedResource server = sql(app, key).create();

        assertThat(changes(server.outcomes()))
                .containsExactly("resourceGroup CREATED", "sqlServer CREATED", "encryptionProtector UNCHANGED");
        assertThat(writtenPaths()).containsExactly("PUT rg-data", "PUT sql-fabrikam");
        Map<?, ?> put = (Map<?, ?>) ((Map<?, ?>) writes().get(1).requestBody()).get("properties");
        assertThat(put.get("keyId")).isEqualTo(KEY_URL);
        assertThat(put.get("federatedClientId")).isEqualTo(app.clientId().toString());
        assertThat(put.get("primaryUserAssignedIdentityId"))
                .isEqualTo(app.identity().id().toString());
        assertThat(put.get("administrators").toString()).contains("azureADOnlyAuthentication=true");
        assertThat(protector().at("properties.serverKeyType")).isEqualTo("AzureKeyVault");
        assertThat(server.knownKeyInForce().orElseThrow().toString()).isEqualTo(KEY_URL + "/" + version());
        assertThat(server().at("location")).isEqualTo("westeurope");
    }

    @Test
    void create_repeated_onlyReads() {
        EncryptedResource first = sql(app, key).create();
        azure.clearCalls();

        EncryptedResource again = sql(app, key).create();

        assertThat(again).isEqualTo(first);
        assertThat(changes(again.outcomes()))
                .containsExactly("resourceGroup UNCHANGED", "sqlServer UNCHANGED", "encryptionProtector UNCHANGED");
        assertThat(writes()).isEmpty();
    }

    @Test
    void create_inRegion_isMadeThere() {
        sql(app, key).region(Region.US_EAST).create();

        assertThat(server().at("location")).isEqualTo("eastus");
    }

    @Test
    void create_withoutAdministrator_isRefusedBeforeAnyRequest() {
        azure.clearCalls();
        assertThatThrownBy(() -> CrossTenantCmk.provider(provider())
                        .sql("rg-data", "sql-fabrikam")
                        .federatedApp(app)
                        .withCustomerKey(key)
                        .create())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("entraAdministrator");
        assertThat(azure.calls()).isEmpty();
    }

    @Test
    void password_isNeverSeen() {
        SqlServerEncryption definition = sql(app, key).administrator("contoso", PASSWORD);
        definition.create();
        Throwable taken = catchThrowable(() -> CrossTenantCmk.provider(provider())
                .sql("rg-else", "sql-fabrikam")
                .federatedApp(app)
                .withCustomerKey(key)
                .administrator("contoso", PASSWORD)
                .create());

        assertThat(azure.calls().stream().map(RecordedCall::toJson)).noneMatch(line -> line.contains(PASSWORD));
        assertThat(definition.toString()).doesNotContain(PASSWORD);
        for (Throwable t = taken; t != null; t = t.getCause()) {
            assertThat(t.toString()).doesNotContain(PASSWORD);
        }
        assertThat(server().at("properties.administratorLogin")).isEqualTo("contoso");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short1!", "alllowercaseletters", "Contoso-Secret-1", ""})
    void password_thatTheServiceWouldRefuse_isRefusedBeforeAnyRequest(String password) {
        azure.clearCalls();
        assertThatThrownBy(() -> sql(app, key).administrator("contoso", password))
                .isInstanceOf(InvalidInputException.class)
                .satisfies(e -> assertThat(password.isEmpty() || !e.getMessage().contains(password))
                        .isTrue());
        assertThat(azure.calls()).isEmpty();
    }

    @Test
    void autoRotation_isSwitchedOnAndOff() {
        EncryptedResource on = sql(app, key).autoRotation(true).create();
        assertThat(changes(on.outcomes())).contains("encryptionProtector UPDATED");
        assertThat(protector().at("properties.autoRotationEnabled")).isEqualTo(true);

        assertThat(changes(sql(app, key).autoRotation(true).update().outcomes()))
                .containsExactly("sqlServer UNCHANGED", "encryptionProtector UNCHANGED");
        sql(app, key).autoRotation(false).update();
        assertThat(protector().at("properties.autoRotationEnabled")).isEqualTo(false);
        assertThat(protector().at("properties.serverKeyType")).isEqualTo("AzureKeyVault");
    }

    @Test
    void autoRotation_withPinnedVersion_isRefusedBeforeAnyRequest() {
        assertThatThrownBy(() -> sql(app, key)
                        .autoRotation(true)
                        .pinKeyVersion("0".repeat(32))
                        .create())
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void autoRotation_endsWhereAVersionIsPinned() {
        sql(app, key).autoRotation(true).create();
        sql(app, key).pinKeyVersion(version()).update();

        assertThat(protector().at("properties.autoRotationEnabled")).isEqualTo(false);
        assertThat(server().at("properties.keyId")).isEqualTo(KEY_URL + "/" + version());
    }

    @Test
    void autoRotation_followsTheCustomer() {
        sql(app, key).autoRotation(true).create();
        CrossTenantCmk.customer(officer().connection()).key(key).rotate();
        azure.clock().advance(java.time.Duration.ofDays(2));

        assertThat(sql(app, key).create().knownKeyInForce().orElseThrow().version())
                .isEqualTo(version());
    }

    @Test
    void update_ofAnExistingServer_keepsItsOtherIdentities() {
        groupIn(contoso, "rg-data");
        String other = identity("id-other");
        Reply before = made(
                contoso,
                serverId,
                SQL_VERSION,
                object(
                        "location",
                        "westeurope",
                        "tags",
                        object("cost", "42"),
                        "identity",
                        object(
                                "type",
                                "SystemAssigned,UserAssigned",
                                "userAssignedIdentities",
                                object(other, object())),
                        "properties",
                        object(
                                "administratorLogin",
                                "contoso",
                                "administratorLoginPassword",
                                PASSWORD,
                                "primaryUserAssignedIdentityId",
                                other,
                                "publicNetworkAccess",
                                "Disabled",
                                "minimalTlsVersion",
                                "1.1")));
        assertThatThrownBy(() -> sql(app, key).create())
                .isInstanceOfSatisfying(
                        ResourceConflictException.class,
                        e -> assertThat(e.fix()).contains("update()"));
        assertThat(Drift.step(sql(app, key).plan(), "sqlServer").differences())
                .contains(new Difference("identity", app.identity().id().toString(), other));
        azure.clearCalls();

        EncryptedResource server = sql(app, key).update();

        assertThat(changes(server.outcomes())).containsExactly("sqlServer UPDATED", "encryptionProtector UNCHANGED");
        assertThat(writtenPaths()).containsExactly("PATCH sql-fabrikam");
        Reply after = server();
        assertThat(((Map<?, ?>) after.at("identity.userAssignedIdentities"))
                        .keySet().stream().map(String::valueOf).toList())
                .containsExactlyInAnyOrder(other, app.identity().id().toString());
        assertThat(after.at("identity.principalId")).isEqualTo(before.at("identity.principalId"));
        String[] ours = {"primaryUserAssignedIdentityId", "keyId", "federatedClientId"};
        assertThat(without(after.at("properties"), ours)).isEqualTo(without(before.at("properties"), ours));
        assertThat(after.at("tags")).isEqualTo(before.at("tags"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SystemAssigned, UserAssigned", "systemassigned,userassigned"})
    void update_readsTheUnionOfIdentitiesByItsParts(String union) {
        groupIn(contoso, "rg-data");
        String other = identity("id-other");
        Reply before = made(
                contoso,
                serverId,
                SQL_VERSION,
                object(
                        "location",
                        "westeurope",
                        "identity",
                        object("type", union, "userAssignedIdentities", object(other, object())),
                        "properties",
                        object(
                                "administratorLogin",
                                "contoso",
                                "administratorLoginPassword",
                                PASSWORD,
                                "primaryUserAssignedIdentityId",
                                other)));
        assertThat(before.at("identity.principalId")).isNotNull();

        sql(app, key).update();

        assertThat(server().at("identity.principalId")).isEqualTo(before.at("identity.principalId"));
    }

    @Test
    void update_ofAMissingServer_namesCreate() {
        assertThatThrownBy(() -> sql(app, key).update())
                .isInstanceOfSatisfying(
                        ResourceMissingException.class, e -> assertThat(e.fix()).contains("create()"));
        assertThatThrownBy(() -> sql(app, key).withMicrosoftKeys().update())
                .isInstanceOf(ResourceMissingException.class);
    }

    @Test
    void update_toAnotherKey_vaultAndPinnedVersion() {
        sql(app, key).create();
        AuthorizedKey other = anotherKey(app, "kv-fabrikam-2", "third");

        EncryptedResource moved = sql(app, other).update();
        assertThat(moved.knownKeyInForce().orElseThrow().vaultName()).isEqualTo("kv-fabrikam-2");

        String version = version();
        EncryptedResource pinned = sql(app, key).pinKeyVersion(version).update();
        assertThat(pinned.knownKeyInForce().orElseThrow().toString()).isEqualTo(KEY_URL + "/" + version);
        assertThat(changes(sql(app, key).update().outcomes())).contains("sqlServer UPDATED");
        assertThat(server().at("properties.keyId")).isEqualTo(KEY_URL);
    }

    @Test
    void update_fromAnotherApplication_leadsOverMicrosoftsKeys() {
        sql(app, key).create();
        FederatedApp second = CrossTenantCmk.provider(provider())
                .application("contoso-cmk-2")
                .managedIdentity(app.identity().id())
                .createFederatedApp();
        AuthorizedKey theirs = anotherKey(second, "kv-fabrikam", "second");
        assertThat(sql(second, theirs).plan().steps())
                .filteredOn(s -> s.action() == PlannedStep.Action.UPDATE)
                .extracting(PlannedStep::step)
                .containsExactly("serviceManagedKey", "sqlServer");
        azure.clearCalls();

        EncryptedResource server = sql(second, theirs).update();

        assertThat(changes(server.outcomes()))
                .containsExactly("serviceManagedKey UPDATED", "sqlServer UPDATED", "encryptionProtector UNCHANGED");
        assertThat(server.federatedClientId()).isEqualTo(second.clientId());
        assertThat(writtenPaths()).containsExactly("PUT current", "PATCH sql-fabrikam");
        assertThat(protector().at("properties.uri").toString()).contains("/keys/second/");
    }

    @Test
    void backToMicrosoftsKeys_andAgain_andBack() {
        sql(app, key).create();

        assertThat(sql(app, key).withMicrosoftKeys().update().change()).isEqualTo(Change.UPDATED);
        assertThat(protector().at("properties.serverKeyType")).isEqualTo("ServiceManaged");
        azure.clearCalls();
        assertThat(sql(app, key).withMicrosoftKeys().update().change()).isEqualTo(Change.UNCHANGED);
        assertThat(writes()).isEmpty();

        sql(app, key).update();
        assertThat(protector().at("properties.serverKeyType")).isEqualTo("AzureKeyVault");
    }

    @Test
    void keyOf4096Bits_isRefusedByTheOperation() {
        AuthorizedKey large = CrossTenantCmk.customer(customer())
                .application(app.clientId())
                .keyVault("rg-keys", "kv-fabrikam", Region.EUROPE_WEST)
                .key("large", KeySpec.rsa(4096))
                .authorize();

        // Pasted by the customer, it says nothing of its kind.
        AuthorizedKey pasted =
                AuthorizedKey.of(large.tenantId(), large.clientId(), large.key().toString());

        KeyAccessException e = catchThrowableOfType(
                KeyAccessException.class, () -> sql(app, pasted).create());

        assertThat(e.azureAnswer().orElseThrow().code()).isEqualTo("AzureKeyVaultRsaKeyNotSupported");
        assertThat(e.azureAnswer().orElseThrow().requestId()).isNotBlank();
        assertThat(e.actor()).isEqualTo(CrossTenantCmkException.Actor.CUSTOMER);
        assertThat(e.step()).isEqualTo("sqlServer");
    }

    @ParameterizedTest
    @EnumSource
    void keyKnownToHave4096Bits_isRefused_beforeAnyRequest(KeyPlane plane) {
        fabrikam.administrator().grant("Key Vault Crypto Officer", "/subscriptions/" + fabrikam.subscriptionId());
        AuthorizedKey large = CrossTenantCmk.customer(customer())
                .application(app.clientId())
                .keyVault("rg-keys", "kv-fabrikam", Region.EUROPE_WEST)
                .key("large", KeySpec.rsa(4096))
                .keyPlane(plane)
                .authorize();
        assertThat(large.knownSpec()).contains(KeySpec.rsa(4096));
        azure.clearCalls();

        assertThatThrownBy(() -> sql(app, large).create())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("key", "RSA 4096", "an Azure SQL server", "2048 or 3072");
        assertThatThrownBy(() -> sql(app, large).plan()).isInstanceOf(InvalidInputException.class);

        assertThat(azure.calls()).isEmpty();
    }

    @Test
    void create_withAKeyBehindAFirewallThatTrustsNobody_namesTheFirewall() {
        checkFirewallIsNamed(() -> sql(app, key).create());
    }

    @Test
    void nameTaken_isAConflict() {
        sql(app, key).create();

        ResourceConflictException e = catchThrowableOfType(
                ResourceConflictException.class,
                () -> CrossTenantCmk.provider(provider())
                        .sql("rg-else", "sql-fabrikam")
                        .federatedApp(app)
                        .withCustomerKey(key)
                        .administrator("contoso", PASSWORD)
                        .create());

        assertThat(e.azureAnswer().orElseThrow().code()).isEqualTo("NameAlreadyExists");
        assertThat(changes(e.done())).containsExactly("resourceGroup CREATED");
    }
}

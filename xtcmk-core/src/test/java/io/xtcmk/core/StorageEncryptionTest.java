package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import com.azure.core.management.Region;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobStorageException;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.exception.KeyAccessException;
import io.xtcmk.exception.ResourceConflictException;
import io.xtcmk.exception.ResourceMissingException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.Difference;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.Plan;
import io.xtcmk.model.PlannedStep;
import io.xtcmk.model.StepOutcome;
import io.xtcmk.model.StepOutcome.Change;
import io.xtcmk.testing.FakePrincipal;
import io.xtcmk.testing.RecordedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phase 3 for storage accounts. */
class StorageEncryptionTest extends EncryptionScenario {
    private static final String ENCRYPTION = "properties.encryption";
    private static final String VAULT = ENCRYPTION + ".keyvaultproperties";

    private final FederatedApp app = phase1();
    private final AuthorizedKey key = phase2(app);

    @Test
    void create_fromNothing_isOnePutWithTheKey() {
        azure.clearCalls();
        EncryptedResource account = storage(app, key).create();

        assertThat(changes(account.outcomes())).containsExactly("resourceGroup CREATED", "storageAccount CREATED");
        assertThat(writtenPaths()).containsExactly("PUT rg-data", "PUT stfabrikam");
        RecordedCall put = writes().get(1);
        assertThat(put.requestBody().toString())
                .contains("keySource=Microsoft.Keyvault", "federatedIdentityClientId=" + app.clientId())
                .contains("userAssignedIdentity=" + app.identity().id());
        assertThat(account().at(VAULT + ".keyname")).isEqualTo("contoso-cmk");
        assertThat(account().at(VAULT + ".keyversion")).isNull();
        assertThat(account.knownKeyInForce().orElseThrow().toString()).isEqualTo(KEY_URL + "/" + version());
        assertThat(account.federatedClientId()).isEqualTo(app.clientId());
        assertThat(account.identityId()).isEqualTo(app.identity().id());
        assertThat(account().at("location")).isEqualTo("westeurope");
        assertThat(account().at("identity.type")).isEqualTo("UserAssigned");
    }

    @Test
    void create_repeated_onlyReads() {
        EncryptedResource first = storage(app, key).create();
        azure.clearCalls();

        EncryptedResource again = storage(app, key).create();

        assertThat(again).isEqualTo(first);
        assertThat(changes(again.outcomes())).containsExactly("resourceGroup UNCHANGED", "storageAccount UNCHANGED");
        assertThat(writes()).isEmpty();
        assertThat(serviceCalls())
                .as("the vault for its tenant, then the account")
                .hasSize(2);
    }

    @Test
    void create_inRegion_isMadeThere() {
        storage(app, key).region(Region.US_EAST).create();

        assertThat(account().at("location")).isEqualTo("eastus");
    }

    @Test
    void create_whereAnAccountWithMicrosoftsKeysIs_isAConflictThatNamesUpdate() {
        plainAccount(object());
        azure.clearCalls();

        ResourceConflictException e = catchThrowableOfType(
                ResourceConflictException.class, () -> storage(app, key).create());

        assertThat(e.fix()).contains("update()");
        assertThat(e.step()).isEqualTo("storageAccount");
        assertThat(e.differences()).anySatisfy(d -> assertThat(d.toString()).contains("Microsoft's keys"));
        assertThat(writes()).isEmpty();
    }

    private static List<String> userAssigned(Reply account) {
        return ((Map<?, ?>) Objects.requireNonNull(account.at("identity.userAssignedIdentities")))
                .keySet().stream().map(String::valueOf).toList();
    }

    /** Services write the union with and without the blank, in one case or another. */
    @ParameterizedTest
    @ValueSource(
            strings = {"SystemAssigned, UserAssigned", "systemassigned,userassigned", "userAssigned , systemAssigned"})
    void update_readsTheUnionOfIdentitiesByItsParts(String union) {
        String other = identity("id-other");
        Reply before = plainAccount(
                object("identity", object("type", union, "userAssignedIdentities", object(other, object()))));
        assertThat(before.at("identity.principalId")).isNotNull();

        storage(app, key).update();

        assertThat(account().at("identity.principalId")).isEqualTo(before.at("identity.principalId"));
    }

    @Test
    void update_thatReplacesAnotherIdentity_saysSoInThePlan() {
        String other = identity("id-other");
        plainAccount(
                object("identity", object("type", "UserAssigned", "userAssignedIdentities", object(other, object()))));

        PlannedStep planned = Drift.step(storage(app, key).plan(), "storageAccount");

        assertThat(planned.differences())
                .contains(new Difference(
                        "identity.userAssignedIdentities", app.identity().id() + " alone", other));
    }

    /** Another application with another identity, which the customer has also let use the key in force. */
    private FederatedApp successor() {
        FederatedApp second = CrossTenantCmk.provider(provider())
                .application("contoso-cmk-2")
                .managedIdentity("rg-identities", "id-second", Region.EUROPE_WEST)
                .createFederatedApp();
        anotherKey(second, "kv-fabrikam", "contoso-cmk");
        return second;
    }

    @Test
    void update_toAnotherIdentityApplicationAndKey_isTwoRequestsBetweenWhichDataCanBeRead() {
        storage(app, key).create();
        BlobClient blob = letter();
        FederatedApp second = successor();
        AuthorizedKey other = anotherKey(second, "kv-fabrikam-2", "second");

        Plan plan = storage(second, other).plan();
        assertThat(plan.steps())
                .filteredOn(s -> s.action() != PlannedStep.Action.NONE)
                .extracting(s -> s.step() + " " + s.action() + " "
                        + s.differences().stream().map(Difference::property).toList())
                .containsExactly(
                        "encryptionIdentity UPDATE [identity, federatedClientId]", "storageAccount UPDATE [key]");

        azure.clearCalls();
        List<String> read = new ArrayList<>();
        Runnable listening = azure.onCall(call -> {
            if (call.method().equals("PATCH") && read.size() < 2) {
                read.add(String.valueOf(account().at(VAULT + ".keyname")) + ": " + blob.downloadContent());
            }
        });
        EncryptedResource account = storage(second, other).update();
        listening.run();

        assertThat(read).containsExactly("contoso-cmk: dear fabrikam", "second: dear fabrikam");
        assertThat(changes(account.outcomes())).containsExactly("encryptionIdentity UPDATED", "storageAccount UPDATED");
        assertThat(account.federatedClientId()).isEqualTo(second.clientId());
        assertThat(userAssigned(account()))
                .containsExactly(second.identity().id().toString());
        assertThat(changes(storage(second, other).update().outcomes())).containsExactly("storageAccount UNCHANGED");
    }

    @Test
    void update_toAnotherIdentityAndApplicationOfTheSameKey_isOneRequest() {
        storage(app, key).create();
        FederatedApp second = successor();
        AuthorizedKey same = anotherKey(second, "kv-fabrikam", "contoso-cmk");
        azure.clearCalls();

        EncryptedResource account = storage(second, same).update();

        assertThat(writtenPaths()).containsExactly("PATCH stfabrikam");
        assertThat(changes(account.outcomes())).containsExactly("storageAccount UPDATED");
        assertThat(userAssigned(account()))
                .containsExactly(second.identity().id().toString());
    }

    @Test
    void update_toAnApplicationWithoutARoleOnTheKeyInForce_changesNothingAndSaysWhatToDo() {
        storage(app, key).create();
        FederatedApp second = CrossTenantCmk.provider(provider())
                .application("contoso-cmk-2")
                .managedIdentity(app.identity().id())
                .createFederatedApp();
        AuthorizedKey other = anotherKey(second, "kv-fabrikam", "second");
        azure.clock().advance(Duration.ofHours(1));
        Object before = whole(account());

        KeyAccessException refused = catchThrowableOfType(
                KeyAccessException.class, () -> storage(second, other).update());

        assertThat(refused.step()).isEqualTo("encryptionIdentity");
        assertThat(refused.fix()).contains("key in force", "withMicrosoftKeys().update()");
        assertThat(whole(account())).isEqualTo(before);
        storage(app, key).withMicrosoftKeys().update();
        assertThat(storage(second, other)
                        .update()
                        .knownKeyInForce()
                        .orElseThrow()
                        .keyName())
                .isEqualTo("second");
    }

    private BlobClient letter() {
        FakePrincipal writer = contoso.newPrincipal("writer").grant("Storage Blob Data Contributor", accountId);
        container(writer).create();
        BlobClient blob = container(writer).getBlobClient("letter.txt");
        blob.upload(BinaryData.fromString("dear fabrikam"));
        return blob;
    }

    private Reply plainAccount(Map<String, Object> more) {
        groupIn(contoso, "rg-data");
        Map<String, Object> body =
                object("location", "westeurope", "kind", "StorageV2", "sku", object("name", "Standard_LRS"));
        body.putAll(more);
        return made(contoso, accountId, STORAGE_VERSION, body);
    }

    @Test
    void update_keepsEverythingElse() {
        Map<String, Object> onAccount = object("keyType", "Account", "enabled", true);
        String other = identity("id-other");
        Reply before = plainAccount(object(
                "tags", object("cost", "42"),
                "identity",
                        object(
                                "type",
                                "SystemAssigned,UserAssigned",
                                "userAssignedIdentities",
                                object(other, object())),
                "properties",
                        object(
                                "accessTier",
                                "Cool",
                                "minimumTlsVersion",
                                "TLS1_1",
                                "allowBlobPublicAccess",
                                true,
                                "encryption",
                                object(
                                        "keySource",
                                        "Microsoft.Storage",
                                        "requireInfrastructureEncryption",
                                        true,
                                        "services",
                                        object(
                                                "blob", onAccount,
                                                "file", onAccount,
                                                "queue", onAccount,
                                                "table", onAccount)))));
        azure.clearCalls();

        EncryptedResource account = storage(app, key).update();

        assertThat(changes(account.outcomes())).containsExactly("storageAccount UPDATED");
        assertThat(writtenPaths()).containsExactly("PATCH stfabrikam");
        Reply after = account();
        assertThat(without(whole(after), "identity", "properties"))
                .isEqualTo(without(whole(before), "identity", "properties"));
        assertThat(without(after.at("properties"), "encryption"))
                .isEqualTo(without(before.at("properties"), "encryption"));
        assertThat(after.at(ENCRYPTION + ".services")).isEqualTo(before.at(ENCRYPTION + ".services"));
        assertThat(after.at(ENCRYPTION + ".requireInfrastructureEncryption")).isEqualTo(true);
        assertThat(after.at("identity.principalId")).isEqualTo(before.at("identity.principalId"));
        assertThat(after.at("identity.type")).isEqualTo("SystemAssigned,UserAssigned");
        assertThat(userAssigned(after))
                .as("an account has room for one")
                .containsExactly(app.identity().id().toString());
        assertThat(after.at(ENCRYPTION + ".keySource")).isEqualTo("Microsoft.Keyvault");
    }

    @Test
    void update_repeated_onlyReads() {
        plainAccount(object());
        storage(app, key).update();
        azure.clearCalls();

        assertThat(changes(storage(app, key).update().outcomes())).containsExactly("storageAccount UNCHANGED");
        assertThat(writes()).isEmpty();
    }

    @Test
    void update_ofAMissingAccount_namesCreate() {
        ResourceMissingException e = catchThrowableOfType(
                ResourceMissingException.class, () -> storage(app, key).update());

        assertThat(e).hasMessageContaining("It is not there").hasMessageNotContaining("not as it must be");
        assertThat(e.fix()).contains("create()", "resource group");
        assertThat(e.resource()).isEqualTo(accountId);
        assertThat(writes()).noneMatch(c -> c.url().getPath().equals(accountId));
    }

    @Test
    void update_toAnotherKeyAndAnotherVault() {
        storage(app, key).create();
        AuthorizedKey second = anotherKey(app, "kv-fabrikam", "second");
        AuthorizedKey third = anotherKey(app, "kv-fabrikam-2", "third");

        assertThat(storage(app, second).update().knownKeyInForce().orElseThrow().keyName())
                .isEqualTo("second");
        EncryptedResource moved = storage(app, third).update();
        assertThat(moved.knownKeyInForce().orElseThrow().vaultName()).isEqualTo("kv-fabrikam-2");
        assertThat(account().at(VAULT + ".keyvaulturi").toString()).contains("kv-fabrikam-2");
    }

    @Test
    void pinnedVersion_andBackToTheNewest() {
        String version = version();
        EncryptedResource pinned = storage(app, key).pinKeyVersion(version).create();
        assertThat(account().at(VAULT + ".keyversion")).isEqualTo(version);
        assertThat(pinned.knownKeyInForce().orElseThrow().version()).isEqualTo(version);

        assertThatThrownBy(() -> storage(app, key).create()).isInstanceOf(ResourceConflictException.class);
        assertThat(changes(storage(app, key).update().outcomes())).containsExactly("storageAccount UPDATED");
        assertThat(account().at(VAULT + ".keyversion")).isIn(null, "");
        assertThat(changes(storage(app, key).pinKeyVersion(version).update().outcomes()))
                .containsExactly("storageAccount UPDATED");
        assertThat(account().at(VAULT + ".keyversion")).isEqualTo(version);
    }

    @Test
    void backToMicrosoftsKeys_andAgain() {
        storage(app, key).create();
        azure.clearCalls();

        StepOutcome back = storage(app, key).withMicrosoftKeys().update();

        assertThat(back.change()).isEqualTo(Change.UPDATED);
        assertThat(writtenPaths()).containsExactly("PATCH stfabrikam");
        assertThat(account().at(ENCRYPTION + ".keySource")).isEqualTo("Microsoft.Storage");
        assertThat(account().at(ENCRYPTION + ".services.blob.enabled")).isEqualTo(true);
        assertThat(storage(app, key).withMicrosoftKeys().update().change()).isEqualTo(Change.UNCHANGED);
        assertThat(changes(storage(app, key).update().outcomes())).containsExactly("storageAccount UPDATED");
    }

    @Test
    void backToMicrosoftsKeys_ofAMissingAccount_saysThatItIsNotThere() {
        assertThatThrownBy(() -> storage(app, key).withMicrosoftKeys().update())
                .isInstanceOf(ResourceMissingException.class)
                .hasMessageContaining("It is not there");
        assertThatThrownBy(() -> storage(app, key).withMicrosoftKeys().plan())
                .isInstanceOf(ResourceMissingException.class);
    }

    @Test
    void create_withAKeyBehindAFirewallThatTrustsNobody_namesTheFirewall() {
        checkFirewallIsNamed(() -> storage(app, key).create());
    }

    @Test
    void nameTakenElsewhere_isAConflict() {
        groupIn(fabrikam, "rg-theirs");
        made(
                fabrikam,
                subscription(fabrikam)
                        + "/resourceGroups/rg-theirs/providers/Microsoft.Storage/storageAccounts/stfabrikam",
                STORAGE_VERSION,
                object("location", "westeurope", "kind", "StorageV2", "sku", object("name", "Standard_LRS")));

        ResourceConflictException e = catchThrowableOfType(
                ResourceConflictException.class, () -> storage(app, key).create());

        assertThat(e.azureAnswer().orElseThrow().code()).isEqualTo("StorageAccountAlreadyTaken");
        assertThat(e.azureAnswer().orElseThrow().requestId()).isNotBlank();
        assertThat(changes(e.done())).containsExactly("resourceGroup CREATED");
    }

    @Test
    void answerThatIsNotWhatWasAsked_isNotBelieved() {
        HttpClient forgetful = new Intercepted(azure.httpClient(), (request, onward) -> {
            var response = onward.send();
            boolean last = request.getUrl().getPath().contains("asyncoperations") && response.getStatusCode() == 200;
            return last
                    ? Intercepted.rewritten(
                            request,
                            response,
                            Intercepted.text(response)
                                    .replace("\"federatedIdentityClientId\":\"" + app.clientId() + "\"", "\"x\":1"))
                    : response;
        });

        ResourceConflictException e = catchThrowableOfType(
                ResourceConflictException.class,
                () -> storageOn(over(provider(), forgetful), app, key).create());

        assertThat(e.differences())
                .singleElement()
                .satisfies(d -> assertThat(d.toString())
                        .contains("federatedClientId", app.clientId().toString()));
        assertThat(e.fix()).contains("update()");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                KEY_URL,
                KEY_URL + "/",
                "https://kv-fabrikam.vault.azure.net:443/keys/contoso-cmk",
                "https://KV-Fabrikam.vault.azure.net/keys/contoso-cmk/0123456789abcdef0123456789abcdef"
            })
    void pastedKey_worksWithoutRecordOfPhase2(String url) {
        AuthorizedKey pasted = AuthorizedKey.of(fabrikam.tenantId(), app.clientId(), url);

        EncryptedResource account = storage(app, pasted).create();

        assertThat(account.knownKeyInForce().orElseThrow().versionless().toString())
                .isEqualTo(KEY_URL);
        assertThat(account().at(VAULT + ".keyversion")).isNull();
    }

    @Test
    void blobs_areReadableAsLongAsTheCustomerLets_andFollowRotation() {
        storage(app, key).create();
        BlobClient blob = letter();
        assertThat(blob.downloadContent().toString()).isEqualTo("dear fabrikam");

        enableKey(false);
        assertThatThrownBy(blob::downloadContent)
                .isInstanceOfSatisfying(
                        BlobStorageException.class,
                        e -> assertThat(e.getStatusCode()).isEqualTo(403));
        enableKey(true);
        assertThat(blob.downloadContent().toString()).isEqualTo("dear fabrikam");

        String before = version();
        CrossTenantCmk.customer(officerConnection()).key(key).rotate();
        azure.clock().advance(Duration.ofDays(2));
        EncryptedResource follows = storage(app, key).create();
        assertThat(follows.knownKeyInForce().orElseThrow().version())
                .isNotEqualTo(before)
                .isEqualTo(version());
        assertThat(blob.downloadContent().toString()).isEqualTo("dear fabrikam");
    }

    private io.xtcmk.TenantConnection officerConnection() {
        return officer().connection();
    }

    @Test
    void keyOfAnotherApplication_isRefusedBeforeAnyRequest() {
        azure.clearCalls();
        AuthorizedKey other = AuthorizedKey.of(
                fabrikam.tenantId(), io.xtcmk.model.ClientId.of("11111111-2222-3333-4444-555555555555"), KEY_URL);

        assertThatThrownBy(() -> storage(app, other).create())
                .hasMessageContaining("11111111-2222-3333-4444-555555555555");
        assertThat(List.copyOf(azure.calls())).isEmpty();
    }
}

package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpMethod;
import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.resources.models.LockLevel;
import com.azure.resourcemanager.resources.models.ManagementLock;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Role;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules from Microsoft's page "Lock your Azure resources to protect your infrastructure". */
class ManagementLocksTest extends ArmScenario {
    private static final String VERSION = "2016-09-01";
    private final String group = subscription + "/resourceGroups/rg";
    private final String vault = group + "/providers/Microsoft.KeyVault/vaults/kv-locked";
    private final String identity = group + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-locked";

    private static String lockOf(String scope) {
        return scope + "/providers/Microsoft.Authorization/locks/keep";
    }

    private Reply lock(String scope, String level) {
        return put(
                owner,
                lockOf(scope),
                VERSION,
                Json.object("properties", Json.object("level", level, "notes", "the customer's")));
    }

    private Reply delete(String path, String version) {
        return call(owner, HttpMethod.DELETE, path, version, null);
    }

    private void makeIdentity() {
        assertThat(put(owner, identity, "2023-01-31", Json.object("location", "westeurope"))
                        .status())
                .isLessThan(300);
    }

    private static void assertLocked(Reply reply, String scope, String operation, String lockedScope) {
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("ScopeLocked");
        assertThat(reply.message())
                .isEqualToIgnoringCase("The scope '" + scope + "' cannot perform " + operation
                        + " operation because following scope(s) are locked: '" + lockedScope
                        + "'. Please remove the lock and try again.");
    }

    @Test
    void lock_isMadeChangedFoundAndRemoved_byMicrosoftsClient() {
        ManagementLock made = resources()
                .managementLocks()
                .define("keep")
                .withLockedResourceGroup("rg")
                .withLevel(LockLevel.CAN_NOT_DELETE)
                .withNotes("the customer's")
                .create();
        assertThat(made.id()).isEqualTo(lockOf(group));
        assertThat(made.notes()).isEqualTo("the customer's");

        assertThat(made.update().withLevel(LockLevel.READ_ONLY).apply().level()).isEqualTo(LockLevel.READ_ONLY);
        assertThat(resources().managementLocks().listByResourceGroup("rg")).hasSize(1);
        assertThat(resources().managementLocks().getById(made.id()).lockedResourceId())
                .isEqualTo(group);
        resources().managementLocks().deleteById(made.id());

        assertThat(resources().managementLocks().list()).isEmpty();
        assertThat(get(owner, lockOf(group), VERSION).code()).isEqualTo("LockNotFound");
        assertThat(delete(lockOf(group), VERSION).status()).isEqualTo(204);
    }

    @Test
    void put_newThenAgain_is201Then200() {
        assertThat(lock(group, "CanNotDelete").status()).isEqualTo(201);
        Reply again = lock(group, "ReadOnly");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("properties.level")).isEqualTo("ReadOnly");
        assertThat(again.text("type")).isEqualTo("Microsoft.Authorization/locks");
    }

    @Test
    void canNotDelete_holdsOffDeletion_notChange_untilItIsRemoved() {
        makeIdentity();
        lock(identity, "CanNotDelete");

        assertLocked(delete(identity, "2023-01-31"), identity, "delete", identity);
        makeIdentity();
        assertThat(delete(lockOf(identity), VERSION).status()).isEqualTo(200);
        assertThat(delete(identity, "2023-01-31").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CanNotDelete", "ReadOnly"})
    void lockAbove_isInherited(String level) {
        makeIdentity();
        lock(subscription, level);

        assertLocked(delete(identity, "2023-01-31"), identity, "delete", subscription);
    }

    @Test
    void lockBelow_keepsTheGroup() {
        createVault("kv-locked", rbacVault());
        lock(vault, "CanNotDelete");

        assertLocked(delete(group, "2021-04-01"), group, "delete", vault);
        assertThat(get(owner, vault, "2022-07-01").status()).isEqualTo(200);
    }

    @Test
    void readOnly_holdsOffEveryChange_andActionsThatAreNotReading() {
        createVault("kv-locked", rbacVault());
        lock(group, "ReadOnly");

        assertLocked(
                put(owner, identity, "2023-01-31", Json.object("location", "westeurope")), identity, "write", group);
        assertLocked(
                call(owner, HttpMethod.PATCH, vault, "2022-07-01", Json.object("tags", Map.of())),
                vault,
                "write",
                group);
        assertThat(get(owner, vault, "2022-07-01").status()).isEqualTo(200);
        assertThat(call(
                                owner,
                                HttpMethod.POST,
                                subscription + "/providers/Microsoft.KeyVault/checkNameAvailability",
                                "2022-07-01",
                                Json.object("name", "kv-free", "type", "Microsoft.KeyVault/vaults"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void readOnlyAccount_doesNotTellItsKeys() {
        String account = group + "/providers/Microsoft.Storage/storageAccounts/stlocked";
        put(
                owner,
                account,
                "2023-05-01",
                Json.object("location", "westeurope", "kind", "StorageV2", "sku", Json.object("name", "Standard_LRS")));
        lock(account, "ReadOnly");

        assertLocked(
                call(owner, HttpMethod.POST, account + "/listKeys", "2023-05-01", null), account, "write", account);
    }

    @Test
    void lock_keepsRoleAssignments() {
        String assignment = group + "/providers/Microsoft.Authorization/roleAssignments/" + new UUID(1, 2);
        Map<String, Object> body = Json.object(
                "properties",
                Json.object(
                        "roleDefinitionId",
                        subscription + "/providers/Microsoft.Authorization/roleDefinitions/" + Role.READER.id(),
                        "principalId",
                        owner.objectId().toString()));
        assertThat(put(owner, assignment, "2022-04-01", body).status()).isEqualTo(201);
        lock(group, "CanNotDelete");

        assertLocked(delete(assignment, "2022-04-01"), assignment, "delete", group);
    }

    @Test
    void lock_isOwnersBusiness_notContributors() {
        Someone contributor = Someone.in(azure, contoso).granted(Role.CONTRIBUTOR, subscription);
        lock(group, "CanNotDelete");

        Reply refused = call(contributor, HttpMethod.DELETE, lockOf(group), VERSION, null);

        assertThat(refused.code()).isEqualTo("AuthorizationFailed");
        assertThat(refused.message()).contains("'Microsoft.Authorization/locks/delete' over scope '" + group + "'");
        assertThat(get(contributor, lockOf(group), VERSION).status()).isEqualTo(200);
    }

    @Test
    void withoutRole_theRoleIsWhatIsMissing_notTheLock() {
        Someone nobody = Someone.in(azure, contoso);
        makeIdentity();
        lock(group, "ReadOnly");

        assertThat(call(nobody, HttpMethod.DELETE, identity, "2023-01-31", null).code())
                .isEqualTo("AuthorizationFailed");
    }

    @Test
    void lock_isAboutResourceManagerOnly_keysGoOnTheirOwnHost() {
        createVault("kv-locked", rbacVault());
        owner.granted(Role.KEY_VAULT_CRYPTO_OFFICER, vault);
        put(
                owner,
                vault + "/keys/cmk",
                "2022-07-01",
                Json.object("properties", Json.object("kty", "EC", "curveName", "P-256")));
        lock(vault, "ReadOnly");

        Rest.Reply deleted = Rest.over(azure.httpClient())
                .with("Authorization", "Bearer " + owner.token("https://vault.azure.net"))
                .delete("https://kv-locked.vault.azure.net/keys/cmk?api-version=7.4");

        assertThat(deleted.status()).isEqualTo(200);
    }

    @Test
    void list_showsLocksAboveAndBelow_orAtScopeOnly() {
        makeIdentity();
        lock(subscription, "CanNotDelete");
        lock(identity, "CanNotDelete");
        String locks = group + "/providers/Microsoft.Authorization/locks";

        assertThat(get(owner, locks, VERSION).list()).hasSize(2);
        assertThat(get(owner, locks + "?$filter=atScope()", VERSION).list()).hasSize(1);
    }

    @Test
    void unknownLevelOrMissingScope_isRefused() {
        assertThat(lock(group, "Perhaps").code()).isEqualTo("InvalidRequestContent");
        assertThat(lock(group + "-not", "ReadOnly").code()).isEqualTo("ResourceGroupNotFound");
        assertThat(lock(identity, "ReadOnly").code()).isEqualTo("ResourceNotFound");
    }

    @Test
    void microsoftsClient_seesTheRefusal() {
        makeIdentity();
        lock(identity, "CanNotDelete");

        Assertions.assertThatThrownBy(
                        () -> identities().getUserAssignedIdentities().delete("rg", "id-locked"))
                .isInstanceOfSatisfying(
                        ManagementException.class,
                        e -> assertThat(e.getValue().getCode()).isEqualTo("ScopeLocked"));
    }
}

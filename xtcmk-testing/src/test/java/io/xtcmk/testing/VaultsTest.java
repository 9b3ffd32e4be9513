package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpMethod;
import com.azure.resourcemanager.keyvault.fluent.models.KeyInner;
import com.azure.resourcemanager.keyvault.fluent.models.KeyProperties;
import com.azure.resourcemanager.keyvault.fluent.models.VaultInner;
import com.azure.resourcemanager.keyvault.models.CreateMode;
import com.azure.resourcemanager.keyvault.models.JsonWebKeyType;
import com.azure.resourcemanager.keyvault.models.KeyCreateParameters;
import com.azure.resourcemanager.keyvault.models.Reason;
import com.azure.resourcemanager.keyvault.models.VaultCheckNameAvailabilityParameters;
import com.azure.resourcemanager.keyvault.models.VaultPatchParameters;
import com.azure.resourcemanager.keyvault.models.VaultPatchProperties;
import com.azure.resourcemanager.keyvault.models.VaultProperties;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Vaults and their keys by Resource Manager; codes and texts as azure-cli's recordings and issues have them. */
class VaultsTest extends ArmScenario {
    private final String vaults = subscription + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/";

    private Map<String, Object> body(Object... more) {
        return Json.object(
                "location",
                "westeurope",
                "properties",
                Json.merge(
                        Json.object(
                                "tenantId", contoso.tenantId().toString(),
                                "sku", Json.object("family", "A", "name", "standard"),
                                "enableRbacAuthorization", true),
                        Json.object(more)));
    }

    private KeyInner createKey(String vault, String name, KeyProperties properties) {
        return keyVault()
                .getKeys()
                .createIfNotExist("rg", vault, name, new KeyCreateParameters().withProperties(properties));
    }

    @Test
    void create_registersDnsFirst() {
        azure.world().settings().vaultDns = Duration.ofSeconds(10);
        Reply made = put(owner, vaults + "kv-dns", "2025-05-01", body("enablePurgeProtection", true));
        azure.clock().advance(Duration.ofSeconds(10));
        Reply later = get(owner, vaults + "kv-dns", "2025-05-01");

        assertThat(made.status()).isEqualTo(200);
        assertThat(made.text("properties.provisioningState")).isEqualTo("RegisteringDns");
        assertThat(made.text("properties.vaultUri")).isEqualTo("https://kv-dns.vault.azure.net");
        assertThat(later.text("properties.provisioningState")).isEqualTo("Succeeded");
        assertThat(later.text("properties.vaultUri")).isEqualTo("https://kv-dns.vault.azure.net/");
    }

    @Test
    void create_byTheClient_hasSafeDefaults() {
        VaultInner vault = createVault("kv-defaults", rbacVault());

        assertThat(vault.properties().enableSoftDelete()).isTrue();
        assertThat(vault.properties().softDeleteRetentionInDays()).isEqualTo(90);
        assertThat(vault.properties().enablePurgeProtection()).isNull();
        assertThat(vault.properties().publicNetworkAccess()).isEqualTo("Enabled");
        assertThat(vault.systemData().createdBy()).isEqualTo(owner.appId().toString());
    }

    @Test
    void create_withoutAccessModel_isRefusedBefore2026AndUsesRolesSince() {
        Map<String, Object> body = Json.without(body(), "properties.enableRbacAuthorization");

        Reply before = put(owner, vaults + "kv-model", "2025-05-01", body);
        Reply since = put(owner, vaults + "kv-model", "2026-02-01", body);

        assertThat(before.code()).isEqualTo("BadRequest");
        assertThat(before.message()).contains("accessPolicies");
        assertThat(Json.flag(since.body(), "properties.enableRbacAuthorization"))
                .contains(true);
    }

    @Test
    void create_withIrreversibleThingsOff_isBadRequest() {
        assertBadRequest("enablePurgeProtection", false);
        assertBadRequest("softDeleteRetentionInDays", 6);
        assertBadRequest("softDeleteRetentionInDays", 91);
        assertBadRequest("tenantId", new UUID(1, 1).toString());
    }

    private void assertBadRequest(String property, Object value) {
        Reply reply = put(owner, vaults + "kv-bad", "2025-05-01", body(property, value));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("BadRequest");
        assertThat(reply.message()).contains(property);
    }

    @Test
    void create_withBadName_isVaultNameNotValid() {
        for (String name : new String[] {"kv", "1kv", "kv--x", "kv-", "kv_x", "a123456789012345678901234"}) {
            assertThat(put(owner, vaults + name, "2025-05-01", body()).code()).isEqualTo("VaultNameNotValid");
        }
    }

    @Test
    void create_whereAnotherTenantHasTheName_isVaultAlreadyExists() {
        FakeTenant fabrikam = azure.tenant("fabrikam");
        Someone other = Someone.in(azure, fabrikam).granted(Role.OWNER, "/subscriptions/" + fabrikam.subscriptionId());
        String group = "/subscriptions/" + fabrikam.subscriptionId() + "/resourceGroups/rg";
        put(other, group, "2025-04-01", Json.object("location", "westeurope"));
        createVault("kv-taken", rbacVault());

        Reply reply = put(
                other,
                group + "/providers/Microsoft.KeyVault/vaults/KV-taken",
                "2025-05-01",
                Json.with(body(), "properties.tenantId", fabrikam.tenantId().toString()));

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("VaultAlreadyExists");
    }

    @Test
    void put_again_keepsWhatCannotBeUndone() {
        createVault("kv-again", rbacVault().withEnablePurgeProtection(true).withSoftDeleteRetentionInDays(7));

        VaultProperties again = createVault("kv-again", rbacVault()).properties();

        assertThat(again.enablePurgeProtection()).isTrue();
        assertThat(again.softDeleteRetentionInDays()).isEqualTo(7);
    }

    @Test
    void patch_enablesPurgeProtection_butNotOtherRetention() {
        createVault("kv-patch", rbacVault());

        VaultInner patched = keyVault()
                .getVaults()
                .update(
                        "rg",
                        "kv-patch",
                        new VaultPatchParameters()
                                .withProperties(new VaultPatchProperties().withEnablePurgeProtection(true)));

        assertThat(patched.properties().enablePurgeProtection()).isTrue();
        assertRefused(
                () -> keyVault()
                        .getVaults()
                        .update(
                                "rg",
                                "kv-patch",
                                new VaultPatchParameters()
                                        .withProperties(new VaultPatchProperties().withSoftDeleteRetentionInDays(30))),
                400,
                "BadRequest");
    }

    @Test
    void deletedName_isConflict_untilRecovered_andKeysComeBack() {
        createVault("kv-deleted", rbacVault());
        KeyInner key = createKey("kv-deleted", "cmk", new KeyProperties().withKty(JsonWebKeyType.RSA));

        keyVault().getVaults().delete("rg", "kv-deleted");

        assertRefused(() -> createVault("kv-deleted", rbacVault()), 409, "ConflictError");
        assertRefused(() -> keyVault().getVaults().getByResourceGroup("rg", "kv-deleted"), 404, "ResourceNotFound");
        assertThat(keyVault().getVaults().listDeleted()).hasSize(1);
        createVault("kv-deleted", rbacVault().withCreateMode(CreateMode.RECOVER));
        assertThat(keyVault().getKeys().get("rg", "kv-deleted", "cmk").keyUriWithVersion())
                .isEqualTo(key.keyUriWithVersion());
    }

    @Test
    void purge_freesTheName_unlessProtected() {
        createVault("kv-purge", rbacVault());
        createVault("kv-kept", rbacVault().withEnablePurgeProtection(true));
        keyVault().getVaults().delete("rg", "kv-purge");
        keyVault().getVaults().delete("rg", "kv-kept");
        String deleted = subscription + "/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/";

        Reply purged = call(owner, HttpMethod.POST, deleted + "kv-purge/purge", "2025-05-01", null);
        Reply kept = call(owner, HttpMethod.POST, deleted + "kv-kept/purge", "2025-05-01", null);

        assertThat(purged.status()).isEqualTo(202);
        assertThat(purged.header("Location")).isNotNull();
        assertThat(kept.code()).isEqualTo("MethodNotAllowed");
        assertThat(get(owner, deleted + "kv-purge", "2025-05-01").code()).isEqualTo("DeletedVaultNotFound");
        assertThat(createVault("kv-purge", rbacVault()).name()).isEqualTo("kv-purge");
    }

    @Test
    void deletedVault_isGoneAfterItsRetention() {
        createVault("kv-old", rbacVault().withSoftDeleteRetentionInDays(7).withEnablePurgeProtection(true));
        keyVault().getVaults().delete("rg", "kv-old");

        azure.clock().advance(Duration.ofDays(7));

        assertThat(createVault("kv-old", rbacVault()).properties().enablePurgeProtection())
                .isNull();
    }

    @Test
    void checkNameAvailability_saysWhy() {
        createVault("kv-name", rbacVault());

        assertThat(check("kv-free").nameAvailable()).isTrue();
        assertThat(check("kv-name").reason()).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(check("kv--").reason()).isEqualTo(Reason.ACCOUNT_NAME_INVALID);
    }

    private com.azure.resourcemanager.keyvault.fluent.models.CheckNameAvailabilityResultInner check(String name) {
        return keyVault().getVaults().checkNameAvailability(new VaultCheckNameAvailabilityParameters().withName(name));
    }

    @Test
    void lists_showVaults() {
        createVault("kv-one", rbacVault());
        createVault("kv-two", rbacVault());

        assertThat(keyVault().getVaults().listByResourceGroup("rg")).hasSize(2);
        assertThat(keyVault().getVaults().listBySubscription()).hasSize(2);
        String hsms = "/providers/Microsoft.KeyVault/managedHSMs";
        assertThat(get(owner, subscription + "/resourceGroups/rg" + hsms, "2022-07-01")
                        .body())
                .containsEntry("value", List.of());
        assertThat(get(owner, subscription + hsms, "2022-07-01").body()).containsEntry("value", List.of());
    }

    @Test
    void createKey_twice_keepsTheFirst() {
        createVault("kv-keys", rbacVault().withEnablePurgeProtection(true));

        KeyInner first = createKey(
                "kv-keys",
                "cmk",
                new KeyProperties().withKty(JsonWebKeyType.RSA).withKeySize(3072));
        KeyInner second = createKey("kv-keys", "cmk", new KeyProperties().withKty(JsonWebKeyType.EC));

        assertThat(first.keySize()).isEqualTo(3072);
        assertThat(first.keyUri()).isEqualTo("https://kv-keys.vault.azure.net/keys/cmk");
        assertThat(first.attributes().recoveryLevel().toString()).isEqualTo("Recoverable");
        assertThat(second.keyUriWithVersion()).isEqualTo(first.keyUriWithVersion());
        assertThat(keyVault().getKeys().listVersions("rg", "kv-keys", "cmk")).hasSize(1);
        assertThat(keyVault().getKeys().list("rg", "kv-keys")).hasSize(1);
    }

    /** github.com/Azure/bicep/issues/6113 */
    @Test
    void createKey_thatIsThereWithOtherTags_isRefused() {
        createVault("kv-tags", rbacVault());
        KeyCreateParameters tagged = new KeyCreateParameters()
                .withProperties(new KeyProperties().withKty(JsonWebKeyType.RSA))
                .withTags(Map.of("cost", "42"));
        keyVault().getKeys().createIfNotExist("rg", "kv-tags", "cmk", tagged);

        assertThat(keyVault()
                        .getKeys()
                        .createIfNotExist("rg", "kv-tags", "cmk", tagged)
                        .tags())
                .isEqualTo(Map.of("cost", "42"));
        assertRefused(
                () -> keyVault()
                        .getKeys()
                        .createIfNotExist("rg", "kv-tags", "cmk", tagged.withTags(Map.of("cost", "43"))),
                400,
                "KeyCreationParametersDidNotMatchExistingKey");
    }

    @Test
    void getKey_missing_isResourceNotFound() {
        createVault("kv-nokey", rbacVault());

        assertRefused(() -> keyVault().getKeys().get("rg", "kv-nokey", "cmk"), 404, "ResourceNotFound");
        assertRefused(() -> keyVault().getKeys().get("rg", "kv-novault", "cmk"), 404, "ParentResourceNotFound");
    }
}

package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.resourcemanager.keyvault.models.SkuName;
import com.azure.resourcemanager.keyvault.models.VaultProperties;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.models.EncryptionAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.JsonWebKey;
import com.azure.security.keyvault.keys.models.KeyCurveName;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyProperties;
import com.azure.security.keyvault.keys.models.KeyRotationLifetimeAction;
import com.azure.security.keyvault.keys.models.KeyRotationPolicy;
import com.azure.security.keyvault.keys.models.KeyRotationPolicyAction;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.KeyPool;
import io.xtcmk.testing.world.Role;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Keys through Microsoft's own client; codes from Microsoft's page "Azure Key Vault REST API error codes". */
class KeysTest extends ArmScenario {
    private static final byte[] SECRET = "thirty-two bytes of data key ...".getBytes(StandardCharsets.US_ASCII);

    private final Someone officer = Someone.in(azure, contoso).granted(Role.KEY_VAULT_CRYPTO_OFFICER, subscription);

    private KeyClient keys(String vault, Someone who) {
        return new KeyClientBuilder()
                .vaultUrl("https://" + vault + ".vault.azure.net")
                .credential(who.credential())
                .httpClient(azure.httpClient())
                .buildClient();
    }

    private KeyClient keysOf(String vault) {
        return keysOf(vault, rbacVault());
    }

    private KeyClient keysOf(String vault, VaultProperties properties) {
        createVault(vault, properties);
        return keys(vault, officer);
    }

    /** Knows no public key, so that each operation is the service's. */
    private Map<String, Object> use(Someone who, KeyVaultKey key, String operation, String algorithm, byte[] value) {
        return reply(who, key.getId() + "/" + operation, algorithm, value).body();
    }

    private Reply reply(Someone who, String url, String algorithm, byte[] value) {
        return send(
                new HttpRequest(HttpMethod.POST, url + "?api-version=7.6"),
                "Bearer " + who.token("https://vault.azure.net"),
                Json.object(
                        "alg",
                        algorithm,
                        "value",
                        java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(value)));
    }

    private static void assertForbidden(Reply reply, String innerCode) {
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("Forbidden");
        assertThat(reply.text("error.innererror.code")).isEqualTo(innerCode);
    }

    private static void assertStatus(ThrowingCallable call, int status) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HttpResponseException.class,
                        e -> assertThat(e.getResponse().getStatusCode()).isEqualTo(status));
    }

    // challenge and tokens

    @Test
    void request_withoutToken_isChallengedToTheVaultsTenant() {
        createVault("kv-challenge", rbacVault());

        Reply reply = send(
                new HttpRequest(HttpMethod.GET, "https://kv-challenge.vault.azure.net/keys/cmk/?api%2Dversion=7.6"),
                null,
                null);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.message()).startsWith("AKV10000");
        assertThat(reply.header("WWW-Authenticate"))
                .isEqualTo("Bearer authorization=\"https://login.microsoftonline.com/" + contoso.tenantId()
                        + "\", resource=\"https://vault.azure.net\"");
    }

    @Test
    void request_withOtherTokens_isUnauthorizedForAReason() {
        createVault("kv-tokens", rbacVault());
        FakeTenant fabrikam = azure.tenant("fabrikam");

        assertThat(list("kv-tokens", Someone.in(azure, fabrikam).token("https://vault.azure.net")))
                .startsWith("AKV10032")
                .contains("https://sts.windows.net/" + fabrikam.tenantId() + "/");
        assertThat(list("kv-tokens", officer.token("https://management.azure.com")))
                .startsWith("AKV10022");
        assertThat(list("kv-tokens", officer.token("https://vault.azure.net") + "x"))
                .startsWith("AKV10046");
        assertThat(list(
                        "kv-tokens",
                        officer.token(
                                "https://vault.azure.net",
                                azure.clock().now().minusSeconds(20),
                                azure.clock().now().minusSeconds(10))))
                .contains("IDX10223");
    }

    private String list(String vault, String token) {
        Reply reply = send(
                new HttpRequest(HttpMethod.GET, "https://" + vault + ".vault.azure.net/keys?api-version=7.6"),
                "Bearer " + token,
                null);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).contains(contoso.tenantId().toString());
        return reply.message();
    }

    @Test
    void vaultThatIsNotThere_hasNoAddress() {
        assertThatThrownBy(() -> azure.httpClient()
                        .sendSync(
                                new HttpRequest(HttpMethod.GET, "https://kv-nowhere.vault.azure.net/keys"),
                                com.azure.core.util.Context.NONE))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> keys("kv-nowhere", officer).getKey("cmk"))
                .hasRootCauseInstanceOf(UnknownHostException.class);
    }

    // keys

    @Test
    void create_get_list_versions() {
        KeyClient keys = keysOf("kv-crud", rbacVault().withSoftDeleteRetentionInDays(7));
        KeyVaultKey first = keys.createRsaKey(new CreateRsaKeyOptions("cmk").setKeySize(3072));
        KeyVaultKey second = keys.createRsaKey(new CreateRsaKeyOptions("cmk"));
        keys.createEcKey(new CreateEcKeyOptions("ec").setCurveName(KeyCurveName.P_384));

        assertThat(first.getKeyOperations()).hasSize(6);
        assertThat(first.getProperties().getRecoveryLevel()).isEqualTo("CustomizedRecoverable+Purgeable");
        assertThat(first.getProperties().getCreatedOn().toInstant())
                .isEqualTo(azure.clock().now());
        assertThat(first.getKey().toRsa().getPublic()).isNotNull();
        assertThat(keys.getKey("cmk").getId()).isEqualTo(second.getId());
        assertThat(keys.getKey("cmk", first.getProperties().getVersion()).getId())
                .isEqualTo(first.getId());
        assertThat(keys.listPropertiesOfKeys())
                .extracting(KeyProperties::getName)
                .containsExactly("cmk", "ec");
        assertThat(keys.listPropertiesOfKeyVersions("cmk")).hasSize(2);
    }

    @Test
    void list_hasPages() {
        KeyClient keys = keysOf("kv-pages");
        for (int i = 0; i < 30; i++) {
            keys.createEcKey(new CreateEcKeyOptions("k" + i));
        }

        assertThat(keys.listPropertiesOfKeys()).hasSize(30);
    }

    @Test
    void get_missing_isKeyNotFound() {
        KeyClient keys = keysOf("kv-missing");

        assertThatThrownBy(() -> keys.getKey("cmk"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("KeyNotFound");
    }

    @Test
    void create_withBadParameters_isBadParameter() {
        KeyClient keys = keysOf("kv-badparam");

        assertStatus(() -> keys.createRsaKey(new CreateRsaKeyOptions("cmk").setKeySize(1024)), 400);
        assertStatus(() -> keys.createRsaKey(new CreateRsaKeyOptions("cmk").setHardwareProtected(true)), 400);
        assertStatus(() -> keys.createRsaKey(new CreateRsaKeyOptions("not_a_name")), 400);
    }

    @Test
    void create_inHardware_needsPremium() {
        VaultProperties premium = rbacVault();
        premium.sku().withName(SkuName.PREMIUM);

        assertThat(keysOf("kv-premium", premium)
                        .createRsaKey(new CreateRsaKeyOptions("cmk").setHardwareProtected(true))
                        .getKeyType()
                        .toString())
                .isEqualTo("RSA-HSM");
    }

    @Test
    void import_keepsTheKey() {
        KeyClient keys = keysOf("kv-import");
        JsonWebKey mine = JsonWebKey.fromRsa(KeyPool.rsa(2048, 99));
        KeyVaultKey imported = keys.importKey("mine", mine);

        assertThat(number(imported.getKey().getN())).isEqualTo(number(mine.getN()));
        JsonWebKey curve = JsonWebKey.fromEc(KeyPool.ec("secp256r1", 99), Security.getProvider("SunEC"));
        assertThat(number(keys.importKey("curve", curve).getKey().getX())).isEqualTo(number(curve.getX()));
    }

    /** Half of all keys have a leading zero byte in one form and not in the other. */
    private static BigInteger number(byte[] bytes) {
        return new BigInteger(1, bytes);
    }

    @Test
    void update_changesAttributes() {
        KeyClient keys = keysOf("kv-update");
        KeyVaultKey key = keys.createRsaKey(new CreateRsaKeyOptions("cmk"));

        KeyVaultKey updated = keys.updateKeyProperties(
                key.getProperties().setEnabled(false).setTags(Map.of("a", "b")), KeyOperation.WRAP_KEY);

        assertThat(updated.getProperties().isEnabled()).isFalse();
        assertThat(updated.getKeyOperations()).containsExactly(KeyOperation.WRAP_KEY);
        assertThat(keys.getKey("cmk").getProperties().getTags()).containsEntry("a", "b");
    }

    /** Least durations from Microsoft's page "Configure cryptographic key auto-rotation in Azure Key Vault". */
    @Test
    void rotationPolicy_shorterThanTheServiceAllows_isRefused() {
        KeyClient keys = keysOf("kv-hasty");
        keys.createRsaKey(new CreateRsaKeyOptions("cmk"));
        KeyRotationPolicy daily = new KeyRotationPolicy()
                .setLifetimeActions(List.of(
                        new KeyRotationLifetimeAction(KeyRotationPolicyAction.ROTATE).setTimeAfterCreate("P1D")));

        assertThatThrownBy(() -> keys.updateKeyRotationPolicy("cmk", daily)).hasMessageContaining("P1D");
        assertThatThrownBy(() -> keys.updateKeyRotationPolicy("cmk", new KeyRotationPolicy().setExpiresIn("P27D")))
                .hasMessageContaining("P27D");
    }

    @Test
    void rotate_makesANewVersion_byHandAndByPolicy() {
        KeyClient keys = keysOf("kv-rotate");
        KeyVaultKey first = keys.createRsaKey(new CreateRsaKeyOptions("cmk"));
        KeyVaultKey second = keys.rotateKey("cmk");
        keys.updateKeyRotationPolicy(
                "cmk",
                new KeyRotationPolicy()
                        .setExpiresIn("P60D")
                        .setLifetimeActions(List.of(new KeyRotationLifetimeAction(KeyRotationPolicyAction.ROTATE)
                                .setTimeAfterCreate("P30D"))));

        azure.clock().advance(Duration.ofDays(31));

        assertThat(second.getId()).isNotEqualTo(first.getId());
        // the first client's token has expired meanwhile, though not by the clock on its wall
        KeyClient later = keys("kv-rotate", officer);
        KeyVaultKey third = later.getKey("cmk");
        assertThat(third.getId()).isNotEqualTo(second.getId());
        assertThat(third.getProperties().getCreatedOn())
                .isEqualTo(second.getProperties().getCreatedOn().plusDays(30));
        assertThat(third.getProperties().getExpiresOn())
                .isEqualTo(third.getProperties().getCreatedOn().plusDays(60));
        assertThat(later.getKeyRotationPolicy("cmk").getExpiresIn()).isEqualTo("P60D");
    }

    @Test
    void delete_recover_purge() {
        KeyClient keys = keysOf("kv-delete");
        KeyVaultKey key = keys.createRsaKey(new CreateRsaKeyOptions("cmk"));

        keys.beginDeleteKey("cmk").waitForCompletion();
        assertThatThrownBy(() -> keys.getKey("cmk")).hasMessageContaining("KeyNotFound");
        assertThatThrownBy(() -> keys.createRsaKey(new CreateRsaKeyOptions("cmk")))
                .hasMessageContaining("ObjectIsDeletedButRecoverable");
        assertThat(keys.listDeletedKeys()).hasSize(1);
        keys.beginRecoverDeletedKey("cmk").waitForCompletion();
        assertThat(keys.getKey("cmk").getId()).isEqualTo(key.getId());
        keys.beginDeleteKey("cmk").waitForCompletion();
        keys.purgeDeletedKey("cmk");
        assertThat(keys.listDeletedKeys()).isEmpty();
    }

    @Test
    void purge_inAProtectedVault_isForbidden() {
        KeyClient keys = keysOf("kv-protected", rbacVault().withEnablePurgeProtection(true));
        keys.createRsaKey(new CreateRsaKeyOptions("cmk"));
        keys.beginDeleteKey("cmk").waitForCompletion();

        assertStatus(() -> keys.purgeDeletedKey("cmk"), 403);
    }

    @Test
    void backup_restoresAPurgedKey() {
        KeyClient keys = keysOf("kv-backup");
        KeyVaultKey key = keys.createRsaKey(new CreateRsaKeyOptions("cmk"));
        byte[] backup = keys.backupKey("cmk");
        keys.beginDeleteKey("cmk").waitForCompletion();
        keys.purgeDeletedKey("cmk");

        assertThat(keys.restoreKeyBackup(backup).getId()).isEqualTo(key.getId());
    }

    // cryptography

    @Test
    void encrypt_locallyAndRemotely_decryptsRemotely() {
        Someone user = Someone.in(azure, contoso).granted(Role.KEY_VAULT_CRYPTO_USER, subscription);
        KeyVaultKey key = keysOf("kv-crypto").createRsaKey(new CreateRsaKeyOptions("cmk"));
        CryptographyClient crypto = keys("kv-crypto", user).getCryptographyClient("cmk");

        for (String algorithm : List.of("RSA-OAEP", "RSA-OAEP-256", "RSA1_5")) {
            byte[] local = crypto.encrypt(EncryptionAlgorithm.fromString(algorithm), SECRET)
                    .getCipherText();
            assertThat(crypto.decrypt(EncryptionAlgorithm.fromString(algorithm), local)
                            .getPlainText())
                    .isEqualTo(SECRET);
            byte[] remote = java.util.Base64.getUrlDecoder().decode((String)
                    use(user, key, "wrapkey", algorithm, SECRET).get("value"));
            assertThat(crypto.unwrapKey(KeyWrapAlgorithm.fromString(algorithm), remote)
                            .getKey())
                    .isEqualTo(SECRET);
        }
        assertThat(use(user, key, "wrapkey", "RSA-OAEP-256", SECRET)).containsEntry("kid", key.getId());
    }

    @Test
    void sign_remotely_verifiesLocally() {
        Someone user = Someone.in(azure, contoso).granted(Role.KEY_VAULT_CRYPTO_USER, subscription);
        KeyClient keys = keysOf("kv-sign");
        keys.createRsaKey(new CreateRsaKeyOptions("rsa"));
        keys.createEcKey(new CreateEcKeyOptions("p256"));
        keys.createEcKey(new CreateEcKeyOptions("p521").setCurveName(KeyCurveName.P_521));

        for (String name : List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")) {
            assertSigns(keys("kv-sign", user).getCryptographyClient("rsa"), name);
        }
        assertSigns(keys("kv-sign", user).getCryptographyClient("p256"), "ES256");
        assertSigns(keys("kv-sign", user).getCryptographyClient("p521"), "ES512");
    }

    private static void assertSigns(CryptographyClient crypto, String name) {
        SignatureAlgorithm algorithm = SignatureAlgorithm.fromString(name);
        byte[] signature = crypto.signData(algorithm, SECRET).getSignature();

        assertThat(crypto.verifyData(algorithm, SECRET, signature).isValid()).isTrue();
        byte[] other = Arrays.copyOf(SECRET, SECRET.length - 1);
        assertThat(crypto.verifyData(algorithm, other, signature).isValid()).isFalse();
    }

    @Test
    void use_withWrongParameters_isBadParameter() {
        KeyClient keys = keysOf("kv-wrong");
        KeyVaultKey rsa = keys.createRsaKey(new CreateRsaKeyOptions("rsa"));
        KeyVaultKey ec = keys.createEcKey(new CreateEcKeyOptions("ec"));

        assertThat(reply(officer, rsa.getId() + "/wrapkey", "A256KW", SECRET).code())
                .isEqualTo("BadParameter");
        assertThat(reply(officer, rsa.getId() + "/unwrapkey", "RSA-OAEP", SECRET)
                        .code())
                .isEqualTo("BadParameter");
        assertThat(reply(officer, rsa.getId() + "/sign", "RS256", new byte[31]).code())
                .isEqualTo("BadParameter");
        assertThat(reply(officer, ec.getId() + "/sign", "ES384", new byte[48]).code())
                .isEqualTo("BadParameter");
    }

    // refusals that a service meets on its way to the key

    @Test
    void wrap_withoutRole_isForbiddenByRbac() {
        KeyVaultKey key = keysOf("kv-norole").createRsaKey(new CreateRsaKeyOptions("cmk"));
        Someone stranger = Someone.in(azure, contoso);

        Reply reply = reply(stranger, key.getId() + "/wrapkey", "RSA-OAEP", SECRET);

        assertForbidden(reply, "ForbiddenByRbac");
        assertThat(reply.message())
                .contains("Action: 'Microsoft.KeyVault/vaults/keys/wrap/action'")
                .contains("Caller: appid=" + stranger.appId() + ";oid=" + stranger.objectId()
                        + ";iss=https://sts.windows.net/" + contoso.tenantId() + "/")
                .contains("/resourcegroups/rg/providers/microsoft.keyvault/vaults/kv-norole/keys/cmk");
    }

    @Test
    void wrap_withRoleOnTheKey_isTaken_onAnotherKey_isForbiddenByRbac() {
        KeyClient keys = keysOf("kv-keyrole");
        KeyVaultKey mine = keys.createRsaKey(new CreateRsaKeyOptions("mine"));
        KeyVaultKey yours = keys.createRsaKey(new CreateRsaKeyOptions("yours"));
        Someone user = Someone.in(azure, contoso)
                .granted(
                        Role.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER,
                        subscription + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-keyrole/keys/mine");

        assertThat(reply(user, mine.getId() + "/wrapkey", "RSA-OAEP", SECRET).status())
                .isEqualTo(200);
        assertForbidden(reply(user, yours.getId() + "/wrapkey", "RSA-OAEP", SECRET), "ForbiddenByRbac");
        assertForbidden(reply(user, mine.getId() + "/sign", "RS256", SECRET), "ForbiddenByRbac");
        assertForbidden(reply(owner, mine.getId() + "/wrapkey", "RSA-OAEP", SECRET), "ForbiddenByRbac");
    }

    @Test
    void wrap_withDisabledKey_isKeyDisabled_andWorksAgainWhenEnabled() {
        KeyClient keys = keysOf("kv-disabled");
        KeyVaultKey key = keys.createRsaKey(new CreateRsaKeyOptions("cmk"));
        keys.updateKeyProperties(key.getProperties().setEnabled(false));

        assertForbidden(reply(officer, key.getId() + "/wrapkey", "RSA-OAEP", SECRET), "KeyDisabled");
        assertForbidden(reply(officer, key.getId() + "/unwrapkey", "RSA-OAEP", SECRET), "KeyDisabled");
        keys.updateKeyProperties(key.getProperties().setEnabled(true));
        assertThat(reply(officer, key.getId() + "/wrapkey", "RSA-OAEP", SECRET).status())
                .isEqualTo(200);
    }

    @Test
    void wrap_withExpiredKey_isForbidden_butUnwrapIsNot() {
        KeyClient keys = keysOf("kv-expired");
        KeyVaultKey key = keys.createRsaKey(new CreateRsaKeyOptions("cmk")
                .setExpiresOn(azure.clock().now().plusSeconds(60).atOffset(ZoneOffset.UTC)));
        byte[] wrapped = java.util.Base64.getUrlDecoder().decode((String)
                use(officer, key, "wrapkey", "RSA-OAEP", SECRET).get("value"));

        azure.clock().advance(Duration.ofSeconds(60));

        assertForbidden(reply(officer, key.getId() + "/wrapkey", "RSA-OAEP", SECRET), "KeyNotYetValidOrExpired");
        assertThat(reply(officer, key.getId() + "/unwrapkey", "RSA-OAEP", wrapped)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void use_thatTheKeyIsNotFor_isForbiddenByPolicy() {
        KeyVaultKey key = keysOf("kv-ops")
                .createRsaKey(new CreateRsaKeyOptions("cmk").setKeyOperations(KeyOperation.SIGN, KeyOperation.VERIFY));

        Reply reply = reply(officer, key.getId() + "/wrapkey", "RSA-OAEP", SECRET);

        assertForbidden(reply, "ForbiddenByPolicy");
        assertThat(reply.message()).startsWith("Operation is not allowed.\r\nOperation: \"wrapKey\"");
    }

    @Test
    void vaultWithAccessPolicies_asksThemInsteadOfRoles() {
        KeyVaultKey key = keysOf("kv-policies").createRsaKey(new CreateRsaKeyOptions("cmk"));
        Someone user = Someone.in(azure, contoso);
        String vault = subscription + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-policies";
        call(
                owner,
                HttpMethod.PATCH,
                vault,
                "2025-05-01",
                Json.object(
                        "properties",
                        Json.object(
                                "enableRbacAuthorization",
                                false,
                                "accessPolicies",
                                List.of(Json.object(
                                        "tenantId", contoso.tenantId().toString(),
                                        "objectId", user.objectId().toString(),
                                        "permissions", Json.object("keys", List.of("Get", "WrapKey")))))));

        assertThat(reply(user, key.getId() + "/wrapkey", "RSA-OAEP", SECRET).status())
                .isEqualTo(200);
        Reply refused = reply(user, key.getId() + "/unwrapkey", "RSA-OAEP", SECRET);
        assertForbidden(refused, "ForbiddenByPolicy");
        assertThat(refused.message())
                .contains("does not have keys unwrapKey permission on key vault 'kv-policies;location=westeurope'");
        assertForbidden(reply(officer, key.getId() + "/wrapkey", "RSA-OAEP", SECRET), "ForbiddenByPolicy");
    }

    @Test
    void closedNetwork_isForbiddenByConnectionOrFirewall() {
        KeyVaultKey key = keysOf("kv-network").createRsaKey(new CreateRsaKeyOptions("cmk"));
        String vault = subscription + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-network";
        Map<String, Object> deny = Json.object("bypass", "AzureServices", "defaultAction", "Deny");

        call(owner, HttpMethod.PATCH, vault, "2025-05-01", properties("networkAcls", deny));
        assertForbidden(reply(officer, key.getId() + "/wrapkey", "RSA-OAEP", SECRET), "ForbiddenByFirewall");
        call(owner, HttpMethod.PATCH, vault, "2025-05-01", properties("publicNetworkAccess", "Disabled"));
        assertForbidden(reply(officer, key.getId() + "/wrapkey", "RSA-OAEP", SECRET), "ForbiddenByConnection");
    }

    private static Map<String, Object> properties(String name, Object value) {
        return Json.object("properties", Json.object(name, value));
    }
}

package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.testing.http.Json;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each link of the chain broken by itself, at the moment of creation: the storage account is refused at once, the server
 * at its operation's end. Codes from Microsoft's pages "Troubleshoot customer-managed keys" (Storage) and the REST
 * reference of SQL servers and encryption protectors.
 */
class BrokenChainTest {
    private static final String AUTHENTICATION = "KeyVaultAuthenticationFailure";
    private static final String NOT_FOUND = "KeyVaultEncryptionKeyNotFound";

    /** What is wrong, and what either service calls it. */
    @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
    enum Broken {
        NO_CONSENT(t -> t.consent = false, AUTHENTICATION, "AdalServicePrincipalNotFound"),
        NO_ROLE(t -> t.roleScope = "", AUTHENTICATION, "UmiMissingAkvPermissions"),
        ROLE_ON_OTHER_KEY(t -> t.roleScope = "other key", AUTHENTICATION, "UmiMissingAkvPermissions"),
        ROLE_ON_OTHER_VAULT(t -> t.roleScope = "other vault", AUTHENTICATION, "UmiMissingAkvPermissions"),
        WRONG_SUBJECT(t -> t.subject = "00000000-1111-4222-8333-444444444444", AUTHENTICATION, "AdalGenericError"),
        WRONG_ISSUER(
                t -> t.issuer = "https://login.microsoftonline.com/" + t.fabrikam.tenantId() + "/v2.0",
                AUTHENTICATION,
                "AdalGenericError"),
        WRONG_AUDIENCE(t -> t.audience = "api://SomethingElse", AUTHENTICATION, "AdalGenericError"),
        NO_PURGE_PROTECTION(
                t -> t.purgeProtection = false, "KeyVaultPolicyError", "SecurityInvalidAzureKeyVaultRecoveryLevel"),
        EC_KEY(
                t -> t.keyProperties = Json.object("kty", "EC", "curveName", "P-256"),
                "InvalidValuesForRequestParameters",
                "AzureKeyVaultRsaKeyNotSupported");

        final Consumer<TwoTenants> how;
        final String storage;
        final String sql;

        Broken(Consumer<TwoTenants> how, String storage, String sql) {
            this.how = how;
            this.storage = storage;
            this.sql = sql;
        }
    }

    /** What the customer can do to a key that was good. */
    @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
    enum Spoiled {
        DISABLED(
                t -> t.setKey("enabled", false), t -> t.setKey("enabled", true), NOT_FOUND, "AzureKeyVaultKeyDisabled"),
        EXPIRED(
                t -> t.setKey("exp", t.azure.clock().now().getEpochSecond() - 60),
                t -> t.setKey(
                        "exp", t.azure.clock().now().plus(Duration.ofDays(300)).getEpochSecond()),
                // Storage does not tell it from a missing role: github.com/MicrosoftDocs/azure-docs/issues/84096
                "KeyVaultAuthenticationFailure",
                "AzureKeyVaultInvalidExpirationDate"),
        DELETED(TwoTenants::deleteKey, TwoTenants::recoverKey, NOT_FOUND, "AzureKeyVaultKeyNameNotFound");

        final Consumer<TwoTenants> how;
        final Consumer<TwoTenants> repair;
        final String storage;
        final String sql;

        Spoiled(Consumer<TwoTenants> how, Consumer<TwoTenants> repair, String storage, String sql) {
            this.how = how;
            this.repair = repair;
            this.storage = storage;
            this.sql = sql;
        }
    }

    private static void keep(TwoTenants two) {
        Traffic.keep(BrokenChainTest.class, two.azure);
    }

    private static String failure(Rest.Reply operation) {
        assertThat(operation.at("status")).as(operation.text()).isEqualTo("Failed");
        return operation.at("error.code");
    }

    @ParameterizedTest
    @EnumSource
    void createAccount_withBrokenChain_isRefusedAtOnce(Broken broken) {
        TwoTenants two = new TwoTenants();
        broken.how.accept(two);
        two.connect();

        Rest.Reply refused = two.putAccount();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(broken.storage);
        assertThat(two.arm(two.contoso)
                        .get(TwoTenants.account(two.contoso, "stfabrikam"))
                        .status())
                .isEqualTo(404);
        keep(two);
    }

    @ParameterizedTest
    @EnumSource
    void createServer_withBrokenChain_failsAtItsEnd(Broken broken) {
        TwoTenants two = new TwoTenants();
        broken.how.accept(two);
        two.connect();

        assertThat(failure(two.createServer())).isEqualTo(broken.sql);
        assertThat(two.arm(two.contoso).get(TwoTenants.sql(two.contoso, "")).status())
                .isEqualTo(404);
        keep(two);
    }

    @ParameterizedTest
    @EnumSource
    void createBoth_withSpoiledKey_isRefusedUntilItIsGoodAgain(Spoiled spoiled) {
        TwoTenants two = new TwoTenants().connect();
        spoiled.how.accept(two);

        assertThat(two.putAccount().code()).isEqualTo(spoiled.storage);
        assertThat(failure(two.createServer())).isEqualTo(spoiled.sql);

        spoiled.repair.accept(two);
        assertThat(two.createAccount().at("properties.provisioningState")).isEqualTo("Succeeded");
        assertThat(two.createServer().at("status")).isEqualTo("Succeeded");
        keep(two);
    }

    @Test
    void createBoth_withApplicationMadeSingleTenant_areRefused() {
        TwoTenants two = new TwoTenants().connect();
        TwoTenants.ok(two.graph(two.contoso)
                .patch(
                        "https://graph.microsoft.com/v1.0/applications/" + two.applicationObjectId,
                        Json.object("signInAudience", "AzureADMyOrg")));

        assertThat(two.putAccount().code()).isEqualTo(AUTHENTICATION);
        assertThat(failure(two.createServer()).toLowerCase(Locale.ROOT)).startsWith("adal");
    }

    @Test
    void createBoth_withVaultInTheProvidersTenant_needsAServicePrincipalThere() {
        TwoTenants two = new TwoTenants();
        two.vaultOwner = two.contoso;
        two.roleScope = "";
        two.connect();

        assertThat(two.putAccount().code()).isEqualTo(AUTHENTICATION);
        assertThat(failure(two.createServer())).isEqualTo("AdalServicePrincipalNotFound");
    }

    @Test
    void createBoth_withIdentityNotOnTheResource_areRefusedBeforeAnybodyIsAsked() {
        TwoTenants two = new TwoTenants();
        two.attached = false;
        two.connect();

        assertThat(two.putAccount().code()).isEqualTo(AUTHENTICATION);
        assertThat(two.arm(two.contoso)
                        .put(TwoTenants.sql(two.contoso, ""), two.serverBody())
                        .code())
                .isEqualTo("InvalidIdentityTypeForKeyId");
    }

    @Test
    void createBoth_whileTheRolePropagates_areRefusedThenTheSameRequestsSucceed() {
        TwoTenants two = new TwoTenants();
        two.azure.rolePropagation(Duration.ofMinutes(5));
        two.connect();

        assertThat(two.putAccount().code()).isEqualTo(AUTHENTICATION);
        assertThat(failure(two.createServer())).isEqualTo("UmiMissingAkvPermissions");

        two.azure.clock().advance(Duration.ofMinutes(5));
        assertThat(two.createAccount().at("properties.provisioningState")).isEqualTo("Succeeded");
        assertThat(two.createServer().at("status")).isEqualTo("Succeeded");
    }

    @Test
    void createServer_withRsa4096_isRefusedWhereStorageTakesIt() {
        TwoTenants two = new TwoTenants();
        two.keyProperties = Json.object("kty", "RSA", "keySize", 4096);
        two.connect();

        two.createAccount();
        assertThat(failure(two.createServer())).isEqualTo("AzureKeyVaultRsaKeyNotSupported");
    }

    @Test
    void createBoth_withVaultThatIsNotThere_areRefused() {
        TwoTenants two = new TwoTenants().connect();
        Map<String, Object> account = Json.with(
                two.accountBody(),
                "properties.encryption.keyvaultproperties.keyvaulturi",
                "https://kv-none.vault.azure.net");
        Map<String, Object> server =
                Json.with(two.serverBody(), "properties.keyId", "https://kv-none.vault.azure.net/keys/cmk");

        Rest arm = two.arm(two.contoso);
        assertThat(arm.put(TwoTenants.account(two.contoso, "stfabrikam"), account)
                        .code())
                .isEqualTo("KeyVaultVaultNotFound");
        assertThat(failure(two.finished(arm.put(TwoTenants.sql(two.contoso, ""), server))))
                .isEqualTo("AzureKeyVaultConnectionFailed");
    }

    @Test
    void every_scopeThatCoversTheKey_isEnough() {
        Stream.of("key", "vault").forEach(scope -> {
            TwoTenants two = new TwoTenants();
            two.roleScope = scope;
            two.connect();
            assertThat(two.createAccount().at("properties.provisioningState")).isEqualTo("Succeeded");
        });
    }
}

package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.management.Region;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.KeyAccessException;
import io.xtcmk.exception.PropagationTimeoutException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.testing.FakePrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The chain of phase 3 with one link broken: resource, managed identity, federated credential, application, service
 * principal, role, key. The grant is older than ten minutes, so nothing is waited for unless a test says so; once the
 * link is mended, the same call succeeds.
 */
class BrokenChainTest extends EncryptionScenario {
    private static final String ROLE = "Key Vault Crypto Service Encryption User";
    private static final String UNAUTHENTICATED = "KeyVaultAuthenticationFailure";
    private static final String NO_KEY = "KeyVaultEncryptionKeyNotFound";

    private FederatedApp app = phase1();
    private AuthorizedKey key = phase2(app);

    private void old() {
        azure.clock().advance(Duration.ofMinutes(11));
    }

    private EncryptedResource createStorage() {
        return storage(app, key).create();
    }

    private EncryptedResource createSql() {
        return sql(app, key).create();
    }

    /** Both services refuse, at once and each by its own code. */
    private void assertBroken(String storageCode, String sqlCode, Actor actor) {
        Instant began = azure.clock().now();
        assertRefused(this::createStorage, "storageAccount", storageCode, actor);
        assertThat(azure.clock().now()).isEqualTo(began);
        assertRefused(this::createSql, "sqlServer", sqlCode, actor);
    }

    private void assertRefused(Supplier<EncryptedResource> call, String step, String code, Actor actor) {
        KeyAccessException e = catchThrowableOfType(KeyAccessException.class, call::get);
        assertThat(e).isNotNull();
        assertThat(e.step()).isEqualTo(step);
        assertThat(e.tenantId()).isEqualTo(contoso.tenantId());
        assertThat(e.azureAnswer()).hasValueSatisfying(answer -> {
            assertThat(answer.code()).isEqualTo(code);
            assertThat(answer.status()).isBetween(400, 409);
            assertThat(answer.requestId()).isNotBlank();
        });
        assertThat(e.actor()).isEqualTo(actor);
        assertThat(e.likelyCause()).isNotBlank();
        assertThat(e.fix()).isNotBlank();
        assertThat(e.done()).extracting("step").containsExactly("resourceGroup");
        assertThat(e).hasMessageContaining(code).hasMessageContaining("Done so far: resourceGroup");
    }

    private void assertMended() {
        assertThat(createStorage().federatedClientId()).isEqualTo(app.clientId());
        assertThat(createSql().federatedClientId()).isEqualTo(app.clientId());
    }

    private void mustBe(int status, Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    }

    @Test
    void noConsent() {
        old();
        mustBe(204, graph(fabrikam, "DELETE", "/servicePrincipals/" + key.servicePrincipalId(), null));

        assertBroken(UNAUTHENTICATED, "AdalServicePrincipalNotFound", Actor.CUSTOMER);

        key = phase2(app);
        assertMended();
    }

    @Test
    void applicationDisabledByTheCustomer() {
        old();
        fabrikam.enableApplication(app.clientId(), false);

        assertRefused(this::createStorage, "storageAccount", UNAUTHENTICATED, Actor.CUSTOMER);

        fabrikam.enableApplication(app.clientId(), true);
        assertMended();
    }

    private String keyScope() {
        return vaultId + "/keys/contoso-cmk";
    }

    @Test
    void noRole() {
        old();
        fabrikam.revoke(key.servicePrincipalId().value(), ROLE, keyScope());

        assertBroken(UNAUTHENTICATED, "UmiMissingAkvPermissions", Actor.CUSTOMER);

        key = phase2(app);
        assertMended();
    }

    @Test
    void roleOnAnotherKey() {
        old();
        anotherKey(app, "kv-fabrikam", "second");
        fabrikam.revoke(key.servicePrincipalId().value(), ROLE, keyScope());

        assertBroken(UNAUTHENTICATED, "UmiMissingAkvPermissions", Actor.CUSTOMER);

        key = phase2(app);
        assertMended();
    }

    @Test
    void roleOnItsWay_isWaitedForAndNoLonger() {
        fabrikam.revoke(key.servicePrincipalId().value(), ROLE, keyScope());
        azure.rolePropagation(Duration.ofMinutes(4)).storageCreation(Duration.ZERO);
        key = phase2(app);
        Instant granted = azure.clock().now();

        createStorage();

        assertThat(Duration.between(granted, azure.clock().now()))
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(4).plusSeconds(30));
    }

    @Test
    void roleOnItsWay_isWaitedForBySqlToo() {
        fabrikam.revoke(key.servicePrincipalId().value(), ROLE, keyScope());
        azure.rolePropagation(Duration.ofMinutes(4));
        key = phase2(app);

        assertThat(changes(createSql().outcomes())).contains("sqlServer CREATED");
    }

    @Test
    void roleOnItsWay_butNotAwaitedSoLong() {
        fabrikam.revoke(key.servicePrincipalId().value(), ROLE, keyScope());
        azure.rolePropagation(Duration.ofMinutes(4));
        key = phase2(app);

        PropagationTimeoutException e = catchThrowableOfType(
                PropagationTimeoutException.class,
                () -> storage(app, key)
                        .propagationTimeout(Duration.ofMinutes(1))
                        .create());

        assertThat(e.waited()).isEqualTo(Duration.ofMinutes(1));
        assertThat(e.probes()).isGreaterThan(2);
        assertThat(e.azureAnswer().orElseThrow().code()).isEqualTo(UNAUTHENTICATED);
        azure.clock().advance(Duration.ofMinutes(3));
        assertMended();
    }

    private void credential(String property, Object value) {
        String path = "/applications/" + app.objectId() + "/federatedIdentityCredentials/id-cmk";
        mustBe(204, graph(contoso, "PATCH", path, object(property, value)));
    }

    private void remade() {
        mustBe(
                204,
                graph(
                        contoso,
                        "DELETE",
                        "/applications/" + app.objectId() + "/federatedIdentityCredentials/id-cmk",
                        null));
        app = phase1();
    }

    @Test
    void credentialOfAnotherSubject() {
        old();
        credential("subject", "11111111-2222-3333-4444-555555555555");
        assertBroken(UNAUTHENTICATED, "AdalGenericError", Actor.PROVIDER, Actor.CUSTOMER);
        remade();
        assertMended();
    }

    @Test
    void credentialOfAnotherIssuer() {
        old();
        credential("issuer", "https://login.microsoftonline.com/" + fabrikam.tenantId() + "/v2.0");
        assertBroken(UNAUTHENTICATED, "AdalGenericError", Actor.PROVIDER, Actor.CUSTOMER);
        remade();
        assertMended();
    }

    @Test
    void credentialOfAnotherAudience() {
        old();
        credential("audiences", java.util.List.of("api://AzureADTokenExchangeUSGov"));
        assertBroken(UNAUTHENTICATED, "AdalGenericError", Actor.PROVIDER, Actor.CUSTOMER);
        remade();
        assertMended();
    }

    private void assertBroken(String storageCode, String sqlCode, Actor sqlActor, Actor storageActor) {
        assertRefused(this::createStorage, "storageAccount", storageCode, storageActor);
        assertRefused(this::createSql, "sqlServer", sqlCode, sqlActor);
    }

    @Test
    void applicationOfOneTenantOnly() {
        old();
        String path = "/applications/" + app.objectId();
        mustBe(204, graph(contoso, "PATCH", path, object("signInAudience", "AzureADMyOrg")));

        KeyAccessException e = catchThrowableOfType(KeyAccessException.class, this::createStorage);
        assertThat(e.azureAnswer().orElseThrow().code()).isEqualTo(UNAUTHENTICATED);
        assertThat(catchThrowableOfType(KeyAccessException.class, this::createSql))
                .isNotNull();

        mustBe(204, graph(contoso, "PATCH", path, object("signInAudience", "AzureADMultipleOrgs")));
        assertMended();
    }

    @Test
    void identityDeleted() {
        old();
        mustBe(
                200,
                rest(
                        contoso,
                        "DELETE",
                        "https://management.azure.com" + app.identity().id() + "?api-version=2024-11-30",
                        null));

        for (Supplier<EncryptedResource> call :
                java.util.List.<Supplier<EncryptedResource>>of(this::createStorage, this::createSql)) {
            CrossTenantCmkException e = catchThrowableOfType(CrossTenantCmkException.class, call::get);
            assertThat(e.azureAnswer().orElseThrow().code()).isEqualTo("FailedIdentityOperation");
            assertThat(e.actor()).isEqualTo(Actor.PROVIDER);
            assertThat(e.fix()).contains("phase 1");
        }

        remade();
        assertMended();
    }

    @Test
    void vaultWithoutPurgeProtection() {
        String id = vaultId.replace("kv-fabrikam", "kv-weak");
        made(
                fabrikam,
                id,
                "2024-11-01",
                object(
                        "location",
                        "westeurope",
                        "properties",
                        object(
                                "tenantId",
                                fabrikam.tenantId().toString(),
                                "sku",
                                object("family", "A", "name", "standard"),
                                "enableRbacAuthorization",
                                true)));
        made(fabrikam, id + "/keys/cmk", "2024-11-01", object("properties", object("kty", "RSA", "keySize", 3072)));
        fabrikam.grant(key.servicePrincipalId().value(), ROLE, id);
        old();
        key = AuthorizedKey.of(fabrikam.tenantId(), app.clientId(), "https://kv-weak.vault.azure.net", "cmk");

        assertBroken("KeyVaultPolicyError", "SecurityInvalidAzureKeyVaultRecoveryLevel", Actor.CUSTOMER);

        mustBe(
                200,
                rest(
                        fabrikam,
                        "PATCH",
                        "https://management.azure.com" + id + "?api-version=2024-11-01",
                        object("properties", object("enablePurgeProtection", true))));
        assertMended();
    }

    @Test
    void keyDisabled() {
        old();
        enableKey(false);
        assertBroken(NO_KEY, "AzureKeyVaultKeyDisabled", Actor.CUSTOMER);
        enableKey(true);
        assertMended();
    }

    @Test
    void keyExpired() {
        old();
        FakePrincipal officer = officer();
        String version = version();
        long past = azure.clock().now().minusSeconds(60).getEpochSecond();
        mustBe(200, keyCall(officer, "PATCH", "/" + version, object("attributes", object("exp", past))));

        assertBroken(UNAUTHENTICATED, "AzureKeyVaultInvalidExpirationDate", Actor.CUSTOMER);

        long future = azure.clock().now().plusSeconds(86_400).getEpochSecond();
        mustBe(200, keyCall(officer, "PATCH", "/" + version, object("attributes", object("exp", future))));
        assertMended();
    }

    @Test
    void keyDeleted() {
        old();
        FakePrincipal officer = officer();
        mustBe(200, keyCall(officer, "DELETE", "", null));
        azure.clock().advance(Duration.ofMinutes(1));

        assertBroken(NO_KEY, "AzureKeyVaultKeyNameNotFound", Actor.CUSTOMER);

        mustBe(
                200,
                rest(
                        officer,
                        fabrikam.environment(),
                        "POST",
                        "https://kv-fabrikam.vault.azure.net/deletedkeys/contoso-cmk/recover?api-version=7.4",
                        null));
        azure.clock().advance(Duration.ofMinutes(1));
        assertMended();
    }

    /**
     * A vault behind a firewall cannot be asked; it wants a token of its own tenant, where nobody installed the
     * application.
     */
    @Test
    void vaultOfAnotherTenantThanTheServicePrincipals() {
        var tailspin = azure.tenant("tailspin");
        AuthorizedKey theirs = CrossTenantCmk.customer(tailspin.connection())
                .application(app.clientId())
                .keyVault("rg-keys", "kv-tailspin", Region.EUROPE_WEST)
                .key("cmk")
                .authorize();
        mustBe(204, graph(tailspin, "DELETE", "/servicePrincipals/" + theirs.servicePrincipalId(), null));
        old();
        key = AuthorizedKey.of(fabrikam.tenantId(), app.clientId(), "https://kv-tailspin.vault.azure.net", "cmk");

        Supplier<EncryptedResource> onStorage = () ->
                storageOn(withoutVaults(), app, key).acceptUnreachableVault().create();
        Supplier<EncryptedResource> onSql =
                () -> sqlOn(withoutVaults(), app, key).acceptUnreachableVault().create();

        assertRefused(onStorage, "storageAccount", UNAUTHENTICATED, Actor.CUSTOMER);
        assertRefused(onSql, "sqlServer", "AdalServicePrincipalNotFound", Actor.CUSTOMER);

        CrossTenantCmk.customer(tailspin.connection())
                .application(app.clientId())
                .keyVault("rg-keys", "kv-tailspin", Region.EUROPE_WEST)
                .key("cmk")
                .authorize();
        assertThat(onStorage.get().federatedClientId()).isEqualTo(app.clientId());
        assertThat(onSql.get().federatedClientId()).isEqualTo(app.clientId());
    }
}

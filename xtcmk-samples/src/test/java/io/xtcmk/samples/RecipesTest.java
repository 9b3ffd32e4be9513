package io.xtcmk.samples;

import static io.xtcmk.testing.FakeAzureAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.management.Region;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import io.xtcmk.ConsentFlow;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.TenantConnection;
import io.xtcmk.exception.ConsentRequiredException;
import io.xtcmk.exception.PermissionMissingException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.OwnershipTag;
import io.xtcmk.model.ProvenKey;
import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakePrincipal;
import io.xtcmk.testing.FakeSnapshot;
import io.xtcmk.testing.FakeTenant;
import io.xtcmk.testing.FakeUser;
import io.xtcmk.testing.Fault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The recipes of xtcmk-testing/README.md; {@link PagesTest} compares the two. */
class RecipesTest {
    private static final String STORAGE_ACCOUNTS =
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{account}";
    private static final String VAULTS =
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.KeyVault/vaults/{vault}";

    private final FakeAzure azure = FakeAzure.create();
    private final FakeTenant contoso = azure.tenant("contoso");
    private final FakeTenant fabrikam = azure.tenant("fabrikam");

    @Test
    void state() {
        FederatedApp app = Onboarding.federatedApp(contoso.connection());
        AuthorizedKey key = Onboarding.customerKey(fabrikam.connection(), app.clientId());
        EncryptedResource account = Onboarding.account(contoso.connection(), app, key);

        assertThat(azure)
                .storageAccount(account.id())
                .isEncryptedWith(key)
                .byIdentity(app.identity().id())
                .throughApplication(app.clientId());
        assertThat(azure)
                .application(app.clientId())
                .isMultiTenant()
                .hasNoSecrets()
                .isInstalledIn(fabrikam)
                .mayUse(key.key());
    }

    @Test
    void calls() {
        Onboarding.federatedApp(contoso.connection());
        azure.clearCalls();

        Onboarding.federatedApp(contoso.connection()); // again

        assertThat(azure).hasChangedNothing();
    }

    @Test
    void roles() {
        FederatedApp app = Onboarding.federatedApp(contoso.connection());
        FakePrincipal deployer = contoso.newPrincipal("deployer", "Application Developer")
                .grant("Reader", "/subscriptions/" + contoso.subscriptionId());

        assertThatExceptionOfType(PermissionMissingException.class)
                .isThrownBy(() -> CrossTenantCmk.provider(deployer.connection())
                        .application("another-cmk")
                        .managedIdentity("rg-other", "id-other", Region.EUROPE_WEST)
                        .createFederatedApp())
                .satisfies(e -> assertThat(e.fix()).contains("Contributor"));
        assertThat(app.clientId()).isNotNull();
    }

    @Test
    void faults() {
        azure.inject(Fault.throttle(Duration.ofSeconds(30))
                .on("PUT", STORAGE_ACCOUNTS)
                .times(2));
        azure.inject(Fault.dropReply().on("PUT", VAULTS)); // it happens, but nobody learns of it

        FederatedApp app = Onboarding.federatedApp(contoso.connection());
        AuthorizedKey key = Onboarding.customerKey(fabrikam.connection(), app.clientId());
        EncryptedResource account = Onboarding.account(contoso.connection(), app, key);

        assertThat(azure).hasNoPendingFaults().storageAccount(account.id()).isEncryptedWith(key);
    }

    @Test
    void delays() {
        azure.realistic(); // replication, propagation and throttling, as in Azure
        Instant before = azure.clock().now();

        FederatedApp app = Onboarding.federatedApp(contoso.connection());
        AuthorizedKey key = Onboarding.customerKey(fabrikam.connection(), app.clientId());
        Onboarding.account(contoso.connection(), app, key);

        Duration onTheClock = Duration.between(before, azure.clock().now());
        assertThat(onTheClock).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(15)); // the test takes no time
    }

    @Test
    void revocation() {
        FederatedApp app = Onboarding.federatedApp(contoso.connection());
        AuthorizedKey key = Onboarding.customerKey(fabrikam.connection(), app.clientId());
        EncryptedResource account = Onboarding.account(contoso.connection(), app, key);

        fabrikam.enableApplication(app.clientId(), false); // the customer says no

        Diagnosis diagnosis = CrossTenantCmk.provider(contoso.connection())
                .verification(account)
                .asManagedIdentity(contoso.managedIdentity(app.identity().id().toString()))
                .verify();
        assertThat(diagnosis.isSound()).isFalse();
    }

    @Test
    void rotation() {
        FederatedApp app = Onboarding.federatedApp(contoso.connection());
        AuthorizedKey key = Onboarding.customerKey(fabrikam.connection(), app.clientId());
        Onboarding.account(contoso.connection(), app, key);
        fabrikam.administrator()
                .grant(
                        "Key Vault Crypto Officer",
                        key.knownVaultId().orElseThrow().toString());

        KeyIdentifier rotated =
                CrossTenantCmk.customer(fabrikam.connection()).key(key).rotate();
        azure.clock().advance(Duration.ofDays(1)); // storage looks for new versions once a day

        EncryptedResource account = Onboarding.account(contoso.connection(), app, key); // again: reads it back
        assertThat(account.knownKeyInForce()).contains(rotated);
    }

    @Test
    void consent() {
        fabrikam.usersMayConsent(false); // the tenant's policy
        FederatedApp app = CrossTenantCmk.provider(contoso.connection())
                .application("contoso-cmk")
                .managedIdentity("rg-identities", "id-cmk", Region.EUROPE_WEST)
                .redirectUri(URI.create("https://contoso.example/consented"))
                .createFederatedApp();
        FakeUser user = fabrikam.newUser("ann").grant("Owner", "/subscriptions/" + fabrikam.subscriptionId());

        assertThatExceptionOfType(ConsentRequiredException.class)
                .isThrownBy(() -> Onboarding.customerKey(user.connection(), app.clientId()));

        ConsentFlow flow = CrossTenantCmk.consent(app.clientId(), URI.create("https://contoso.example/consented"))
                .build();
        URI browserCameBackTo = fabrikam.acceptConsent(flow.adminConsentUrl(fabrikam.tenantId(), "customer-42"));
        assertThat(flow.accept(browserCameBackTo).reference()).isEqualTo("customer-42");
        assertThat(azure).application(app.clientId()).isInstalledIn(fabrikam);
    }

    @Test
    void snapshot() {
        FederatedApp app = Onboarding.federatedApp(contoso.connection());
        AuthorizedKey key = Onboarding.customerKey(fabrikam.connection(), app.clientId());
        FakeSnapshot onboarded = azure.snapshot(); // once, for many tests

        EncryptedResource account = Onboarding.account(contoso.connection(), app, key);
        azure.restore(onboarded);

        assertThat(azure).hasNoResource(account.id());
    }

    @Test
    void managedIdentity() {
        FederatedApp app = Onboarding.federatedApp(contoso.connection());
        OwnershipTag tag = OwnershipTag.issue("customer-42", fabrikam.tenantId());
        AuthorizedKey key = CrossTenantCmk.customer(fabrikam.connection())
                .application(app.clientId())
                .keyVault("rg-keys", "kv-fabrikam", Region.EUROPE_WEST)
                .key("contoso-cmk")
                .ownershipTag(tag.value())
                .authorize();
        azure.attachIdentity(app.identity().id().toString()); // the test runs where the identity is available

        ProvenKey proven = CrossTenantCmk.provider(contoso.connection())
                .ownership(key)
                .tag(tag)
                .managedIdentity(new ManagedIdentityCredentialBuilder()
                        .clientId(app.identity().clientId().toString())
                        .httpClient(azure.httpClient())
                        .build())
                .prove();

        assertThat(proven.reference()).isEqualTo("customer-42");
    }

    @Test
    void microsoftsClients() {
        FederatedApp app = Onboarding.federatedApp(contoso.connection());
        AuthorizedKey key = Onboarding.customerKey(fabrikam.connection(), app.clientId());
        fabrikam.administrator()
                .grant(
                        "Key Vault Crypto Officer",
                        key.knownVaultId().orElseThrow().toString());
        TenantConnection customer = fabrikam.connection();

        KeyClient keys = new KeyClientBuilder()
                .vaultUrl("https://kv-fabrikam.vault.azure.net")
                .credential(customer.credential())
                .httpClient(azure.httpClient())
                .buildClient();

        assertThat(keys.getKey("contoso-cmk").getKeyType()).hasToString("RSA");
    }
}

package io.xtcmk.testing;

import static io.xtcmk.testing.FakeAzureAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xtcmk.model.ClientId;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ResourceId;
import io.xtcmk.testing.http.Json;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The assertions hold where they should, and where not they say what there is instead. */
class FakeAzureAssertionsTest {
    private static final String CREATE = "/{version}/applications";

    private final TwoTenants two = new TwoTenants().connect();
    private final FakeAzure azure = two.azure;
    private final ResourceId identity = ResourceId.of(two.identityId);
    private final ClientId application = ClientId.of(two.clientId);
    private final KeyIdentifier key = KeyIdentifier.parse(two.keyUrl);
    private final ResourceId account = id("Microsoft.Storage/storageAccounts/stfabrikam");
    private final ResourceId server = id("Microsoft.Sql/servers/sql-fabrikam");

    private ResourceId id(String typeAndName) {
        return ResourceId.of(
                "/subscriptions/" + two.contoso.subscriptionId() + "/resourceGroups/rg/providers/" + typeAndName);
    }

    private static void fails(ThrowingCallable assertion, String... words) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(words);
    }

    @Test
    void encryption_ofAnAccount() {
        two.createAccount();

        assertThat(azure)
                .storageAccount(account)
                .isEncryptedWith(key)
                .isEncryptedWith(key.withVersion(two.version()))
                .byIdentity(identity)
                .throughApplication(application);

        EncryptionAssert wrong = assertThat(azure).storageAccount(account);
        fails(
                () -> wrong.isEncryptedWith(KeyIdentifier.parse("https://kv-fabrikam.vault.azure.net/keys/other")),
                "the key https://kv-fabrikam.vault.azure.net/keys/other",
                "but it is under",
                "customer's key " + two.keyUrl);
        fails(() -> wrong.isEncryptedWith(key.withVersion("0".repeat(32))), "version 000000", two.version());
        fails(() -> wrong.byIdentity(account), "the identity " + account);
        fails(() -> wrong.throughApplication(new ClientId(two.contoso.tenantId().value())), "the application");
        fails(wrong::isEncryptedWithMicrosoftsKeys, "Microsoft's keys", "customer's key");
        fails(() -> assertThat(azure).storageAccount(server), "Expected a resource of type", account.toString());
        fails(() -> assertThat(azure).sqlServer(server), "Expected a resource of type", "none");
    }

    @Test
    void encryption_ofAServer() {
        two.createServer();

        assertThat(azure)
                .sqlServer(server)
                .isEncryptedWith(key.withVersion(two.version()))
                .byIdentity(identity)
                .throughApplication(application);
    }

    @Test
    void encryption_withMicrosoftsKeys() {
        two.arm(two.contoso)
                .put(
                        TwoTenants.account(two.contoso, "stplain"),
                        Json.object(
                                "location", "westeurope",
                                "kind", "StorageV2",
                                "sku", Json.object("name", "Standard_LRS")));

        assertThat(azure)
                .storageAccount(id("Microsoft.Storage/storageAccounts/stplain"))
                .isEncryptedWithMicrosoftsKeys();
        fails(
                () -> assertThat(azure)
                        .storageAccount(id("Microsoft.Storage/storageAccounts/stplain"))
                        .isEncryptedWith(key),
                "Microsoft's keys");
    }

    @Test
    void application_itsTrustAndItsRights() {
        assertThat(azure)
                .application(application)
                .isMultiTenant()
                .hasNoSecrets()
                .trustsIdentity(identity)
                .isInstalledIn(two.fabrikam)
                .mayUse(key);

        two.revoke();
        two.withdrawConsent();
        ApplicationAssert wrong = assertThat(azure).application(application);
        fails(() -> wrong.mayUse(key), "may use", "/keys/cmk");
        fails(() -> wrong.isInstalledIn(two.fabrikam), "no", "FakeTenant[fabrikam");
        fails(() -> wrong.trustsIdentity(account), "Expected the identity", "but there is none");
        fails(
                () -> assertThat(azure)
                        .application(new ClientId(two.contoso.tenantId().value())),
                "Expected an application",
                "contoso-cmk " + application);
        fails(
                () -> assertThat(azure)
                        .application(two.contoso.administrator().clientId())
                        .hasNoSecrets(),
                "without secrets",
                "Password[");
        fails(
                () -> assertThat(azure)
                        .application(two.contoso.administrator().clientId())
                        .isMultiTenant(),
                "its audience is AzureADMyOrg");
    }

    @Test
    void resources() {
        assertThat(azure).hasResource(identity).hasNoResource(account);

        fails(() -> assertThat(azure).hasResource(account), account.toString(), "tenant contoso");
        fails(() -> assertThat(azure).hasNoResource(identity), "but it is there");
    }

    @Test
    void calls() {
        assertThat(azure)
                .hasCalled("POST", CREATE)
                .hasCalledTimes(1, "POST", CREATE)
                .hasNotCalled("DELETE", "/{version}/applications/{id}");

        fails(() -> assertThat(azure).hasNotCalled("POST", CREATE), "Expected 0 calls", "but there were 1", "-> 201");
        fails(() -> assertThat(azure).hasCalled("GET", CREATE), "Expected a call", "POST");
        fails(() -> assertThat(azure).hasChangedNothing(), "only read", "PUT");
        assertThatThrownBy(() -> assertThat(azure).hasCalled("POST", "/{version}/application"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(CREATE);

        azure.clearCalls();
        two.graph(two.contoso).get("https://graph.microsoft.com/v1.0/applications");
        assertThat(azure).hasChangedNothing();
    }

    @Test
    void faults() {
        assertThat(azure).hasNoPendingFaults();

        azure.inject(Fault.reset().on("POST", CREATE));

        fails(() -> assertThat(azure).hasNoPendingFaults(), "Reset[] on POST " + CREATE, "struck 0 times");
        assertThat(azure.pendingFaults()).hasSize(1);
    }
}

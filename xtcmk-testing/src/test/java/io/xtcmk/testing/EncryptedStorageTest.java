package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.management.AzureEnvironment;
import com.azure.core.util.BinaryData;
import com.azure.resourcemanager.storage.fluent.models.StorageAccountInner;
import com.azure.resourcemanager.storage.implementation.StorageManagementClientBuilder;
import com.azure.resourcemanager.storage.models.Encryption;
import com.azure.resourcemanager.storage.models.KeySource;
import com.azure.resourcemanager.storage.models.StorageAccountUpdateParameters;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.xtcmk.testing.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A storage account under the customer's key, its blobs written and read by Microsoft's client. */
class EncryptedStorageTest {
    private static final String TEXT = "what fabrikam wants nobody else to read";
    private static final String TOKEN = "KeyVaultAccessTokenCannotBeAcquired";
    private static final String KEY = "KeyVaultEncryptionKeyNotFound";

    private final TwoTenants two = new TwoTenants().connect();

    @AfterEach
    void keepTraffic() {
        Traffic.keep(EncryptedStorageTest.class, two.azure);
    }

    private BlobContainerClient container() {
        return new BlobServiceClientBuilder()
                .endpoint("https://stfabrikam.blob.core.windows.net")
                .credential(two.contoso.credential())
                .httpClient(two.azure.httpClient())
                .buildClient()
                .getBlobContainerClient("data");
    }

    private BlobClient written() {
        two.createAccount();
        container().create();
        BlobClient blob = container().getBlobClient("folder/Letter.txt");
        blob.upload(BinaryData.fromString(TEXT));
        return blob;
    }

    private static void assertRefused(ThrowingCallable call, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BlobStorageException.class, e -> {
            assertThat(e.getStatusCode()).isEqualTo(403);
            assertThat(e.getErrorCode()).isEqualTo(BlobErrorCode.fromString(code));
        });
    }

    @Test
    void create_showsTheKeyInForce() {
        Rest.Reply account = two.createAccount();

        assertThat(account.at("properties.encryption.identity.federatedIdentityClientId"))
                .isEqualTo(two.clientId);
        assertThat(account.at("properties.encryption.keyvaultproperties.currentVersionedKeyIdentifier"))
                .isEqualTo(two.keyUrl + "/" + two.version());
        assertThat(account.at("properties.encryption.keyvaultproperties.keyversion"))
                .isNull();
        assertThat(account.text()).contains("\"keyvaultproperties\"", "\"keyvaulturi\"", "\"keyname\"");
    }

    @Test
    void create_isPolledAtItsLocationUntilTheAccountIsThere() {
        Rest.Reply accepted = two.putAccount();
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.text()).isEmpty();
        assertThat(accepted.headers()).containsEntry("Retry-After", "17").doesNotContainKey("Azure-AsyncOperation");

        Rest arm = two.arm(two.contoso);
        String location = accepted.headers().get("Location");
        assertThat(arm.get(location).status()).isEqualTo(202);
        assertThat(two.putAccount().code()).isEqualTo("StorageAccountOperationInProgress");

        two.azure.clock().advance(Duration.ofSeconds(17));
        assertThat(arm.get(location).at("name")).isEqualTo("stfabrikam");
        assertThat(two.putAccount().status()).isEqualTo(200);
    }

    @Test
    void create_withNameOfSomebodyElsesAccount_isRefused() {
        two.createAccount();
        Map<String, Object> plain =
                Json.object("location", "westeurope", "kind", "StorageV2", "sku", Json.object("name", "Standard_LRS"));
        Rest fabrikam = two.arm(two.fabrikam);
        assertThat(fabrikam.put(TwoTenants.account(two.fabrikam, "stfabrikam"), plain)
                        .code())
                .isEqualTo("StorageAccountAlreadyTaken");
        assertThat(fabrikam.put(TwoTenants.account(two.fabrikam, "st-Fabrikam"), plain)
                        .code())
                .isEqualTo("AccountNameInvalid");
    }

    @Test
    void blob_isNotAtRestWhatWasWritten() {
        BlobClient blob = written();

        assertThat(blob.downloadContent().toString()).isEqualTo(TEXT);
        assertThat(blob.getProperties().getBlobSize()).isEqualTo(TEXT.length());
        byte[] atRest =
                two.azure.blobAtRest("stfabrikam", "data", "folder/Letter.txt").orElseThrow();
        assertThat(new String(atRest, StandardCharsets.ISO_8859_1)).doesNotContain("fabrikam");
        assertThat(container().listBlobs()).extracting(BlobItem::getName).containsExactly("folder/Letter.txt");
        blob.delete();
        assertThat(blob.exists()).isFalse();
    }

    @Test
    void revokedRole_closesBlobsButNotContainers_untilItIsGrantedAgain() {
        BlobClient blob = written();
        two.revoke();

        assertRefused(blob::downloadContent, TOKEN);
        assertRefused(blob::getProperties, TOKEN);
        assertRefused(() -> blob.upload(BinaryData.fromString("more"), true), TOKEN);
        assertThat(container().exists()).isTrue();
        assertThat(container().listBlobs()).hasSize(1);
        ListBlobsOptions withMetadata =
                new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveMetadata(true));
        assertRefused(() -> container().listBlobs(withMetadata, null).forEach(b -> {}), TOKEN);

        two.assign();
        assertThat(blob.downloadContent().toString()).isEqualTo(TEXT);
    }

    @Test
    void withdrawnConsent_closesBlobs() {
        BlobClient blob = written();
        two.withdrawConsent();
        assertRefused(blob::downloadContent, TOKEN);
    }

    @Test
    void disabledKey_closesBlobs_untilItIsEnabled() {
        BlobClient blob = written();
        two.setKey("enabled", false);
        assertRefused(blob::downloadContent, KEY);
        two.setKey("enabled", true);
        assertThat(blob.downloadContent().toString()).isEqualTo(TEXT);
    }

    @Test
    void deletedKey_closesBlobs_untilItIsRecovered() {
        BlobClient blob = written();
        two.deleteKey();
        assertRefused(blob::downloadContent, KEY);
        two.recoverKey();
        assertThat(blob.downloadContent().toString()).isEqualTo(TEXT);
    }

    @Test
    void keyCache_letsAReadGoOnForAsLongAsItLasts() {
        two.azure.world().settings().keyCache = Duration.ofMinutes(10);
        BlobClient blob = written();
        two.setKey("enabled", false);
        assertThat(blob.downloadContent().toString()).isEqualTo(TEXT);
        two.azure.clock().advance(Duration.ofMinutes(10));
        assertRefused(blob::downloadContent, KEY);
    }

    @Test
    void rotatedKey_isFollowedAfterTheDailyCheck_whereNoVersionIsPinned() {
        BlobClient blob = written();
        String first = current();
        String second = two.rotateKey();

        assertThat(current()).isEqualTo(first);
        two.azure.clock().advance(Duration.ofHours(24));
        assertThat(current()).isEqualTo(second);
        assertThat(blob.downloadContent().toString()).isEqualTo(TEXT);
    }

    @Test
    void rotatedKey_isNotFollowed_whereAVersionIsPinned() {
        written();
        String first = current();
        Map<String, Object> pinned = Json.with(two.encryption(), "keyvaultproperties.keyversion", two.version());
        TwoTenants.ok(two.patchAccount(Json.object("properties", Json.object("encryption", pinned))));
        two.rotateKey();
        two.azure.clock().advance(Duration.ofDays(3));
        assertThat(current()).isEqualTo(first);
    }

    private String current() {
        return two.getAccount().at("properties.encryption.keyvaultproperties.currentVersionedKeyIdentifier");
    }

    @Test
    void update_ofAccountUnderStoragesOwnKey_switchesAndBackByMicrosoftsClient() {
        BlobClient blob = written();
        var accounts = new StorageManagementClientBuilder()
                .pipeline(pipeline())
                .environment(AzureEnvironment.AZURE)
                .endpoint("https://management.azure.com")
                .subscriptionId(two.contoso.subscriptionId().toString())
                .buildClient()
                .getStorageAccounts();

        StorageAccountInner released = accounts.update(
                "rg",
                "stfabrikam",
                new StorageAccountUpdateParameters()
                        .withEncryption(new Encryption().withKeySource(KeySource.MICROSOFT_STORAGE)));
        assertThat(released.encryption().keySource()).isEqualTo(KeySource.MICROSOFT_STORAGE);
        assertThat(released.encryption().keyVaultProperties()).isNull();
        two.setKey("enabled", false);
        assertThat(blob.downloadContent().toString()).isEqualTo(TEXT);

        two.setKey("enabled", true);
        TwoTenants.ok(two.patchAccount(Json.object("properties", Json.object("encryption", two.encryption()))));
        StorageAccountInner again = accounts.getByResourceGroup("rg", "stfabrikam");
        assertThat(again.encryption().encryptionIdentity().encryptionFederatedIdentityClientId())
                .isEqualTo(two.clientId);
        assertThat(blob.downloadContent().toString()).isEqualTo(TEXT);
    }

    private com.azure.core.http.HttpPipeline pipeline() {
        return new com.azure.core.http.HttpPipelineBuilder()
                .httpClient(two.azure.httpClient())
                .policies(new com.azure.core.http.policy.BearerTokenAuthenticationPolicy(
                        two.contoso.credential(), "https://management.azure.com/.default"))
                .build();
    }

    @Test
    void update_toStoragesOwnKey_needsTheCustomersKeyOnceMore() {
        written();
        two.setKey("enabled", false);
        Map<String, Object> own = Json.object("encryption", Json.object("keySource", "Microsoft.Storage"));
        assertThat(two.patchAccount(Json.object("properties", own)).code()).isEqualTo(KEY);
    }

    @Test
    void update_withoutTheIdentityInUse_isRefused() {
        two.createAccount();
        Map<String, Object> none = new java.util.LinkedHashMap<>();
        none.put(two.identityId, null);
        Map<String, Object> identity = Json.object("type", "UserAssigned", "userAssignedIdentities", none);
        assertThat(two.patchAccount(Json.object("identity", identity)).code())
                .isEqualTo("KeyVaultAuthenticationFailure");
    }

    private String anotherIdentity() {
        return TwoTenants.ok(two.arm(two.contoso)
                        .put(
                                TwoTenants.group(
                                        two.contoso,
                                        "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-2?api-version=2023-01-31"),
                                Json.object("location", "westeurope")))
                .at("id");
    }

    /** github.com/hashicorp/terraform-provider-azurerm/issues/19717: the words are Azure's. */
    @Test
    void update_withASecondUserAssignedIdentity_isRefused_untilTheFirstIsTakenAway() {
        two.createAccount();
        Map<String, Object> identities = Json.object(anotherIdentity(), Map.of());
        Map<String, Object> identity =
                Json.object("type", "SystemAssigned,UserAssigned", "userAssignedIdentities", identities);
        assertThat(two.patchAccount(Json.object("identity", identity)).text())
                .contains("Too many user-assigned identities specified on the resource.");

        TwoTenants.ok(two.patchAccount(
                Json.object("properties", Json.object("encryption", Json.object("keySource", "Microsoft.Storage")))));
        identities.put(two.identityId, null);
        TwoTenants.ok(two.patchAccount(Json.object("identity", identity)));
    }

    /** github.com/Azure/bicep-registry-modules/issues/4467: the words are Azure's. */
    @Test
    void update_ofIdentityAndKeyAtOnce_isRefused_andEachByItselfIsTaken() {
        two.createAccount();
        String version = two.version();
        Map<String, Object> other = Json.with(two.encryption(), "identity.federatedIdentityClientId", "");
        Map<String, Object> both = Json.with(other, "keyvaultproperties.keyversion", version);
        Rest.Reply refused = two.patchAccount(Json.object("properties", Json.object("encryption", both)));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text())
                .contains("The properties 'encryption.identity, encryption.keyvaultproperties' cannot be updated in a"
                        + " single operation.");
        Map<String, Object> pinned = Json.with(two.encryption(), "keyvaultproperties.keyversion", version);
        TwoTenants.ok(two.patchAccount(Json.object("properties", Json.object("encryption", pinned))));
    }

    @Test
    void read_withoutADataRole_isNotPermitted() {
        two.createAccount();
        FakePrincipal reader = two.contoso.newPrincipal("reader", "Directory Readers");
        BlobContainerClient theirs = new BlobServiceClientBuilder()
                .endpoint("https://stfabrikam.blob.core.windows.net")
                .credential(reader.credential())
                .httpClient(two.azure.httpClient())
                .buildClient()
                .getBlobContainerClient("data");
        assertRefused(theirs::create, "AuthorizationPermissionMismatch");
    }

    @Test
    void delete_freesTheName() {
        written();
        Rest arm = two.arm(two.contoso);
        assertThat(arm.delete(TwoTenants.account(two.contoso, "stfabrikam")).status())
                .isEqualTo(200);
        assertThat(arm.delete(TwoTenants.account(two.contoso, "stfabrikam")).status())
                .isEqualTo(204);
        two.createAccount();
        assertThat(container().exists()).isFalse();
    }
}

package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import io.xtcmk.testing.http.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The customer takes the key away, and gives it back: when the provider's resources notice. SQL by Microsoft's page
 * "Transparent data encryption with customer-managed key", sections on inaccessible protectors; storage by
 * "Customer-managed keys for Azure Storage encryption", section "Revoke access".
 */
class KeyLossTest {
    private final TwoTenants two = new TwoTenants().connect();

    private void withDatabase() {
        two.createServer();
        two.finished(two.arm(two.contoso)
                .put(TwoTenants.sql(two.contoso, "/databases/db1"), Json.object("location", "westeurope")));
    }

    private String status() {
        return two.sql("/databases/db1").at("properties.status");
    }

    private void pass(Duration time) {
        two.azure.clock().advance(time);
    }

    private Rest.Reply revalidate() {
        return two.finished(two.arm(two.contoso)
                .post(TwoTenants.sql(two.contoso, "/encryptionProtector/current/revalidate"), Map.of()));
    }

    // SQL

    @Test
    void database_isOnlineForTenMinutesAfterTheLoss_andNotLonger() {
        withDatabase();
        two.revoke();

        pass(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(status()).isEqualTo("Online");
        pass(Duration.ofSeconds(1));
        assertThat(status()).isEqualTo("Inaccessible");
    }

    @Test
    void keyThatIsBackWithinTenMinutes_wasNeverMissed() {
        withDatabase();
        two.revoke();
        pass(Duration.ofMinutes(9));
        two.assign();

        pass(Duration.ofMinutes(9));
        two.revoke();
        pass(Duration.ofMinutes(9));
        assertThat(status()).as("the ten minutes begin anew").isEqualTo("Online");
    }

    @Test
    void databaseHealsItself_afterThirtyMinutesWithoutTheKey_butNotAfterMore() {
        withDatabase();
        two.revoke();
        pass(Duration.ofMinutes(30));
        assertThat(status()).isEqualTo("Inaccessible");
        two.assign();
        assertThat(status()).isEqualTo("Online");

        two.revoke();
        pass(Duration.ofMinutes(30).plusSeconds(1));
        two.assign();
        assertThat(status()).isEqualTo("Inaccessible");
        pass(Duration.ofDays(7));
        assertThat(status()).as("it never opens by itself").isEqualTo("Inaccessible");
        assertThat(revalidate().at("status")).isEqualTo("Succeeded");
        assertThat(status()).isEqualTo("Online");
    }

    @Test
    void healing_takesItsTime_whereTheTestWantsItTo() {
        two.azure.sqlSelfHealing(Duration.ofHours(1));
        withDatabase();
        two.revoke();
        pass(Duration.ofMinutes(20));
        two.assign();

        assertThat(status()).isEqualTo("Inaccessible");
        pass(Duration.ofMinutes(59));
        assertThat(status()).isEqualTo("Inaccessible");
        pass(Duration.ofMinutes(1));
        assertThat(status()).isEqualTo("Online");
    }

    @Test
    void keyThatIsLostAgainWhileItHeals_isStillTheFirstLoss() {
        two.azure.sqlSelfHealing(Duration.ofHours(1));
        withDatabase();
        two.revoke();
        pass(Duration.ofMinutes(20));
        two.assign();
        pass(Duration.ofMinutes(5));
        two.revoke();
        pass(Duration.ofMinutes(10));
        two.assign();

        pass(Duration.ofDays(1));
        assertThat(status()).isEqualTo("Inaccessible");
    }

    @Test
    void lossThatTakesTime_countsFromWhenItHadItsEffect_thoughNobodyLooked() {
        withDatabase();
        two.azure.rolePropagation(Duration.ofMinutes(5));
        two.revoke();

        pass(Duration.ofMinutes(14));
        assertThat(status()).isEqualTo("Online");
        pass(Duration.ofMinutes(1));
        assertThat(status()).isEqualTo("Inaccessible");
    }

    @Test
    void lossNobodyLookedAt_isAsOldAsItIs() {
        withDatabase();
        two.azure.rolePropagation(Duration.ofMinutes(5));
        two.revoke();

        pass(Duration.ofHours(3));
        assertThat(status()).isEqualTo("Inaccessible");
        two.azure.rolePropagation(Duration.ZERO);
        two.assign();
        assertThat(status()).as("it was lost for nearly three hours").isEqualTo("Inaccessible");
        assertThat(revalidate().at("status")).isEqualTo("Succeeded");
    }

    @Test
    void returnNobodyLookedAt_countsFromItsEffect() {
        withDatabase();
        two.revoke();
        pass(Duration.ofMinutes(12));
        two.azure.rolePropagation(Duration.ofMinutes(15));
        two.assign();

        pass(Duration.ofDays(1));
        assertThat(status()).as("27 minutes after the loss it was back").isEqualTo("Online");
    }

    @Test
    void closedDatabase_canOnlyBeDropped() {
        withDatabase();
        two.deleteKey();
        pass(Duration.ofMinutes(10));

        Rest.Reply tde = two.arm(two.contoso)
                .put(
                        TwoTenants.sql(two.contoso, "/databases/db1/transparentDataEncryption/current"),
                        Json.object("properties", Json.object("state", "Disabled")));
        Rest.Reply dropped = two.arm(two.contoso).delete(TwoTenants.sql(two.contoso, "/databases/db1"));

        assertThat(tde.status()).isEqualTo(409);
        assertThat(two.finished(dropped).at("status")).isEqualTo("Succeeded");
    }

    // storage

    private Rest blobs() {
        return Rest.over(two.azure.httpClient())
                .with("x-ms-version", "2023-11-03")
                .as(two.contoso.credential(), "https://storage.azure.com/.default");
    }

    private Rest.Reply read() {
        return blobs().get("https://stfabrikam.blob.core.windows.net/data/letter");
    }

    private void withBlob() {
        two.createAccount();
        TwoTenants.ok(blobs().put("https://stfabrikam.blob.core.windows.net/data?restype=container", Map.of()));
        TwoTenants.ok(blobs().with("x-ms-blob-type", "BlockBlob")
                .put("https://stfabrikam.blob.core.windows.net/data/letter", Json.object("to", "fabrikam")));
        assertThat(read().status()).isEqualTo(200);
    }

    private void assertClosed() {
        Rest.Reply refused = read();
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.headers()).containsEntry("x-ms-error-code", "KeyVaultAccessTokenCannotBeAcquired");
        assertThat(refused.text())
                .contains("<Code>KeyVaultAccessTokenCannotBeAcquired</Code>", "RequestId:")
                .doesNotContain("fabrikam\"");
    }

    @Test
    void blob_isClosedAsSoonAsTheRevocationHasItsEffect_andOpenWhenItIsGrantedAgain() {
        withBlob();
        two.azure.rolePropagation(Duration.ofMinutes(5));
        two.revoke();

        pass(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(read().status()).isEqualTo(200);
        pass(Duration.ofSeconds(1));
        assertClosed();
        two.assign();
        assertClosed();
        pass(Duration.ofMinutes(5));
        assertThat(read().text()).isEqualTo("{\"to\":\"fabrikam\"}");
    }

    @Test
    void account_goesOnWithAKeyItHas_forAsLongAsTheTestWants() {
        withBlob();
        two.azure.storageKeyCache(Duration.ofMinutes(3));
        assertThat(read().status()).isEqualTo(200);
        two.revoke();

        pass(Duration.ofMinutes(3).minusSeconds(1));
        assertThat(read().status()).isEqualTo(200);
        pass(Duration.ofSeconds(1));
        assertClosed();
        assertThat(BinaryData.fromBytes(two.azure
                                .blobAtRest("stfabrikam", "data", "letter")
                                .orElseThrow())
                        .toString())
                .doesNotContain("fabrikam");
    }
}

package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xtcmk.testing.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One Azure, come back to again and again. */
class SnapshotTest {
    @Test
    void restored_isAsItWas_andWhatHappensNextHappensTheSameWay() {
        TwoTenants two = new TwoTenants().connect();
        FakeSnapshot connected = two.azure.snapshot();
        String before = two.azure.toString();
        String account = two.createAccount().text();
        String rotated = two.rotateKey();
        two.withdrawConsent();
        two.azure.tenant("woodgrove");
        two.azure.rolePropagation(Duration.ofMinutes(5));
        String after = two.azure.toString();

        two.azure.restore(connected);

        assertThat(two.azure).hasToString(before);
        assertThat(two.azure.clock().now()).isEqualTo(connected.time());
        assertThat(two.arm(two.contoso)
                        .get(TwoTenants.account(two.contoso, "stfabrikam"))
                        .status())
                .isEqualTo(404);
        // Each request draws an id: from here on the same ones.
        two.azure.restore(connected);
        assertThat(two.createAccount().text()).isEqualTo(account);
        assertThat(two.rotateKey()).isEqualTo(rotated);
        two.withdrawConsent();
        two.azure.tenant("woodgrove");
        assertThat(two.azure).hasToString(after);
    }

    @Test
    void operationsUnderWay_areUnderWayAgain() {
        TwoTenants two = new TwoTenants().connect();
        Rest.Reply accepted = two.putAccount();
        FakeSnapshot underWay = two.azure.snapshot();
        two.azure.clock().advance(Duration.ofMinutes(1));
        assertThat(two.arm(two.contoso).get(accepted.headers().get("Location")).status())
                .isEqualTo(200);

        two.azure.restore(underWay);

        assertThat(two.arm(two.contoso).get(accepted.headers().get("Location")).status())
                .isEqualTo(202);
        two.azure.clock().advance(Duration.ofMinutes(1));
        assertThat(two.arm(two.contoso).get(accepted.headers().get("Location")).status())
                .isEqualTo(200);
    }

    @Test
    void settings_areThoseOfThen() {
        FakeAzure azure = FakeAzure.create();
        FakeTenant contoso = azure.tenant("contoso");
        FakeSnapshot quick = azure.snapshot();
        azure.rolePropagation(Duration.ofMinutes(5));

        azure.restore(quick);
        contoso.newPrincipal("helper").grant("Reader", "/subscriptions/" + contoso.subscriptionId());

        assertThat(azure.toString()).contains("role Reader for helper").doesNotContain(", from ");
    }

    @Test
    void oneSnapshot_servesManyTimes() {
        TwoTenants two = new TwoTenants().connect();
        FakeSnapshot connected = two.azure.snapshot();
        Instant start = two.azure.clock().now();

        for (int i = 0; i < 5; i++) {
            two.azure.restore(connected);
            two.azure.clock().advance(Duration.ofDays(1));
            two.setKey("enabled", false);
            assertThat(two.putAccount().status()).isEqualTo(400);
        }

        two.azure.restore(connected);
        assertThat(two.azure.clock().now()).isEqualTo(start);
        assertThat(two.putAccount().status()).isEqualTo(202);
    }

    @Test
    void anotherAzures_isRefused() {
        FakeSnapshot other = FakeAzure.create().snapshot();

        assertThatThrownBy(() -> FakeAzure.create().restore(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("snapshot is of another FakeAzure");
    }

    @Test
    void description_namesAllLinks_andNoSecret() {
        TwoTenants two = new TwoTenants().connect();
        two.createAccount();
        two.createServer();
        String secret = two.graph(two.contoso)
                .post(
                        "https://graph.microsoft.com/v1.0/applications/" + two.applicationObjectId + "/addPassword",
                        Map.of())
                .at("secretText");
        two.setKey("enabled", false);

        String description = two.azure.toString();

        assertThat(secret).isNotBlank();
        assertThat(description)
                .contains("tenant contoso " + two.contoso.tenantId())
                .contains("application contoso-cmk " + two.clientId + ", AzureADMultipleOrgs")
                .contains("federated credential id-cmk: subject ")
                .contains("client secret ")
                .contains("service principal contoso-cmk " + two.servicePrincipalId)
                .contains("key cmk version " + two.version() + " of 1, disabled")
                .contains("role Key Vault Crypto Service Encryption User for contoso-cmk on " + two.vaultId)
                .contains("storageAccounts/stfabrikam: customer's key https://kv-fabrikam.vault.azure.net/keys/cmk")
                .contains("servers/sql-fabrikam: customer's key https://kv-fabrikam.vault.azure.net/keys/cmk")
                .contains(" through application " + two.clientId)
                .doesNotContain(secret, two.contoso.administrator().clientSecret());
    }

    @Test
    void resourcesWithoutCustomersKey_areUnderMicrosofts() {
        TwoTenants two = new TwoTenants().connect();
        Map<String, Object> plain =
                Json.object("location", "westeurope", "kind", "StorageV2", "sku", Json.object("name", "Standard_LRS"));
        two.arm(two.contoso).put(TwoTenants.account(two.contoso, "stplain"), plain);

        assertThat(two.azure.toString()).contains("storageAccounts/stplain: Microsoft's keys");
    }
}

package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.testing.Rest.Reply;
import io.xtcmk.testing.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Limits from Microsoft's pages "Understand how Azure Resource Manager throttles requests", "Microsoft Graph
 * service-specific throttling limits", "Azure Key Vault service limits" and "Scalability and performance targets for the
 * Azure Storage resource provider".
 */
class ThrottlingTest {
    private static final String READS = "x-ms-ratelimit-remaining-subscription-reads";
    private static final String WRITES = "x-ms-ratelimit-remaining-subscription-writes";

    private final TwoTenants two = new TwoTenants();
    private final FakeAzure azure = two.azure;
    private final Rest arm = two.arm(two.contoso);
    private final String group = TwoTenants.group(two.contoso, "?api-version=2021-04-01");

    private Reply getGroup() {
        return arm.get(group);
    }

    private Reply putGroup() {
        return arm.put(group, Json.object("location", "westeurope"));
    }

    // Resource Manager

    @Test
    void everyAnswer_tellsWhatIsLeft_ofTheCallersAllowanceAndOfAll() {
        Reply put = putGroup();
        Reply get = getGroup();

        assertThat(put.headers()).containsEntry(WRITES, "199");
        assertThat(get.headers())
                .containsEntry(READS, "249")
                .containsEntry("x-ms-ratelimit-remaining-subscription-global-reads", "3749")
                .doesNotContainKey(WRITES);
        assertThat(getGroup().headers()).containsEntry(READS, "248");
        assertThat(arm.get("https://management.azure.com/subscriptions?api-version=2022-12-01")
                        .headers())
                .containsEntry("x-ms-ratelimit-remaining-tenant-reads", "249")
                .doesNotContainKey(READS);
    }

    @Test
    void whatIsUsed_comesBackOnTheClock_25ReadsASecond_butNeverMoreThanThereWere() {
        putGroup();
        for (int i = 0; i < 100; i++) {
            getGroup();
        }
        azure.clock().advance(Duration.ofSeconds(2));

        assertThat(getGroup().headers()).containsEntry(READS, "199");
        azure.clock().advance(Duration.ofMinutes(5));
        assertThat(getGroup().headers()).containsEntry(READS, "249");
    }

    @Test
    void throttling_isOffByDefault() {
        putGroup();
        for (int i = 0; i < 300; i++) {
            assertThat(getGroup().status()).isEqualTo(200);
        }
        assertThat(getGroup().headers()).containsEntry(READS, "0");
    }

    @Test
    void readsBeyondTheBucket_are429_andRetryAfterIsRight() {
        azure.throttling(true);
        putGroup();
        exhaust(250);

        Reply refused = getGroup();

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("SubscriptionRequestsThrottled");
        assertThat(refused.at("error.message"))
                .isEqualTo("Number of 'read' requests for subscription '" + two.contoso.subscriptionId() + "' actor '"
                        + two.contoso.administrator().servicePrincipalId()
                        + "' exceeded. Please try again after '1' seconds.");
        assertThat(refused.headers()).containsEntry("Retry-After", "1").containsEntry(READS, "0");
        assertThat(putGroup().status()).as("writes have a bucket of their own").isEqualTo(200);
        azure.clock().advance(Duration.ofSeconds(1));
        assertThat(getGroup().status()).isEqualTo(200);
    }

    @Test
    void oneCallersAllowance_isNotAnothers() {
        azure.throttling(true);
        putGroup();
        exhaust(250);
        FakePrincipal other = two.contoso.newPrincipal("other").grant("Reader", subscription());

        assertThat(Rest.over(azure.httpClient())
                        .as(other.credential(), "https://management.azure.com/.default")
                        .get(group)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void allCallersTogether_haveFifteenTimesOnes() {
        azure.throttling(true);
        putGroup();
        int taken = 0;
        for (int who = 0; who < 16; who++) {
            Rest someone = someone("reader-" + who);
            for (int i = 0; i < 250; i++) {
                taken += someone.get(group).status() == 200 ? 1 : 0;
            }
        }

        assertThat(taken).isEqualTo(3750);
    }

    private Rest someone(String name) {
        FakePrincipal principal = two.contoso.newPrincipal(name).grant("Reader", subscription());
        return Rest.over(azure.httpClient()).as(principal.credential(), "https://management.azure.com/.default");
    }

    private String subscription() {
        return "/subscriptions/" + two.contoso.subscriptionId();
    }

    private void exhaust(int reads) {
        for (int i = 0; i < reads; i++) {
            assertThat(getGroup().status()).isEqualTo(200);
        }
    }

    // resource providers

    @Test
    void storage_hasItsOwnLimitOfLists() {
        azure.throttling(true);
        putGroup();
        String list =
                TwoTenants.group(two.contoso, "/providers/Microsoft.Storage/storageAccounts?api-version=2025-06-01");
        for (int i = 0; i < 100; i++) {
            assertThat(arm.get(list).status()).isEqualTo(200);
        }

        Reply refused = arm.get(list);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("TooManyRequests");
        assertThat(refused.at("error.message"))
                .isEqualTo("The request is being throttled as the limit has been reached for operation type -"
                        + " List_ObservationWindow_00:05:00. For more information, see -"
                        + " https://aka.ms/srpthrottlinglimits");
        assertThat(refused.headers()).containsEntry("Retry-After", "3");
        azure.clock().advance(Duration.ofSeconds(3));
        assertThat(arm.get(list).status()).isEqualTo(200);
    }

    @Test
    void oneIdentity_isWrittenEveryFourSeconds_atMost() {
        azure.throttling(true);
        putGroup();
        String identity = TwoTenants.group(
                two.contoso,
                "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-cmk?api-version=2023-01-31");
        Map<String, Object> body = Json.object("location", "westeurope");

        assertThat(arm.put(identity, body).status()).isEqualTo(201);
        Reply refused = arm.put(identity, body);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("Retry-After", "4");
        azure.clock().advance(Duration.ofSeconds(4));
        assertThat(arm.put(identity, body).status()).isEqualTo(200);
    }

    // Microsoft Graph

    @Test
    void graph_countsResourceUnits_andTellsThem() {
        Rest graph = two.graph(two.contoso);
        String applications = "https://graph.microsoft.com/v1.0/applications";

        assertThat(graph.get(applications).headers()).containsEntry("x-ms-resource-unit", "2");
        assertThat(graph.get(applications + "?$select=id").headers()).containsEntry("x-ms-resource-unit", "1");
        assertThat(graph.get(applications + "?$top=10").headers()).containsEntry("x-ms-resource-unit", "1");
        assertThat(graph.get("https://graph.microsoft.com/v1.0/servicePrincipals")
                        .headers())
                .containsEntry("x-ms-resource-unit", "1")
                .doesNotContainKey("x-ms-throttle-limit-percentage");
    }

    @Test
    void graph_warnsFromEightyPercent_andRefusesWhenTheUnitsAreUsedUp() {
        azure.throttling(true);
        Rest graph = two.graph(two.contoso);
        String applications = "https://graph.microsoft.com/v1.0/applications";
        for (int i = 0; i < 1450; i++) {
            assertThat(graph.get(applications).status()).isEqualTo(200);
        }
        assertThat(graph.get(applications).headers()).containsEntry("x-ms-throttle-limit-percentage", "0.83");
        for (int i = 0; i < 299; i++) {
            assertThat(graph.get(applications).status()).isEqualTo(200);
        }

        Reply refused = graph.get(applications);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("TooManyRequests");
        assertThat(refused.headers())
                .containsEntry("Retry-After", "1")
                .containsEntry("x-ms-throttle-information", "ResourceUnitLimitExceeded")
                .containsEntry(
                        "x-ms-throttle-scope",
                        "Tenant_Application/ReadWrite/"
                                + two.contoso.administrator().clientId() + "/" + two.contoso.tenantId());
        azure.clock().advance(Duration.ofSeconds(1));
        assertThat(graph.get(applications).status()).isEqualTo(200);
    }

    // Key Vault

    @Test
    void vault_weighsLongKeysMore_allInTenSeconds() {
        two.keyProperties = Json.object("kty", "RSA", "keySize", 3072);
        two.connect();
        azure.throttling(true);
        Rest vault = Rest.over(azure.httpClient()).as(two.fabrikam.credential(), "https://vault.azure.net/.default");
        for (int i = 0; i < 500; i++) {
            assertThat(vault.get(two.keyUrl + "?api-version=7.4").status()).isEqualTo(200);
        }

        Reply refused = vault.get(two.keyUrl + "?api-version=7.4");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("Throttled");
        assertThat(refused.at("error.innererror.code")).isEqualTo("VaultRequestTypeLimitReached");
        assertThat(refused.headers()).containsEntry("Retry-After", "1");
        azure.clock().advance(Duration.ofSeconds(10));
        assertThat(vault.get(two.keyUrl + "?api-version=7.4").status()).isEqualTo(200);
    }

    @Test
    void vault_makesTenKeysInTenSeconds() {
        two.connect();
        azure.throttling(true);
        Rest vault = Rest.over(azure.httpClient()).as(two.fabrikam.credential(), "https://vault.azure.net/.default");
        List<Integer> statuses = java.util.stream.IntStream.range(0, 11)
                .mapToObj(i -> vault.post(
                                two.vaultUrl + "/keys/k" + i + "/create?api-version=7.4",
                                Json.object("kty", "EC", "crv", "P-256"))
                        .status())
                .toList();

        assertThat(statuses).startsWith(200, 200).endsWith(200, 429).hasSize(11);
    }

    // snapshots

    @Test
    void snapshot_bringsTheAllowanceBack() {
        azure.throttling(true);
        putGroup();
        FakeSnapshot fresh = azure.snapshot();
        exhaust(250);
        assertThat(getGroup().status()).isEqualTo(429);

        azure.restore(fresh);

        assertThat(getGroup().status()).isEqualTo(200);
    }
}

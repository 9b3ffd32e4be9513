package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpMethod;
import io.xtcmk.testing.http.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an account says of itself: its addresses, and where its copies are. */
class StorageAccountsTest extends ArmScenario {
    private static final String VERSION = "2023-05-01";

    private final String account =
            subscription + "/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stcontoso";

    private Reply create(String sku, Map<String, Object> properties) {
        return create(sku, "StorageV2", properties);
    }

    private Reply create(String sku, String kind, Map<String, Object> properties) {
        put(
                owner,
                account,
                VERSION,
                Json.object(
                        "location",
                        "westeurope",
                        "kind",
                        kind,
                        "sku",
                        Json.object("name", sku),
                        "extendedLocation",
                        Json.object("type", "EdgeZone", "name", "zone"),
                        "properties",
                        properties));
        azure.clock().advance(Duration.ofSeconds(17));
        return get(owner, account, VERSION);
    }

    @Test
    void geoRedundant_tellsWhereItsCopiesAre() {
        Reply made = create("Standard_GRS", Map.of());

        assertThat(made.text("properties.secondaryLocation")).isEqualTo("northeurope");
        assertThat(made.text("properties.statusOfSecondary")).isEqualTo("available");
        assertThat(Json.at(made.body(), "properties.secondaryEndpoints")).isEmpty();
    }

    @Test
    void geoRedundant_thatCanBeReadThere_hasAddressesThere() {
        Reply made = create("Standard_RAGRS", Map.of());

        assertThat(made.text("properties.secondaryEndpoints.blob"))
                .isEqualTo("https://stcontoso-secondary.blob.core.windows.net/");
    }

    @Test
    void geoRedundant_madeLocal_hasNoSecondary() {
        create("Standard_RAGRS", Map.of());

        Reply changed = patch(Json.object("sku", Json.object("name", "Standard_LRS")));

        assertThat(Json.map(changed.body(), "properties"))
                .doesNotContainKeys("secondaryLocation", "statusOfSecondary", "secondaryEndpoints");
    }

    @Test
    void replication_isToldToWhoAsks() {
        create("Standard_GRS", Map.of());

        assertThat(get(owner, account, VERSION).text("properties.geoReplicationStats.status"))
                .isNull();
        Reply expanded = get(owner, account + "?$expand=geoReplicationStats", VERSION);
        assertThat(expanded.text("properties.geoReplicationStats.status")).isEqualTo("Live");
        assertThat(expanded.text("properties.geoReplicationStats.postFailoverRedundancy"))
                .isEqualTo("Standard_LRS");
    }

    @Test
    void routes_thatArePublished_haveAddressesOfTheirOwn() {
        Reply made = create(
                "Standard_LRS",
                Json.object(
                        "routingPreference",
                        Json.object(
                                "routingChoice", "MicrosoftRouting",
                                "publishMicrosoftEndpoints", true,
                                "publishInternetEndpoints", true)));

        assertThat(made.text("properties.primaryEndpoints.blob")).isEqualTo("https://stcontoso.blob.core.windows.net/");
        assertThat(made.text("properties.primaryEndpoints.microsoftEndpoints.queue"))
                .isEqualTo("https://stcontoso-microsoftrouting.queue.core.windows.net/");
        assertThat(made.text("properties.primaryEndpoints.internetEndpoints.blob"))
                .isEqualTo("https://stcontoso-internetrouting.blob.core.windows.net/");
        assertThat(Json.map(made.body(), "properties.primaryEndpoints.internetEndpoints"))
                .doesNotContainKey("queue");
    }

    private Reply patch(Map<String, Object> body) {
        return call(owner, HttpMethod.PATCH, account, VERSION, body);
    }

    /** StorageAccountUpdateParameters: "Currently only StorageV2 value supported by server." */
    @Test
    void kind_canBeUpgradedOnly() {
        create("Standard_LRS", "Storage", Map.of());

        assertThat(patch(Json.object("kind", "StorageV2")).text("kind")).isEqualTo("StorageV2");
        assertThat(patch(Json.object("kind", "Storage")).text("kind")).isEqualTo("StorageV2");
    }

    @Test
    void edgeZone_isShown() {
        assertThat(create("Standard_LRS", Map.of()).text("extendedLocation.name"))
                .isEqualTo("zone");
    }
}

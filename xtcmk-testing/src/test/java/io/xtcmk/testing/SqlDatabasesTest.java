package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpMethod;
import io.xtcmk.testing.http.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Databases as Azure SQL shows them, whatever the spelling in which they were asked for. */
class SqlDatabasesTest extends ArmScenario {
    private static final String VERSION = "2021-11-01";

    private final String server = subscription + "/resourceGroups/rg/providers/Microsoft.Sql/servers/sql-contoso";

    @BeforeEach
    void makeServer() {
        make(
                server,
                Json.object(
                        "location",
                        "westeurope",
                        "properties",
                        Json.object(
                                "administratorLogin",
                                "azureuser",
                                "administratorLoginPassword",
                                "Pa55w.rd-Pa55w.rd",
                                "administrators",
                                Json.object(
                                        "login", "dba@contoso.com",
                                        "sid", contoso.tenantId().toString(),
                                        "tenantId", contoso.tenantId().toString()))));
    }

    private Reply make(String path, Map<String, Object> body) {
        return change(HttpMethod.PUT, path, body);
    }

    private Reply change(HttpMethod method, String path, Map<String, Object> body) {
        Reply accepted = call(owner, method, path, VERSION, body);
        assertThat(accepted.status()).as(accepted.message()).isEqualTo(202);
        azure.clock().advance(Duration.ofSeconds(40));
        return get(owner, path, VERSION);
    }

    private Reply database(String name, Object sku) {
        return make(server + "/databases/" + name, Json.object("location", "westeurope", "sku", sku));
    }

    private static Map<String, Object> sku(String name) {
        return Json.object("name", name);
    }

    @Test
    void create_inDtus_isCalledByItsTier() {
        Reply database = database("db", Json.object("name", "S2", "tier", "Standard"));

        assertThat(database.body().get("sku")).hasToString("{name=Standard, tier=Standard, capacity=50}");
        assertThat(database.text("properties.requestedServiceObjectiveName")).isEqualTo("S2");
        assertThat(database.text("kind")).isEqualTo("v12.0,user");
        assertThat(database.text("properties.licenseType")).isNull();
    }

    @Test
    void create_inCores_hasHardwareAndLicense() {
        Reply database = database("db", Json.object("name", "BC", "family", "Gen5", "capacity", 4));

        assertThat(database.body().get("sku"))
                .hasToString("{name=BC_Gen5, tier=BusinessCritical, family=Gen5, capacity=4}");
        assertThat(database.text("properties.currentServiceObjectiveName")).isEqualTo("BC_Gen5_4");
        assertThat(database.text("properties.licenseType")).isEqualTo("LicenseIncluded");
        assertThat(database.text("properties.readScale")).isEqualTo("Enabled");
        assertThat(database.text("properties.defaultSecondaryLocation")).isEqualTo("northeurope");
    }

    @Test
    void create_hyperscale_tellsOfItsReplicas() {
        Reply database = database("db", sku("HS_Gen5_2"));

        assertThat(database.text("kind")).isEqualTo("v12.0,user,vcore,hyperscale");
        assertThat(Json.number(database.body(), "properties.highAvailabilityReplicaCount"))
                .contains(1L);
    }

    @Test
    void patch_toAnotherSize_changesAllThatTellsOfIt() {
        database("db", sku("GP_S_Gen5_2"));

        Reply changed = change(HttpMethod.PATCH, server + "/databases/db", Json.object("sku", sku("S0")));

        assertThat(changed.text("kind")).isEqualTo("v12.0,user");
        assertThat(changed.body().get("sku")).hasToString("{name=Standard, tier=Standard, capacity=10}");
        assertThat(Json.at(changed.body(), "properties.currentSku"))
                .contains(changed.body().get("sku"));
        assertThat(changed.text("properties.currentServiceObjectiveName")).isEqualTo("S0");
        assertThat(Json.at(changed.body(), "properties.maxLogSizeBytes")).isEmpty();
    }

    @Test
    void copy_isOfItsSourcesSize() {
        database("db", sku("S1"));

        Reply copy = make(server + "/databases/copy", copyOf("db"));

        assertThat(copy.text("properties.currentServiceObjectiveName")).isEqualTo("S1");
    }

    @Test
    void copy_ofNothing_isRefused() {
        Reply refused = put(owner, server + "/databases/copy", VERSION, copyOf("nothing"));

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.code()).isEqualTo("SourceDatabaseNotFound");
    }

    private Map<String, Object> copyOf(String source) {
        return Json.object(
                "location",
                "westeurope",
                "properties",
                Json.object("createMode", "Copy", "sourceDatabaseId", server + "/databases/" + source));
    }

    @Test
    void serversAdministrators_areShownToAnybody() {
        assertThat(get(owner, server, VERSION).text("properties.administrators.login"))
                .isEqualTo("dba@contoso.com");
        assertThat(get(owner, server + "?$expand=administrators/activedirectory", VERSION)
                        .text("properties.administrators.login"))
                .isEqualTo("dba@contoso.com");
    }

    @Test
    void serversName_thatNoServerCanHave_isNotAvailable() {
        Reply answer = call(
                owner,
                HttpMethod.POST,
                subscription + "/providers/Microsoft.Sql/checkNameAvailability",
                VERSION,
                Json.object("name", "SQL", "type", "Microsoft.Sql/servers"));

        assertThat(answer.body()).containsEntry("available", false).containsEntry("reason", "Invalid");
    }
}

package io.xtcmk.testing.sql;

import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What sizes of database there are: az asks before it creates one. */
final class Capabilities {
    private Capabilities() {}

    static Route route() {
        return Route.of(
                "GET",
                Arm.SUBSCRIPTION + "/providers/Microsoft.Sql/locations/{location}/capabilities",
                "Microsoft.Sql/locations/capabilities/read",
                "sizes of databases",
                Capabilities::get);
    }

    private static Answer get(Exchange exchange) {
        return Answer.ok(Json.object(
                "name", exchange.parameter("location"),
                "supportedServerVersions",
                        List.of(Json.object(
                                "name", "12.0",
                                "supportedEditions",
                                        List.of(
                                                edition("GeneralPurpose", "Default", "GP_Gen5", "GP_S_Gen5"),
                                                edition("BusinessCritical", "Available", "BC_Gen5"),
                                                edition("Hyperscale", "Available", "HS_Gen5")),
                                "status", "Default")),
                "status", "Available"));
    }

    private static Map<String, Object> edition(String name, String status, String... skus) {
        List<Map<String, Object>> objectives = Stream.of(skus)
                .flatMap(sku -> Stream.of(2, 4, 8, 16).map(cores -> objective(sku, name, cores)))
                .toList();
        return Json.object(
                "name", name,
                "supportedServiceLevelObjectives", objectives,
                "zoneRedundant", true,
                "readScale", Json.object("maxNumberOfReplicas", 0, "status", "Available"),
                "status", status);
    }

    private static Map<String, Object> objective(String sku, String tier, int cores) {
        return Json.object(
                "name",
                sku + "_" + cores,
                "sku",
                Json.object("name", sku, "tier", tier, "family", "Gen5", "capacity", cores),
                "performanceLevel",
                Json.object("value", cores, "unit", "VCores"),
                "computeModel",
                sku.contains("_S_") ? "Serverless" : "Provisioned",
                "status",
                "Available");
    }
}

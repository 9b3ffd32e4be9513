package io.xtcmk.testing.sql;

import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.cmk.AttachedIdentities;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A database's JSON. */
final class DatabaseBody {
    private static final List<String> NOT_SHOWN = List.of(
            "createMode",
            "sampleName",
            "sourceDatabaseId",
            "sourceResourceId",
            "restorePointInTime",
            "sourceDatabaseDeletionDate",
            "recoveryServicesRecoveryPointId",
            "longTermRetentionBackupResourceId",
            "recoverableDatabaseId",
            "restorableDroppedDatabaseId");

    private DatabaseBody() {}

    static Resource create(Exchange exchange, String id, String location) {
        String sku = Json.text(exchange.json(), "sku.name").orElse("GP_Gen5_2");
        Map<String, Object> body = Json.object(
                "sku",
                sku(sku, exchange.json()),
                "kind",
                "v12.0,user" + (tier(sku).equals("Standard") ? "" : ",vcore"),
                "properties",
                Json.object(
                        "collation",
                        "SQL_Latin1_General_CP1_CI_AS",
                        "maxSizeBytes",
                        34359738368L,
                        "status",
                        "Online",
                        "databaseId",
                        exchange.world().ids().uuid().toString(),
                        "creationDate",
                        Arm.time(exchange.now()),
                        "currentServiceObjectiveName",
                        objective(sku, exchange.json()),
                        "requestedServiceObjectiveName",
                        objective(sku, exchange.json()),
                        "catalogCollation",
                        "SQL_Latin1_General_CP1_CI_AS",
                        "zoneRedundant",
                        false,
                        "readScale",
                        "Disabled",
                        "currentSku",
                        sku(sku, exchange.json()),
                        "currentBackupStorageRedundancy",
                        "Geo",
                        "requestedBackupStorageRedundancy",
                        "Geo",
                        "isLedgerOn",
                        false,
                        "isInfraEncryptionEnabled",
                        false),
                "location",
                location,
                "id",
                id,
                "name",
                id.substring(id.lastIndexOf('/') + 1),
                "type",
                SqlDatabases.TYPE);
        return changed(exchange, new Resource(id, body, exchange.now()));
    }

    static Resource master(Resource server, World world) {
        String id = server.id() + "/databases/master";
        Map<String, Object> sku = Json.object("name", "System", "tier", "System", "capacity", 0);
        Map<String, Object> body = Json.object(
                "sku",
                sku,
                "kind",
                "v12.0,system",
                "properties",
                Json.object(
                        "collation",
                        "SQL_Latin1_General_CP1_CI_AS",
                        "maxSizeBytes",
                        32212254720L,
                        "status",
                        "Online",
                        "databaseId",
                        world.ids().uuid().toString(),
                        "creationDate",
                        Arm.time(world.now()),
                        "currentServiceObjectiveName",
                        "System0",
                        "requestedServiceObjectiveName",
                        "System0",
                        "currentSku",
                        sku),
                "location",
                server.body().get("location"),
                "id",
                id,
                "name",
                "master",
                "type",
                SqlDatabases.TYPE);
        return new Resource(id, body, world.now());
    }

    /** The size in one word, such as GP_S_Gen5_2, however it was asked for. */
    private static String objective(String name, Map<String, Object> asked) {
        boolean isWhole = tier(name).equals("Standard") || name.matches(".*_\\d+");
        return isWhole ? name : name + "_" + sku(name, asked).get("capacity");
    }

    /** Of a size with cores, GP_S_Gen5_2 say, the number is told apart. */
    private static Map<String, Object> sku(String name, Map<String, Object> asked) {
        boolean hasCores = !tier(name).equals("Standard");
        Map<String, Object> sku = new LinkedHashMap<>(
                Json.object("name", hasCores ? name.replaceFirst("_\\d+$", "") : name, "tier", tier(name)));
        Json.text(asked, "sku.family").ifPresent(f -> sku.put("family", f));
        sku.put("capacity", Json.number(asked, "sku.capacity").orElse(capacity(name)));
        return sku;
    }

    private static String tier(String sku) {
        String name = sku.toUpperCase(Locale.ROOT);
        if (name.startsWith("GP")) {
            return "GeneralPurpose";
        }
        if (name.startsWith("BC")) {
            return "BusinessCritical";
        }
        return name.startsWith("HS") ? "Hyperscale" : name.startsWith("BASIC") ? "Basic" : "Standard";
    }

    private static long capacity(String sku) {
        String digits = sku.substring(sku.lastIndexOf('_') + 1);
        return digits.matches("\\d{1,3}") ? Long.parseLong(digits) : tier(sku).equals("Standard") ? 10 : 2;
    }

    /** The database with what the request says. */
    static Resource changed(Exchange exchange, Resource database) {
        Map<String, Object> asked = exchange.json();
        Map<String, Object> properties = new LinkedHashMap<>(Json.map(asked, "properties"));
        properties.keySet().removeIf(n -> NOT_SHOWN.stream().anyMatch(n::equalsIgnoreCase));
        Map<String, Object> body = Json.with(
                database.body(), "properties", Json.merge(Json.map(database.body(), "properties"), properties));
        if (Json.text(asked, "sku.name").isPresent()) {
            body = Json.with(body, "sku", sku(Json.text(asked, "sku.name").orElseThrow(), asked));
        }
        if (Json.at(asked, "tags").isPresent()) {
            body = Json.with(body, "tags", Json.merge(Map.of(), Json.map(asked, "tags")));
        }
        Map<String, Object> identity =
                AttachedIdentities.change(exchange, Json.map(database.body(), "identity"), database.id());
        return database.withBody(identity.isEmpty() ? body : Json.with(body, "identity", identity));
    }
}

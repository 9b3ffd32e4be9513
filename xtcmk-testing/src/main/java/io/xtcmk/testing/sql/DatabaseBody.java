package io.xtcmk.testing.sql;

import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.arm.RegionPairs;
import io.xtcmk.testing.cmk.AttachedIdentities;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
    private static final String SINCE_ZONES = "2022-08-01";

    /** Until there is a first backup to restore from. */
    private static final Duration FIRST_BACKUP = Duration.ofMinutes(10);

    private static final String EARLIEST_RESTORE = "properties.earliestRestoreDate";
    private static final long LOG_BYTES = 64L << 30;

    private DatabaseBody() {}

    /** A new database, of the size asked for, else of its source's. */
    static Resource create(Exchange exchange, String id, String location, Optional<Resource> source) {
        boolean isLikeSource = Json.text(exchange.json(), "sku.name").isEmpty();
        DatabaseSize size = DatabaseSize.of(
                source.filter(s -> isLikeSource).map(Resource::body).orElse(exchange.json()));
        Map<String, Object> body = Json.object(
                "sku",
                size.sku(),
                "kind",
                size.kind(),
                "properties",
                Json.merge(
                        common(exchange.world(), id, location),
                        Json.object(
                                "maxSizeBytes",
                                size.bytes(),
                                "readScale",
                                size.readScale(),
                                "highAvailabilityReplicaCount",
                                isNamedReplica(exchange) ? 0 : Json.ABSENT,
                                "earliestRestoreDate",
                                Arm.time(exchange.now().plus(FIRST_BACKUP)),
                                "currentBackupStorageRedundancy",
                                redundancy(exchange),
                                "requestedBackupStorageRedundancy",
                                redundancy(exchange))),
                "location",
                location,
                "id",
                id,
                "name",
                id.substring(id.lastIndexOf('/') + 1),
                "type",
                SqlDatabases.TYPE);
        return changed(exchange, new Resource(id, sized(body, size), exchange.now()));
    }

    private static boolean isNamedReplica(Exchange exchange) {
        return Json.text(exchange.json(), "properties.secondaryType")
                .filter("Named"::equalsIgnoreCase)
                .isPresent();
    }

    private static String redundancy(Exchange exchange) {
        return Json.text(exchange.json(), "properties.requestedBackupStorageRedundancy")
                .orElse("Geo");
    }

    static Resource master(Resource server, World world) {
        String id = server.id() + "/databases/master";
        String location = server.text("location").orElse("");
        Map<String, Object> body = Json.object(
                "kind",
                "v12.0,system",
                "properties",
                Json.merge(
                        common(world, id, location),
                        Json.object(
                                "maxSizeBytes",
                                30L << 30,
                                "readScale",
                                "Disabled",
                                "currentBackupStorageRedundancy",
                                "Local",
                                "requestedBackupStorageRedundancy",
                                "Local")),
                "location",
                location,
                "id",
                id,
                "name",
                "master",
                "type",
                SqlDatabases.TYPE);
        return new Resource(id, shownAs(body, DatabaseSize.SYSTEM), world.now());
    }

    private static Map<String, Object> common(World world, String id, String location) {
        String subscription = id.substring(0, id.toLowerCase(Locale.ROOT).indexOf("/resourcegroups/"));
        return Json.object(
                "collation",
                "SQL_Latin1_General_CP1_CI_AS",
                "status",
                "Online",
                "databaseId",
                world.ids().uuid().toString(),
                "creationDate",
                Arm.time(world.now()),
                "defaultSecondaryLocation",
                RegionPairs.of(location).<Object>map(l -> l).orElse(Json.ABSENT),
                "catalogCollation",
                "SQL_Latin1_General_CP1_CI_AS",
                "zoneRedundant",
                false,
                "maintenanceConfigurationId",
                subscription + "/providers/Microsoft.Maintenance/publicMaintenanceConfigurations/SQL_Default",
                "availabilityZone",
                "NoPreference",
                "isLedgerOn",
                false,
                "isInfraEncryptionEnabled",
                false);
    }

    /** The database as this api-version shows it: before its first backup it tells of none. */
    static Map<String, Object> shown(Exchange exchange, Map<String, Object> body) {
        boolean hasBackup = Json.text(body, EARLIEST_RESTORE)
                .filter(date -> !Instant.parse(date).isAfter(exchange.now()))
                .isPresent();
        Map<String, Object> shown = hasBackup ? body : Json.without(body, EARLIEST_RESTORE);
        return exchange.apiVersion().compareTo(SINCE_ZONES) < 0
                ? Json.without(shown, "properties.availabilityZone")
                : shown;
    }

    private static Map<String, Object> shownAs(Map<String, Object> body, DatabaseSize size) {
        return Json.merge(
                body,
                Json.object(
                        "sku",
                        size.sku(),
                        "properties",
                        Json.object(
                                "currentSku",
                                size.sku(),
                                "currentServiceObjectiveName",
                                size.objective(),
                                "requestedServiceObjectiveName",
                                size.objective())));
    }

    /** The database in another size, with what only such sizes have. */
    private static Map<String, Object> sized(Map<String, Object> body, DatabaseSize size) {
        // the size before had other parts, which a merge would keep
        Map<String, Object> other = Json.without(Json.without(body, "sku"), "properties.currentSku");
        Map<String, Object> sized = Json.with(shownAs(other, size), "kind", size.kind());
        sized = replicated(sized, size);
        if (!size.hasCores()) {
            return Json.without(Json.without(sized, "properties.maxLogSizeBytes"), "properties.licenseType");
        }
        sized = Json.with(sized, "properties.maxLogSizeBytes", LOG_BYTES);
        boolean isLicensed =
                !size.isServerless() && Json.at(sized, "properties.licenseType").isEmpty();
        return isLicensed ? Json.with(sized, "properties.licenseType", "LicenseIncluded") : sized;
    }

    private static Map<String, Object> replicated(Map<String, Object> body, DatabaseSize size) {
        String replicas = "properties.highAvailabilityReplicaCount";
        if (!size.tier().equals("Hyperscale")) {
            return Json.without(body, replicas);
        }
        return Json.at(body, replicas).isPresent() ? body : Json.with(body, replicas, 1);
    }

    /** The database with what the request says. */
    static Resource changed(Exchange exchange, Resource database) {
        Map<String, Object> asked = exchange.json();
        Map<String, Object> properties = new LinkedHashMap<>(Json.map(asked, "properties"));
        properties.keySet().removeIf(n -> NOT_SHOWN.stream().anyMatch(n::equalsIgnoreCase));
        Map<String, Object> before = Json.text(asked, "sku.name").isPresent()
                ? sized(database.body(), DatabaseSize.of(asked))
                : database.body();
        Map<String, Object> body =
                Json.with(before, "properties", Json.merge(Json.map(before, "properties"), properties));
        if (Json.at(asked, "tags").isPresent()) {
            body = Json.with(body, "tags", Json.merge(Map.of(), Json.map(asked, "tags")));
        }
        Map<String, Object> identity =
                AttachedIdentities.change(exchange, Json.map(database.body(), "identity"), database.id());
        return database.withBody(identity.isEmpty() ? body : Json.with(body, "identity", identity));
    }
}

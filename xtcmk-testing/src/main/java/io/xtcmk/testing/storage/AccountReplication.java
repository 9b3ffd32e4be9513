package io.xtcmk.testing.storage;

import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.arm.RegionPairs;
import io.xtcmk.testing.http.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What an account of a geo-redundant SKU says of its secondary region. */
final class AccountReplication {
    private AccountReplication() {}

    /** The properties with where the copies are, or without where there are none. */
    static Map<String, Object> placed(Map<String, Object> properties, String sku, String name, String suffix) {
        Map<String, Object> here = properties;
        for (String own : new String[] {"secondaryLocation", "statusOfSecondary", "secondaryEndpoints"}) {
            here = Json.without(here, own);
        }
        Optional<String> pair = isGeoRedundant(sku)
                ? RegionPairs.of(Json.text(properties, "primaryLocation").orElse(""))
                : Optional.empty();
        if (pair.isEmpty()) {
            return here;
        }
        return Json.merge(
                here,
                Json.object(
                        "secondaryLocation",
                        pair.get(),
                        "statusOfSecondary",
                        "available",
                        "secondaryEndpoints",
                        sku.contains("_RA") ? AccountEndpoints.secondary(name, suffix) : Json.ABSENT));
    }

    private static boolean isGeoRedundant(String sku) {
        return sku.endsWith("GRS") || sku.endsWith("GZRS");
    }

    /** The account with how far the copies are, which is told to whoever asks for it. */
    static Map<String, Object> expanded(Map<String, Object> account, Instant now) {
        if (Json.at(account, "properties.secondaryLocation").isEmpty()) {
            return account;
        }
        String sku = Json.text(account, "sku.name").orElse("");
        return Json.with(
                account,
                "properties.geoReplicationStats",
                Json.object(
                        "status",
                        "Live",
                        "lastSyncTime",
                        Arm.time(now),
                        "canFailover",
                        true,
                        "canPlannedFailover",
                        true,
                        "postFailoverRedundancy",
                        sku.endsWith("GZRS") ? "Standard_ZRS" : "Standard_LRS",
                        "postPlannedFailoverRedundancy",
                        sku));
    }
}

package io.xtcmk.testing.sql;

import static java.util.Map.entry;

import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.arm.RegionPairs;
import io.xtcmk.testing.world.Resource;
import java.util.Map;
import java.util.Optional;

/** Places by the names that people read, which keys and protectors carry. */
final class Locations {
    private static final Map<String, String> NAMES = Map.ofEntries(
            entry("westeurope", "West Europe"),
            entry("northeurope", "North Europe"),
            entry("uksouth", "UK South"),
            entry("ukwest", "UK West"),
            entry("eastus", "East US"),
            entry("eastus2", "East US 2"),
            entry("westus", "West US"),
            entry("westus2", "West US 2"),
            entry("westcentralus", "West Central US"),
            entry("centralus", "Central US"),
            entry("southeastasia", "Southeast Asia"),
            entry("eastasia", "East Asia"),
            entry("japaneast", "Japan East"),
            entry("japanwest", "Japan West"),
            entry("usgovvirginia", "USGov Virginia"),
            entry("usgovtexas", "USGov Texas"),
            entry("chinanorth2", "China North 2"),
            entry("chinanorth3", "China North 3"),
            entry("chinaeast2", "China East 2"),
            entry("chinaeast3", "China East 3"));

    private Locations() {}

    static String displayName(Resource server) {
        return displayName(Arm.location(server.text("location").orElse("")));
    }

    /** Where a geo-redundant copy would be. */
    static Optional<String> secondary(String location) {
        return RegionPairs.of(location).map(Locations::displayName);
    }

    private static String displayName(String location) {
        return NAMES.getOrDefault(location, location);
    }
}

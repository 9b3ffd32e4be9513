package io.xtcmk.testing.sql;

import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.world.Resource;
import java.util.Map;

/** Places by the names that people read, which keys and protectors carry. */
final class Locations {
    private static final Map<String, String> NAMES = Map.of(
            "westeurope", "West Europe",
            "northeurope", "North Europe",
            "eastus", "East US",
            "eastus2", "East US 2",
            "westus", "West US",
            "westus2", "West US 2",
            "centralus", "Central US",
            "usgovvirginia", "USGov Virginia",
            "chinanorth3", "China North 3",
            "chinaeast2", "China East 2");

    private Locations() {}

    static String displayName(Resource server) {
        String name = Arm.location(server.text("location").orElse(""));
        return NAMES.getOrDefault(name, name);
    }
}

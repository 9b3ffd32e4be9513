package io.xtcmk.testing.arm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which region keeps another's copies, from Microsoft's page "Azure paired regions". */
public final class RegionPairs {
    private static final String[][] MUTUAL = {
        {"eastus", "westus"},
        {"eastus2", "centralus"},
        {"northcentralus", "southcentralus"},
        {"westus2", "westcentralus"},
        {"canadacentral", "canadaeast"},
        {"northeurope", "westeurope"},
        {"uksouth", "ukwest"},
        {"francecentral", "francesouth"},
        {"germanywestcentral", "germanynorth"},
        {"norwayeast", "norwaywest"},
        {"swedencentral", "swedensouth"},
        {"switzerlandnorth", "switzerlandwest"},
        {"uaenorth", "uaecentral"},
        {"southafricanorth", "southafricawest"},
        {"eastasia", "southeastasia"},
        {"japaneast", "japanwest"},
        {"koreacentral", "koreasouth"},
        {"centralindia", "southindia"},
        {"australiaeast", "australiasoutheast"},
        {"australiacentral", "australiacentral2"},
        {"chinanorth", "chinaeast"},
        {"chinanorth2", "chinaeast2"},
        {"chinanorth3", "chinaeast3"},
        {"usgovvirginia", "usgovtexas"},
    };

    private static final Map<String, String> PAIRS = pairs();

    private RegionPairs() {}

    /** The region paired with this one, if any is: newer ones are alone. */
    public static Optional<String> of(String region) {
        return Optional.ofNullable(PAIRS.get(region));
    }

    private static Map<String, String> pairs() {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String[] pair : MUTUAL) {
            pairs.put(pair[0], pair[1]);
            pairs.put(pair[1], pair[0]);
        }
        // whose partners have others
        pairs.put("brazilsouth", "southcentralus");
        pairs.put("westus3", "eastus");
        pairs.put("westindia", "southindia");
        pairs.put("usgovarizona", "usgovtexas");
        return Map.copyOf(pairs);
    }
}

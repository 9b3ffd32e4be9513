package io.xtcmk.testing.world;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Azure's regions by cloud: the names that requests use, and those that people read. */
public final class Regions {
    private static final Map<Cloud, Map<String, String>> BY_CLOUD =
            Map.of(Cloud.PUBLIC, parsed("""
                    centralus Central US
                    eastasia East Asia
                    southeastasia Southeast Asia
                    eastus East US
                    eastus2 East US 2
                    westus West US
                    westus2 West US 2
                    northcentralus North Central US
                    southcentralus South Central US
                    westcentralus West Central US
                    northeurope North Europe
                    westeurope West Europe
                    japaneast Japan East
                    japanwest Japan West
                    brazilsouth Brazil South
                    australiasoutheast Australia Southeast
                    australiaeast Australia East
                    westindia West India
                    southindia South India
                    centralindia Central India
                    canadacentral Canada Central
                    canadaeast Canada East
                    uksouth UK South
                    ukwest UK West
                    koreacentral Korea Central
                    koreasouth Korea South
                    francecentral France Central
                    francesouth France South
                    southafricanorth South Africa North
                    southafricawest South Africa West
                    uaenorth UAE North
                    uaecentral UAE Central
                    australiacentral Australia Central
                    australiacentral2 Australia Central 2
                    switzerlandnorth Switzerland North
                    switzerlandwest Switzerland West
                    germanywestcentral Germany West Central
                    germanynorth Germany North
                    norwayeast Norway East
                    norwaywest Norway West
                    jioindiawest Jio India West
                    jioindiacentral Jio India Central
                    westus3 West US 3
                    brazilsoutheast Brazil Southeast
                    swedencentral Sweden Central
                    qatarcentral Qatar Central
                    polandcentral Poland Central
                    italynorth Italy North
                    israelcentral Israel Central
                    spaincentral Spain Central
                    mexicocentral Mexico Central
                    newzealandnorth New Zealand North
                    malaysiawest Malaysia West
                    indonesiacentral Indonesia Central
                    austriaeast Austria East
                    chilecentral Chile Central
                    belgiumcentral Belgium Central
                    denmarkeast Denmark East
                    centraluseuap Central US EUAP
                    eastus2euap East US 2 EUAP
                    """), Cloud.US_GOVERNMENT, parsed("""
                    usgovvirginia USGov Virginia
                    usgovtexas USGov Texas
                    usgovarizona USGov Arizona
                    usgoviowa USGov Iowa
                    usdodeast USDoD East
                    usdodcentral USDoD Central
                    """), Cloud.CHINA, parsed("""
                    chinanorth China North
                    chinaeast China East
                    chinanorth2 China North 2
                    chinaeast2 China East 2
                    chinanorth3 China North 3
                    chinaeast3 China East 3
                    """));

    private Regions() {}

    private static Map<String, String> parsed(String lines) {
        return lines.lines()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(l -> l[0], l -> l[1], (a, b) -> a, LinkedHashMap::new));
    }

    /** The names of a cloud's regions. */
    public static List<String> of(Cloud cloud) {
        return List.copyOf(regions(cloud).keySet());
    }

    private static Map<String, String> regions(Cloud cloud) {
        return BY_CLOUD.getOrDefault(cloud, Map.of());
    }

    /** The name that people read, such as "West Europe"; what is no region keeps its own. */
    public static String displayName(String name) {
        return Stream.of(Cloud.values())
                .map(cloud -> regions(cloud).get(name))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(name);
    }
}

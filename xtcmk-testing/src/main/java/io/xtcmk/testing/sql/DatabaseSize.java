package io.xtcmk.testing.sql;

import static java.util.Map.entry;

import io.xtcmk.testing.http.Json;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A database's size. It is asked for by one word (GP_S_Gen5_2, S0), or by parts of one.
 *
 * @param name what Azure SQL calls the kind of size, such as GP_S_Gen5 or Standard
 * @param tier such as GeneralPurpose
 * @param family the hardware; null for sizes in DTUs, which have none
 * @param capacity cores or DTUs
 * @param objective the size in one word
 */
record DatabaseSize(String name, String tier, @Nullable String family, long capacity, String objective) {
    static final DatabaseSize SYSTEM = new DatabaseSize("System", "System", null, 0, "System0");

    private static final long GIBIBYTE = 1L << 30;
    private static final Pattern CORES = Pattern.compile(
            "(?<edition>GP|BC|HS)(?<serverless>_S)?(?:_(?<family>(?!S\\b)[A-Z]\\w*?))?(?:_(?<cores>\\d+))?",
            Pattern.CASE_INSENSITIVE);
    /** From the page "Resource limits for single databases using the DTU purchasing model". */
    private static final Map<String, Long> DTUS = Map.ofEntries(
            entry("BASIC", 5L),
            entry("S0", 10L),
            entry("S1", 20L),
            entry("S2", 50L),
            entry("S3", 100L),
            entry("S4", 200L),
            entry("S6", 400L),
            entry("S7", 800L),
            entry("S9", 1600L),
            entry("S12", 3000L),
            entry("P1", 125L),
            entry("P2", 250L),
            entry("P4", 500L),
            entry("P6", 1000L),
            entry("P11", 1750L),
            entry("P15", 4000L));

    /** The size in a request's body; General Purpose with two cores where it says none. */
    static DatabaseSize of(Map<String, Object> asked) {
        String name = Json.text(asked, "sku.name").orElse("GP_Gen5_2");
        Matcher cores = CORES.matcher(name);
        return cores.matches() ? inCores(cores, asked) : inDtus(name, asked);
    }

    private static DatabaseSize inCores(Matcher name, Map<String, Object> asked) {
        String edition = name.group("edition").toUpperCase(Locale.ROOT);
        String family =
                name.group("family") == null ? Json.text(asked, "sku.family").orElse("Gen5") : name.group("family");
        long capacity = name.group("cores") == null
                ? Json.number(asked, "sku.capacity").orElse(2L)
                : Long.parseLong(name.group("cores"));
        String kind = edition + (name.group("serverless") == null ? "" : "_S") + "_" + family;
        String tier = switch (edition) {
            case "GP" -> "GeneralPurpose";
            case "BC" -> "BusinessCritical";
            default -> "Hyperscale";
        };
        return new DatabaseSize(kind, tier, family, capacity, kind + "_" + capacity);
    }

    private static DatabaseSize inDtus(String name, Map<String, Object> asked) {
        String word = name.toUpperCase(Locale.ROOT);
        if (!DTUS.containsKey(word) && !word.equals("STANDARD") && !word.equals("PREMIUM")) {
            String tier = Json.text(asked, "sku.tier").orElse("Standard");
            return new DatabaseSize(
                    name, tier, null, Json.number(asked, "sku.capacity").orElse(10L), name);
        }
        String tier = word.equals("BASIC") ? "Basic" : word.startsWith("P") ? "Premium" : "Standard";
        long smallest = tier.equals("Basic") ? 5 : tier.equals("Premium") ? 125 : 10;
        long capacity =
                DTUS.getOrDefault(word, Json.number(asked, "sku.capacity").orElse(smallest));
        String objective = DTUS.entrySet().stream()
                .filter(e -> e.getValue() == capacity)
                .map(e -> e.getKey().equals("BASIC") ? "Basic" : e.getKey())
                .findFirst()
                .orElse(name);
        return new DatabaseSize(tier, tier, null, capacity, objective);
    }

    boolean hasCores() {
        return family != null;
    }

    /** Whether its cores sleep when nobody needs them. */
    boolean isServerless() {
        return name.contains("_S_");
    }

    Map<String, Object> sku() {
        return Json.object("name", name, "tier", tier, "family", Json.orAbsent(family), "capacity", capacity);
    }

    /** The database's {@code kind}. */
    String kind() {
        return "v12.0,user" + (hasCores() ? ",vcore" : "") + (tier.equals("Hyperscale") ? ",hyperscale" : "")
                + (isServerless() ? ",serverless" : "");
    }

    /** How large a database of this size may grow if nothing else is asked for. */
    long bytes() {
        return switch (tier) {
            case "Basic" -> 2 * GIBIBYTE;
            case "Standard" -> 250 * GIBIBYTE;
            case "Premium" -> 500 * GIBIBYTE;
            case "Hyperscale" -> -1;
            default -> 32 * GIBIBYTE;
        };
    }

    /** Business Critical and Premium have replicas to read from. */
    String readScale() {
        return tier.equals("BusinessCritical") || tier.equals("Premium") ? "Enabled" : "Disabled";
    }
}

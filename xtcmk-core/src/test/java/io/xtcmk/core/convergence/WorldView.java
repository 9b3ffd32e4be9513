package io.xtcmk.core.convergence;

import com.azure.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that there is, in words that are the same for two worlds that differ in nothing but ids, versions, times and the
 * order of making: all of the fake's own description, and each resource's body.
 */
final class WorldView {
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern ETAG = Pattern.compile("\"etag\":\"[^\"]*\"");
    /** The login that SQL makes up for a server without one. */
    private static final Pattern LOGIN = Pattern.compile("CloudSA[0-9a-f]{8}");
    /** All that was begun is over by then. */
    private static final Duration LATER = Duration.ofMinutes(45);

    private static final Map<String, String> VERSIONS = Map.of(
            "Microsoft.Storage/storageAccounts", "2024-01-01",
            "Microsoft.Sql/servers", "2023-08-01",
            "Microsoft.Sql/servers/encryptionProtector", "2023-08-01",
            "Microsoft.Sql/servers/keys", "2023-08-01",
            "Microsoft.KeyVault/vaults", "2023-07-01",
            "Microsoft.ManagedIdentity/userAssignedIdentities", "2024-11-30");

    private final Companies companies;
    private final Set<String> known = new HashSet<>();

    /** A view; ids that there are now keep their names in it. */
    WorldView(Companies companies) {
        this.companies = companies;
        Matcher matcher = ID.matcher(companies.azure.toString());
        while (matcher.find()) {
            known.add(matcher.group());
        }
    }

    /** The world a while from now. */
    String later() {
        companies.azure.clock().advance(LATER);
        List<String> facts = new ArrayList<>();
        List<String> path = new ArrayList<>();
        for (String line : companies.azure.toString().lines().toList()) {
            int depth = (line.length() - line.stripLeading().length()) / 2;
            String fact = line.strip();
            if (depth == 0 && fact.startsWith("Azure at")) {
                continue;
            }
            while (path.size() > depth) {
                path.remove(path.size() - 1);
            }
            path.add(fact.replaceAll(":.*", ""));
            facts.add(String.join(" / ", path.subList(0, path.size() - 1)) + " / " + fact + body(fact));
        }
        return numbered(facts);
    }

    private String body(String fact) {
        if (!fact.startsWith("/subscriptions/")) {
            return "";
        }
        String id = fact.replaceAll(": .*", "");
        String version = VERSIONS.get(type(id));
        return version == null ? "" : " = " + get(id + "?api-version=" + version);
    }

    private static String type(String id) {
        String[] names = id.replaceAll(".*/providers/", "").split("/", -1);
        StringBuilder type = new StringBuilder(names[0]);
        for (int i = 1; i < names.length; i += 2) {
            type.append('/').append(names[i]);
        }
        return type.toString();
    }

    private String get(String id) {
        boolean provider = id.contains(companies.contoso.subscriptionId().toString());
        return companies.azureSays(provider ? companies.contoso : companies.fabrikam, HttpMethod.GET, id, null);
    }

    /** Sorts without regard to ids, then numbers the ids as they come. */
    private String numbered(List<String> facts) {
        List<String> sorted = facts.stream()
                .map(f -> ETAG.matcher(TIME.matcher(f).replaceAll("TIME")).replaceAll("\"etag\":ETAG"))
                .map(f -> LOGIN.matcher(f).replaceAll("CloudSA"))
                .sorted(Comparator.comparing(
                        f -> ID.matcher(f).replaceAll(m -> known.contains(m.group()) ? m.group() : "?")))
                .toList();
        Map<String, String> numbers = new HashMap<>();
        return ID.matcher(String.join("\n", sorted))
                .replaceAll(m -> known.contains(m.group())
                        ? m.group()
                        : numbers.computeIfAbsent(m.group(), id -> "id" + numbers.size()));
    }
}

package io.xtcmk.testing.storage;

import io.xtcmk.testing.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An account's addresses, one for each of its services. */
final class AccountEndpoints {
    private static final List<String> SERVICES = List.of("dfs", "web", "blob", "queue", "table", "file");
    private static final List<String> OVER_THE_INTERNET = List.of("dfs", "web", "blob", "file");
    private static final List<String> OF_THE_SECONDARY = List.of("dfs", "web", "blob", "queue", "table");

    private static final Map<String, List<String>> OF_OLDER_KINDS = Map.of(
            "storage", List.of("blob", "queue", "table", "file"), "blobstorage", List.of("dfs", "blob", "table"));

    private AccountEndpoints() {}

    /** Those of the primary region, and those by which its routing preference has the traffic go. */
    static Map<String, Object> primary(String name, String suffix, String kind, Map<String, Object> routing) {
        Map<String, Object> endpoints =
                of(name, suffix, OF_OLDER_KINDS.getOrDefault(kind.toLowerCase(Locale.ROOT), SERVICES));
        if (Json.flag(routing, "publishMicrosoftEndpoints").orElse(false)) {
            endpoints.put("microsoftEndpoints", of(name + "-microsoftrouting", suffix, SERVICES));
        }
        if (Json.flag(routing, "publishInternetEndpoints").orElse(false)) {
            endpoints.put("internetEndpoints", of(name + "-internetrouting", suffix, OVER_THE_INTERNET));
        }
        return endpoints;
    }

    /** Those of a secondary region that can be read. */
    static Map<String, Object> secondary(String name, String suffix) {
        return of(name + "-secondary", suffix, OF_THE_SECONDARY);
    }

    private static Map<String, Object> of(String name, String suffix, List<String> services) {
        Map<String, Object> endpoints = new LinkedHashMap<>();
        services.forEach(
                s -> endpoints.put(s, "https://" + name + (s.equals("web") ? ".z6." : ".") + s + suffix + "/"));
        return endpoints;
    }
}

package io.xtcmk.testing.storage;

import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An account's JSON: Storage's defaults, what was asked, and what only Storage says. */
final class AccountBody {
    private static final List<String> READ_ONLY = List.of(
            "provisioningState",
            "primaryEndpoints",
            "secondaryEndpoints",
            "secondaryLocation",
            "statusOfSecondary",
            "geoReplicationStats",
            "primaryLocation",
            "statusOfPrimary",
            "creationTime",
            "keyCreationTime",
            "privateEndpointConnections",
            "encryption");

    /** Beside the properties, kept as they are said. */
    private static final List<String> KEPT = List.of("extendedLocation", "zones", "placement");

    /** To which older kinds can be upgraded, and the only one that an existing account can be asked to be. */
    private static final String CURRENT_KIND = "StorageV2";

    private static final Set<String> OLDER_KINDS = Set.of("Storage", "BlobStorage");

    /** Since which api-version what is told. */
    private static final Map<String, String> SINCE = Map.of(
            AccountKeys.KEY_VAULT + ".currentVersionedKeyExpirationTimestamp",
            "2021-09-01",
            "properties.networkAcls.ipv6Rules",
            "2023-01-01",
            "properties.allowCrossTenantDelegationSas",
            "2025-06-01");

    private AccountBody() {}

    /** A new account, before its encryption is looked at. */
    static Resource create(Exchange exchange, String id) {
        Map<String, Object> asked = exchange.json();
        String name = id.substring(id.lastIndexOf('/') + 1);
        String location = Arm.requiredLocation(exchange);
        String sku = Json.text(asked, "sku.name").orElseThrow(() -> StorageErrors.invalid("sku"));
        Map<String, Object> body = Json.object(
                "id",
                id,
                "name",
                name,
                "type",
                StorageAccounts.TYPE,
                "location",
                location,
                "sku",
                sku(sku),
                "kind",
                Json.text(asked, "kind").orElse(CURRENT_KIND),
                "tags",
                Json.merge(Map.of(), Json.map(asked, "tags")),
                "properties",
                properties(exchange.now(), location, Json.text(asked, "kind").orElse(CURRENT_KIND)));
        return changed(exchange, new Resource(id, body, exchange.now()));
    }

    private static Map<String, Object> properties(Instant now, String location, String kind) {
        String time = Arm.time(now);
        return Json.object(
                "allowCrossTenantDelegationSas",
                false,
                "keyCreationTime",
                Json.object("key1", time, "key2", time),
                "allowCrossTenantReplication",
                false,
                "privateEndpointConnections",
                List.of(),
                "minimumTlsVersion",
                "TLS1_2",
                "allowBlobPublicAccess",
                false,
                "networkAcls",
                Json.object(
                        "ipv6Rules",
                        List.of(),
                        "bypass",
                        "AzureServices",
                        "virtualNetworkRules",
                        List.of(),
                        "ipRules",
                        List.of(),
                        "defaultAction",
                        "Allow"),
                "supportsHttpsTrafficOnly",
                true,
                "encryption",
                Map.of(),
                "accessTier",
                kind.equalsIgnoreCase("Storage") ? Json.ABSENT : "Hot",
                "provisioningState",
                "Creating",
                "creationTime",
                time,
                "primaryLocation",
                location,
                "statusOfPrimary",
                "available");
    }

    private static Map<String, Object> sku(String name) {
        boolean premium = name.toLowerCase(Locale.ROOT).startsWith("premium");
        return Json.object("name", name, "tier", premium ? "Premium" : "Standard");
    }

    /** The account with what the request says, identity apart. */
    static Resource changed(Exchange exchange, Resource account) {
        Map<String, Object> asked = exchange.json();
        Map<String, Object> settings = Json.merge(Map.of(), Json.map(asked, "properties"));
        Map<String, Object> encryption = AccountEncryption.merge(
                Json.map(account.body(), "properties.encryption"), Json.map(settings, "encryption"), exchange.now());
        for (String name : READ_ONLY) {
            settings = Json.without(settings, name);
        }
        Map<String, Object> body =
                Json.with(account.body(), "properties", Json.merge(Json.map(account.body(), "properties"), settings));
        body = Json.with(body, "properties.encryption", encryption);
        body = Json.text(asked, "sku.name").isEmpty()
                ? body
                : Json.with(body, "sku", sku(Json.text(asked, "sku.name").orElseThrow()));
        if (CURRENT_KIND.equals(asked.get("kind"))
                && OLDER_KINDS.contains(account.text("kind").orElse(""))) {
            body = Json.with(body, "kind", CURRENT_KIND);
        }
        for (String name : KEPT) {
            Optional<Object> said = Json.at(asked, name);
            body = said.isPresent() ? Json.with(body, name, said.get()) : body;
        }
        if (Json.at(asked, "tags").isPresent()) {
            body = Json.with(body, "tags", Json.merge(Map.of(), Json.map(asked, "tags")));
        }
        return account.withBody(reachable(body, suffix(exchange)));
    }

    /** The account with the addresses and places that follow from its settings. */
    private static Map<String, Object> reachable(Map<String, Object> body, String suffix) {
        String name = Json.text(body, "name").orElseThrow();
        Map<String, Object> properties = Json.with(
                Json.map(body, "properties"),
                "primaryEndpoints",
                AccountEndpoints.primary(
                        name,
                        suffix,
                        Json.text(body, "kind").orElse(CURRENT_KIND),
                        Json.map(body, "properties.routingPreference")));
        String sku = Json.text(body, "sku.name").orElse("");
        return Json.with(body, "properties", AccountReplication.placed(properties, sku, name, suffix));
    }

    private static String suffix(Exchange exchange) {
        return exchange.world()
                .tenants()
                .find(exchange.caller().tenantId().toString())
                .orElseThrow()
                .cloud()
                .getStorageEndpointSuffix();
    }

    /** The account as this api-version shows it. */
    static Map<String, Object> shown(Resource account, String apiVersion) {
        Map<String, Object> shown = account.body();
        for (Map.Entry<String, String> newer : SINCE.entrySet()) {
            if (apiVersion.compareTo(newer.getValue()) < 0) {
                shown = Json.without(shown, newer.getKey());
            }
        }
        return shown;
    }
}

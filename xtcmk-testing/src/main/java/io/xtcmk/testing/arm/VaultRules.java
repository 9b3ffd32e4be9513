package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Key Vault's resource provider takes and refuses in a vault's properties. */
final class VaultRules {
    private static final Pattern NAME = Pattern.compile("(?!.*--)[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]");
    /** From this api-version on, vaults use roles unless they are told otherwise. */
    private static final String RBAC_BY_DEFAULT_SINCE = "2026-02-01";

    private VaultRules() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static void checkName(String name) {
        if (!isName(name)) {
            throw AzureError.of(400, "VaultNameNotValid", invalidName(name));
        }
    }

    static String invalidName(String name) {
        return "The vault name '" + name + "' is invalid. A vault's name must be between 3-24 alphanumeric characters."
                + " The name must begin with a letter, end with a letter or digit, and not contain consecutive"
                + " hyphens. Follow this link for more information:"
                + " https://go.microsoft.com/fwlink/?linkid=2147742";
    }

    /** What a PUT must have. */
    static void checkWhole(Exchange exchange, Map<String, Object> asked, boolean exists) {
        if (asked.get("tenantId") == null) {
            throw badRequest("The parameter tenantId is not specified.");
        }
        checkTenant(exchange, asked);
        if (Json.map(asked, "sku").isEmpty()) {
            throw badRequest("The parameter sku is not specified.");
        }
        if (!exists && asked.get("accessPolicies") == null && !usesRbac(asked, exchange.apiVersion())) {
            throw badRequest("The parameter accessPolicies is not specified.");
        }
    }

    /** A vault trusts the tenant of its subscription. */
    static void checkTenant(Exchange exchange, Map<String, Object> asked) {
        String own = exchange.caller().tenantId().toString();
        if (!own.equalsIgnoreCase(Json.text(asked, "tenantId").orElse(own))) {
            throw badRequest("An invalid value was provided for 'tenantId'.");
        }
    }

    static void checkProperties(Map<String, Object> asked, Optional<Resource> before) {
        if (Json.flag(asked, "enablePurgeProtection").filter(p -> !p).isPresent()) {
            throw badRequest("The property \"enablePurgeProtection\" cannot be set to false. Enabling the purge"
                    + " protection for a vault is an irreversible action.");
        }
        if (before.isPresent()
                && Json.flag(asked, "enableSoftDelete").filter(s -> !s).isPresent()) {
            throw badRequest("The property \"enableSoftDelete\" can be set to false only for creating new vault."
                    + " Enabling the 'soft delete' functionality is an irreversible action.");
        }
        Json.number(asked, "softDeleteRetentionInDays").ifPresent(days -> checkRetention(days, before));
    }

    private static void checkRetention(long days, Optional<Resource> before) {
        if (days < 7 || days > 90) {
            throw badRequest("An invalid value was provided for 'softDeleteRetentionInDays'. It must be from 7 to 90.");
        }
        boolean changes = before.flatMap(b -> Json.number(b.body(), "properties.softDeleteRetentionInDays"))
                .filter(d -> d != days)
                .isPresent();
        if (changes) {
            throw badRequest(
                    "The property \"softDeleteRetentionInDays\" has been set already and it can't be" + " modified.");
        }
    }

    /**
     * The properties as a PUT leaves them. What cannot be undone, and what is not spoken of, stays as it was; of what was
     * never set, a vault tells little.
     */
    static Map<String, Object> properties(Map<String, Object> asked, Optional<Resource> before, String apiVersion) {
        Map<String, Object> defaults = Json.object(
                "sku",
                Json.object("family", "A", "name", "standard"),
                "tenantId",
                Json.orAbsent(asked.get("tenantId")),
                "accessPolicies",
                List.of(),
                "enabledForDeployment",
                false,
                "enableSoftDelete",
                true,
                // seen where a request speaks of neither, and not where it only enables soft delete
                "softDeleteRetentionInDays",
                asked.get("enableSoftDelete") == null ? 90 : Json.ABSENT,
                "enableRbacAuthorization",
                usesRbac(asked, apiVersion) ? true : Json.ABSENT,
                "publicNetworkAccess",
                "Enabled");
        Map<String, Object> base =
                before.map(b -> Json.map(b.body(), "properties")).orElse(defaults);
        return patched(base, asked);
    }

    /** The properties with those that are asked for in their place. */
    static Map<String, Object> patched(Map<String, Object> base, Map<String, Object> asked) {
        Map<String, Object> result = new LinkedHashMap<>(base);
        asked.forEach((name, value) -> {
            if (value != null && !isComputed(name)) {
                result.put(name, value);
            }
        });
        // every vault deletes softly, whatever is asked of a new one
        result.put("enableSoftDelete", true);
        if (isOpen(Json.map(result, "networkAcls"))) {
            result.remove("networkAcls");
        }
        return Json.with(result, "sku.family", "A");
    }

    /** Rules that let everybody in are as good as none. */
    private static boolean isOpen(Map<String, Object> acls) {
        return "Allow".equalsIgnoreCase(Json.text(acls, "defaultAction").orElse("Allow"))
                && "AzureServices".equalsIgnoreCase(Json.text(acls, "bypass").orElse("AzureServices"))
                && Json.list(acls, "ipRules").isEmpty()
                && Json.list(acls, "virtualNetworkRules").isEmpty();
    }

    private static boolean isComputed(String name) {
        return List.of("createMode", "vaultUri", "provisioningState", "hsmPoolResourceId", "privateEndpointConnections")
                .contains(name);
    }

    private static boolean usesRbac(Map<String, Object> asked, String apiVersion) {
        return Json.flag(asked, "enableRbacAuthorization").orElse(apiVersion.compareTo(RBAC_BY_DEFAULT_SINCE) >= 0);
    }

    private static AzureError badRequest(String message) {
        return AzureError.of(400, "BadRequest", message);
    }
}

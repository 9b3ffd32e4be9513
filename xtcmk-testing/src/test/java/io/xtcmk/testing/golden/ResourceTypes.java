package io.xtcmk.testing.golden;

import io.xtcmk.testing.http.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a resource of each type cannot be made without. */
final class ResourceTypes {
    /** Made with their parents. */
    private static final Set<String> INBORN = Set.of(
            "microsoft.authorization/roledefinitions",
            "microsoft.keyvault/vaults/keys/versions",
            "microsoft.sql/servers/encryptionprotector",
            "microsoft.sql/servers/databases/transparentdataencryption",
            "microsoft.keyvault/vaults/accesspolicies");

    private ResourceTypes() {}

    static boolean isInborn(ResourceId id) {
        return INBORN.contains(id.type().toLowerCase(Locale.ROOT))
                || (id.isResource() && Set.of("master", "ServiceManaged").contains(id.name()));
    }

    /** What is asked for, and what has to be asked for with it. */
    static Map<String, Object> completed(ResourceId id, Map<String, Object> asked, String tenant) {
        return Json.merge(least(id, tenant), asked);
    }

    private static Map<String, Object> least(ResourceId id, String tenant) {
        return switch (id.type().toLowerCase(Locale.ROOT)) {
            case "microsoft.storage/storageaccounts" ->
                Json.object("location", "eastus", "kind", "StorageV2", "sku", Json.object("name", "Standard_LRS"));
            case "microsoft.sql/servers" ->
                Json.object(
                        "location",
                        "eastus",
                        "identity",
                        Json.object("type", "SystemAssigned"),
                        "properties",
                        Json.object(
                                "administratorLogin", "somebody", "administratorLoginPassword", "Example-1-Example"));
            case "microsoft.sql/servers/keys" -> serverKey(id.name());
            case "microsoft.keyvault/vaults" ->
                Json.object(
                        "location",
                        "eastus",
                        "properties",
                        Json.object(
                                "tenantId",
                                tenant,
                                "sku",
                                Json.object("family", "A", "name", "standard"),
                                "enableRbacAuthorization",
                                true));
            case "microsoft.keyvault/vaults/keys" -> Json.object("properties", Json.object("kty", "RSA"));
            default -> Json.object("location", "eastus");
        };
    }

    /** The name of a server's key tells where the key is. */
    private static Map<String, Object> serverKey(String name) {
        String[] parts = name.split("_", -1);
        return Json.object(
                "properties",
                Json.object(
                        "serverKeyType",
                        "AzureKeyVault",
                        "uri",
                        "https://" + parts[0] + ".vault.azure.net/keys/" + parts[1] + "/" + parts[2]));
    }
}

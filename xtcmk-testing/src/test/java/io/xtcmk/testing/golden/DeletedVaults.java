package io.xtcmk.testing.golden;

import io.xtcmk.testing.http.Json;
import java.util.Map;
import java.util.Set;

/** Vaults that were deleted, where examples are about such. */
final class DeletedVaults {
    private DeletedVaults() {}

    static Arrangement arranged(Scene scene, Example example) {
        boolean isList = Json.at(example.shown(), "value").isPresent();
        return new Arrangement(
                example,
                isList
                        ? Lists.arranged(scene, example, shown -> delete(scene, example, shown))
                        : delete(scene, example, example.shown()));
    }

    private static Map<String, Object> delete(Scene scene, Example example, Map<String, Object> shown) {
        String id = Json.text(shown, "properties.vaultId")
                .orElse("/subscriptions/" + scene.contoso.subscriptionId()
                        + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/" + example.parameter("vaultName"));
        Map<String, Object> properties = Json.map(shown, "properties");
        scene.put(
                id,
                Json.object(
                        "location",
                        properties.getOrDefault("location", example.parameter("location")),
                        "tags",
                        Json.map(properties, "tags"),
                        "properties",
                        Json.object("enablePurgeProtection", Json.orAbsent(properties.get("purgeProtectionEnabled")))),
                Set.of());
        scene.arm(scene.contoso, "DELETE", id, "2023-07-01", null);
        Map<String, Object> known = Json.with(shown, "name", ResourceId.of(id).name());
        return Json.without(Json.without(known, "properties.deletionDate"), "properties.scheduledPurgeDate");
    }
}

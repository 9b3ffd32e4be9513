package io.xtcmk.testing.golden;

import io.xtcmk.testing.http.Json;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Has a world be as an example takes it to be: what it reads, changes or deletes is there, as the example's answer shows
 * it, with all that belongs to it.
 *
 * @param example the example with the world's ids in it
 * @param known what of the answer follows from the request and from what was arranged
 */
record Arrangement(Example example, Map<String, Object> known) {
    /**
     * Arranges.
     *
     * @param isThere whether the resource is there already; if not, the example is to make it, or finds it gone
     */
    static Arrangement of(Scene scene, Example published, boolean isThere) {
        Example example = Placeholders.replaced(
                published,
                scene.contoso.subscriptionId().toString(),
                scene.contoso.tenantId().toString());
        if (!example.parameter("vaultBaseUrl").isEmpty()) {
            return new DataPlane(scene).arranged(example);
        }
        if (example.file().contains("WithExpandEqualsAdministrators")) {
            // what the example is called for is not among its parameters
            example = example.with(Json.with(example.tree(), "parameters.$expand", "administrators"));
        }
        ResourceId id = ResourceId.of(example.path());
        switch (id.provider()) {
            case "Microsoft.KeyVault" -> example = KeyVersions.arranged(scene, example);
            case "Microsoft.Sql", "Microsoft.Storage" -> example = new VaultKeys(scene).arranged(example);
            default -> {}
        }
        if (id.type().toLowerCase(Locale.ROOT).contains("/deletedvaults")) {
            return DeletedVaults.arranged(scene, example);
        }
        return new Arrangement(example, known(scene, example, isThere));
    }

    private static Map<String, Object> known(Scene scene, Example example, boolean isThere) {
        ResourceId id = ResourceId.of(example.path());
        scene.parents(example.path());
        Protectors.arrange(scene, example);
        Databases.arrange(scene, example);
        if (Json.at(example.shown(), "value").isPresent()) {
            return Lists.arranged(scene, example, shown -> item(scene, shown));
        } else if (example.method().equals("POST")) {
            Names.arrange(scene, example);
            return example.requested();
        }
        // an assignment cannot be changed, only made again as it is
        Set<String> left = id.type().endsWith("/roleAssignments") ? Set.of() : changed(example.requested());
        Map<String, Object> before = isThere ? scene.put(example.path(), example.shown(), left) : Map.of();
        return Json.merge(Json.merge(self(example.path()), before), example.requested());
    }

    private static Map<String, Object> self(String id) {
        return Json.object(
                "id",
                id,
                "name",
                ResourceId.of(id).name(),
                "type",
                ResourceId.of(id).type());
    }

    /** The properties that the request says, which the resource has not yet. */
    private static Set<String> changed(Map<String, Object> requested) {
        Set<String> names = new LinkedHashSet<>(requested.keySet());
        Json.map(requested, "properties").keySet().forEach(n -> names.add("properties." + n));
        names.remove("properties");
        // where it is cannot be changed
        names.remove("extendedLocation");
        return names;
    }

    private static Map<String, Object> item(Scene scene, Map<String, Object> shown) {
        String id = Json.text(shown, "id").orElseThrow();
        Map<String, Object> asked = scene.put(id, shown, Set.of());
        return asked.isEmpty() ? asked : Json.merge(self(id), asked);
    }
}

package io.xtcmk.testing.golden;

import io.xtcmk.testing.golden.Sender.Reply;
import io.xtcmk.testing.http.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** What examples of databases take for granted: those that others are made from, and keys that are lost. */
final class Databases {
    private static final String VAULT = "kv-databases";
    private static final Duration UNTIL_CLOSED = Duration.ofMinutes(15);

    private Databases() {}

    static void arrange(Scene scene, Example example) {
        Rewriting.values(example.requested(), "sourceDatabaseId")
                .forEach(id -> scene.put(id, Json.object("sku", example.shown().get("sku")), Set.of()));
        if (example.operation().id().equals("Databases_ListInaccessibleByServer")) {
            lose(scene, example);
        }
    }

    /** Has the server's databases lose the key that protects them. */
    private static void lose(Scene scene, Example example) {
        String group = "/subscriptions/" + scene.contoso.subscriptionId() + "/resourceGroups/rg";
        String vault = group + "/providers/Microsoft.KeyVault/vaults/" + VAULT;
        scene.put(vault, Json.object("properties", Json.object("enablePurgeProtection", true)), Set.of());
        scene.put(vault + "/keys/cmk", Map.of(), Set.of());
        Reply key = scene.arm(scene.contoso, "GET", vault + "/keys/cmk", "2023-07-01", null);
        String url = Json.text(key.json(), "properties.keyUriWithVersion").orElseThrow();
        String version = url.substring(url.lastIndexOf('/') + 1);
        String server = ResourceId.of(example.path()).parent().orElseThrow();
        String name = VAULT + "_cmk_" + version;
        scene.put(server + "/keys/" + name, Map.of(), Set.of());
        Protectors.protect(scene, server, name);
        for (Object database : Json.list(example.shown(), "value")) {
            scene.put(Json.text(Json.cast(database), "id").orElseThrow(), Json.cast(database), Set.of());
        }
        scene.contoso.administrator().grant("Key Vault Crypto Officer", vault);
        scene.send(
                        scene.contoso,
                        "PATCH",
                        "https://" + VAULT + ".vault.azure.net/keys/cmk/" + version + "?api-version=7.4",
                        Json.object("attributes", Json.object("enabled", false)))
                .accepted();
        scene.azure.clock().advance(UNTIL_CLOSED);
    }
}

package io.xtcmk.testing.golden;

import io.xtcmk.testing.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A server's keys and protector where an example takes them to be there. */
final class Protectors {
    private static final String PROTECTOR = "/encryptionProtector";

    private Protectors() {}

    static void arrange(Scene scene, Example example) {
        if (!example.path().contains(PROTECTOR)) {
            return;
        }
        String server = example.path().replaceFirst(PROTECTOR + ".*", "");
        List<String> names = Rewriting.values(example.tree(), "serverKeyName").stream()
                .filter(n -> n.contains("_"))
                .distinct()
                .toList();
        for (String name : names) {
            scene.put(server + "/keys/" + name, Map.of(), Set.of());
        }
        if (example.method().equals("GET") && !names.isEmpty()) {
            protect(scene, server, names.get(0));
        }
    }

    static void protect(Scene scene, String server, String key) {
        scene.arm(
                scene.contoso,
                "PUT",
                server + PROTECTOR + "/current",
                "2021-11-01",
                Json.object("properties", Json.object("serverKeyType", "AzureKeyVault", "serverKeyName", key)));
    }
}

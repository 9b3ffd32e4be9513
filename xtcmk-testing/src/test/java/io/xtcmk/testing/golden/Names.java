package io.xtcmk.testing.golden;

import io.xtcmk.testing.http.Json;
import java.util.Map;
import java.util.Set;

/** Names that are taken where an example asks for one that is. */
final class Names {
    private Names() {}

    static void arrange(Scene scene, Example example) {
        boolean isTaken = "AlreadyExists".equals(example.shown().get("reason"));
        if (isTaken) {
            Map<String, Object> asked = example.requested();
            String id = "/subscriptions/" + scene.contoso.subscriptionId() + "/resourceGroups/rg/providers/"
                    + asked.get("type") + "/" + asked.get("name");
            scene.put(id, Json.object("location", "eastus"), Set.of());
        }
    }
}

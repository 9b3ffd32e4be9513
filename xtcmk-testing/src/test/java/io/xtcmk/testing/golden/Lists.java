package io.xtcmk.testing.golden;

import io.xtcmk.testing.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What an example lists. */
final class Lists {
    private Lists() {}

    /**
     * Makes the items, and another one where the example's list goes on at a link.
     *
     * @param make makes an item like the one that is shown; gives what of it is known
     * @return what of the list is known
     */
    static Map<String, Object> arranged(Scene scene, Example example, UnaryOperator<Map<String, Object>> make) {
        List<Map<String, Object>> items = new ArrayList<>();
        Json.list(example.shown(), "value").forEach(item -> items.add(Json.cast(item)));
        if (Json.at(example.shown(), "nextLink").isPresent()) {
            scene.azure.largestPage(items.size());
            items.add(another(items.get(items.size() - 1)));
        }
        return Json.object("value", items.stream().map(make).toList());
    }

    private static Map<String, Object> another(Map<String, Object> item) {
        String name = ResourceId.of(Json.text(item, "id").orElseThrow()).name();
        return Rewriting.replace(item, name, name + "-2");
    }
}

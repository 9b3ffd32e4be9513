package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A vault's access policies: one for each principal. */
final class AccessPolicies {
    private AccessPolicies() {}

    static List<Object> changed(String kind, List<Object> had, List<Object> given) {
        List<Object> result = new ArrayList<>(had);
        result.removeIf(h -> given.stream().anyMatch(g -> objectId(g).equalsIgnoreCase(objectId(h))));
        switch (kind.toLowerCase(Locale.ROOT)) {
            case "add", "replace" -> result.addAll(given);
            case "remove" -> {}
            default -> throw AzureError.of(400, "BadRequest", "The operation kind '" + kind + "' is not supported.");
        }
        return result;
    }

    private static String objectId(Object policy) {
        return Json.text(Json.cast(policy), "objectId").orElse("");
    }
}

package io.xtcmk.testing.golden;

import io.xtcmk.testing.golden.Sender.Reply;
import io.xtcmk.testing.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The vault of an example of Key Vault's own, with the keys that it is about. */
final class DataPlane {
    private static final String API = "?api-version=7.5";

    private final Scene scene;
    private String vault = "";

    DataPlane(Scene scene) {
        this.scene = scene;
    }

    Arrangement arranged(Example example) {
        vault = example.parameter("vaultBaseUrl").replaceFirst("/$", "");
        String subscription = "/subscriptions/" + scene.contoso.subscriptionId();
        scene.put(
                subscription + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/"
                        + vault.replaceAll("https://|\\..*", ""),
                Json.object("properties", Json.object("enableRbacAuthorization", true)),
                Set.of());
        scene.contoso.administrator().grant("Key Vault Crypto Officer", subscription);
        // the place in a list at which the example goes on is another's
        Example own = example.with(Json.without(example.tree(), "parameters.$skiptoken"));
        return switch (own.operation().id()) {
            case "GetKeys", "GetKeyVersions", "GetDeletedKeys" -> list(own);
            case "RestoreKey" -> restored(own);
            case "CreateKey", "ImportKey" -> new Arrangement(own, own.requested());
            default -> about(own);
        };
    }

    private Arrangement about(Example example) {
        String name = example.parameter("key-name");
        Map<String, Object> shown = example.method().equals("PATCH") ? Map.of() : example.shown();
        Map<String, Object> asked = create(name, shown);
        if (example.operation().id().contains("Policy")) {
            return policy(example, name);
        }
        String kid = current(name);
        Example own = example;
        String version = example.parameter("key-version");
        if (!version.isEmpty()) {
            own = own.with(Rewriting.replace(own.tree(), version, kid.substring(kid.lastIndexOf('/') + 1)));
        }
        if (own.operation().id().contains("Deleted")) {
            call("DELETE", "/keys/" + name, null);
        }
        Map<String, Object> known = Json.merge(Json.object("kid", kid, "key", Json.object("kid", kid)), asked);
        return new Arrangement(Ciphers.arranged(this, own), Json.merge(known, keyed(own.requested())));
    }

    /** What a request says of a key, where an answer says it. */
    private static Map<String, Object> keyed(Map<String, Object> requested) {
        return requested.containsKey("key_ops")
                ? Json.with(requested, "key.key_ops", requested.get("key_ops"))
                : requested.containsKey("attributes") ? requested : Map.of();
    }

    private Arrangement policy(Example example, String name) {
        if (example.method().equals("GET")) {
            call("PUT", "/keys/" + name + "/rotationpolicy", example.shown());
            return new Arrangement(
                    example, Json.without(Json.without(example.shown(), "attributes.created"), "attributes.updated"));
        }
        return new Arrangement(example, example.requested());
    }

    /** Makes a key like the one shown. */
    private Map<String, Object> create(String name, Map<String, Object> shown) {
        Map<String, Object> attributes = Json.without(
                Json.without(Json.without(Json.map(shown, "attributes"), "created"), "updated"), "recoveryLevel");
        Map<String, Object> asked = Json.object(
                "kty",
                Json.text(shown, "key.kty").orElse("RSA"),
                "key_ops",
                Json.orAbsent(Json.at(shown, "key.key_ops").orElse(null)),
                "attributes",
                attributes,
                "tags",
                Json.orAbsent(shown.get("tags")));
        call("POST", "/keys/" + name + "/create", asked);
        return Json.with(
                asked,
                "key",
                Json.object(
                        "kty",
                        asked.get("kty"),
                        "key_ops",
                        Json.at(shown, "key.key_ops").orElse(null)));
    }

    private String current(String name) {
        return Json.text(call("GET", "/keys/" + name, null).json(), "key.kid").orElseThrow();
    }

    Reply call(String method, String path, @Nullable Object body) {
        return scene.send(scene.contoso, method, vault + path + API, body).accepted();
    }

    /** The listed ones, and as many again, so that the list has another page. */
    private Arrangement list(Example example) {
        List<Object> known = new ArrayList<>();
        Example own = example;
        for (Object item : Json.list(example.shown(), "value")) {
            String kid = Json.text(Json.cast(item), "kid").orElseThrow();
            String[] parts = kid.split("/", -1);
            create(parts[4], Json.cast(item));
            if (parts.length > 5) {
                String made = current(parts[4]);
                own = own.with(Rewriting.replace(own.tree(), kid, made));
                known.add(Json.object("kid", made));
            } else {
                known.add(Json.object("kid", kid));
            }
            another(example, parts[4]);
        }
        return new Arrangement(own, Json.object("value", known));
    }

    private void another(Example example, String name) {
        boolean versions = example.operation().id().equals("GetKeyVersions");
        create(versions ? name : name + "-2", Map.of());
        if (example.operation().id().equals("GetDeletedKeys")) {
            call("DELETE", "/keys/" + name, null);
            call("DELETE", "/keys/" + name + "-2", null);
        }
    }

    private Arrangement restored(Example example) {
        String kid = Json.text(example.shown(), "key.kid").orElseThrow();
        String name = kid.split("/", -1)[4];
        Map<String, Object> asked = create(name, example.shown());
        String made = current(name);
        Object backup = call("POST", "/keys/" + name + "/backup", null).json().get("value");
        call("DELETE", "/keys/" + name, null);
        call("DELETE", "/deletedkeys/" + name, null);
        Example own = example.with(
                Rewriting.replace(Json.with(example.tree(), "parameters.parameters.value", backup), kid, made));
        return new Arrangement(own, Json.merge(asked, Json.object("key", Json.object("kid", made))));
    }
}

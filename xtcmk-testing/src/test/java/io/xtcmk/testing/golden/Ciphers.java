package io.xtcmk.testing.golden;

import io.xtcmk.testing.http.Json;
import java.util.Map;

/** What only the key itself can have made: the world's keys are others than those of whoever wrote the examples. */
final class Ciphers {
    private static final String VALUE = "parameters.parameters.value";

    private Ciphers() {}

    /** The example with texts that the world's key has enciphered or signed. */
    static Example arranged(DataPlane vault, Example example) {
        return switch (example.operation().id()) {
            case "decrypt" -> enciphered(vault, example, "encrypt");
            case "unwrapKey" -> enciphered(vault, example, "wrapkey");
            case "verify" -> signed(vault, example);
            default -> example;
        };
    }

    private static Example enciphered(DataPlane vault, Example example, String by) {
        Object plain = example.shown().get("value");
        return example.with(Json.with(example.tree(), VALUE, use(vault, example, by, String.valueOf(plain))));
    }

    /** The digest is the shorter of the two, whatever the example calls it. */
    private static Example signed(DataPlane vault, Example example) {
        String value = String.valueOf(example.requested().get("value"));
        String digest = String.valueOf(example.requested().get("digest"));
        String shorter = value.length() < digest.length() ? value : digest;
        Map<String, Object> tree = Json.with(example.tree(), VALUE, use(vault, example, "sign", shorter));
        return example.with(Json.with(tree, "parameters.parameters.digest", shorter));
    }

    private static Object use(DataPlane vault, Example example, String operation, String value) {
        String key = "/keys/" + example.parameter("key-name") + "/" + example.parameter("key-version");
        Object alg = example.requested().get("alg");
        return vault.call("POST", key + "/" + operation, Json.object("alg", alg, "value", value))
                .json()
                .get("value");
    }
}

package io.xtcmk.testing.golden;

import io.xtcmk.testing.http.Json;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions of a vault's key, where an example of Resource Manager reads them. */
final class KeyVersions {
    private static final Pattern KEY = Pattern.compile("(.*/vaults/([^/]+)/keys/([^/]+))/versions(?:/[^/]+)?");
    private static final Pattern VERSION = Pattern.compile("/versions/([0-9a-f]{32})$");

    private KeyVersions() {}

    /** The example with the versions that were made in the place of its own. */
    static Example arranged(Scene scene, Example example) {
        Matcher key = KEY.matcher(example.path());
        if (!key.matches()) {
            return example;
        }
        scene.put(key.group(1), Map.of(), Set.of());
        Example own = example;
        boolean isFirst = true;
        for (String version : versions(example)) {
            if (!isFirst) {
                rotate(scene, key.group(2), key.group(3));
            }
            isFirst = false;
            own = own.with(Rewriting.replace(own.tree(), version, current(scene, key.group(1))));
        }
        return own;
    }

    private static Set<String> versions(Example example) {
        Set<String> versions = new LinkedHashSet<>();
        Rewriting.texts(example.tree()).forEach(text -> {
            Matcher version = VERSION.matcher(text);
            if (version.find()) {
                versions.add(version.group(1));
            }
        });
        return versions;
    }

    private static String current(Scene scene, String key) {
        String url = Json.text(
                        scene.arm(scene.contoso, "GET", key, "2023-07-01", null).json(), "properties.keyUriWithVersion")
                .orElseThrow();
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static void rotate(Scene scene, String vault, String key) {
        scene.contoso
                .administrator()
                .grant("Key Vault Crypto Officer", "/subscriptions/" + scene.contoso.subscriptionId());
        scene.send(
                        scene.contoso,
                        "POST",
                        "https://" + vault + ".vault.azure.net/keys/" + key + "/rotate?api-version=7.4",
                        null)
                .accepted();
    }
}

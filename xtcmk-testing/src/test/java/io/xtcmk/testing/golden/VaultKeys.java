package io.xtcmk.testing.golden;

import io.xtcmk.testing.FakeTenant;
import io.xtcmk.testing.golden.Sender.Reply;
import io.xtcmk.testing.http.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys with which an example's resources are encrypted, and who uses them: in the customer's tenant, if it says so. */
final class VaultKeys {
    private static final String VERSION = "2023-07-01";
    private static final Pattern IDENTITY = Pattern.compile(
            "/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft.ManagedIdentity/userAssignedIdentities/[^/]+",
            Pattern.CASE_INSENSITIVE);
    private static final List<Pattern> KEYS = List.of(
            Pattern.compile("https://([\\w-]+)\\.vault\\.azure\\.net/keys/([\\w-]+)/([0-9a-f]{32})"),
            Pattern.compile("([A-Za-z0-9-]+)_([A-Za-z0-9-]+)_([0-9a-f]{32})"));

    private final Scene scene;
    private final Map<String, String> versions = new HashMap<>();

    VaultKeys(Scene scene) {
        this.scene = scene;
    }

    /** Makes identities, application, vaults and keys; gives the example with the ids and versions made. */
    Example arranged(Example example) {
        Set<String> identities = identities(example);
        Example known = example;
        Optional<String> application = application(example);
        FakeTenant owner = application.isPresent() ? scene.fabrikam : scene.contoso;
        if (application.isPresent()) {
            String clientId = new Federation(scene).of(identities);
            known = known.with(Rewriting.replace(known.tree(), application.get(), clientId));
        }
        for (String text : Rewriting.texts(known.tree())) {
            for (Pattern pattern : KEYS) {
                Matcher key = pattern.matcher(text);
                if (key.matches()) {
                    String made = key(owner, key.group(1), key.group(2));
                    known = known.with(Rewriting.replace(known.tree(), key.group(3), made));
                }
            }
        }
        unversioned(known, owner);
        return known;
    }

    private Set<String> identities(Example example) {
        Set<String> ids = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String text : Rewriting.texts(example.tree())) {
            if (IDENTITY.matcher(text).matches()) {
                scene.put(text, Map.of(), Set.of());
                ids.add(text);
            }
        }
        return ids;
    }

    /** The client id of the application by which a key of another tenant is reached. */
    private static Optional<String> application(Example example) {
        return Rewriting.values(example.tree(), "federatedIdentityClientId", "federatedClientId").stream()
                .findFirst();
    }

    /** Keys that are named without a version, as storage accounts do. */
    private void unversioned(Example example, FakeTenant owner) {
        List<String> vaults = Rewriting.values(example.tree(), "keyvaulturi");
        List<String> keys = Rewriting.values(example.tree(), "keyname");
        for (int i = 0; i < vaults.size(); i++) {
            key(owner, vaults.get(i).replaceAll("https://|\\..*", ""), keys.get(i));
        }
    }

    /** The version of a key, which is made at the first asking. */
    private String key(FakeTenant owner, String vault, String key) {
        return versions.computeIfAbsent(vault + "/" + key, name -> {
            String group = "/subscriptions/" + owner.subscriptionId() + "/resourceGroups/rg-keys";
            String id = group + "/providers/Microsoft.KeyVault/vaults/" + vault;
            scene.group(owner, group);
            scene.arm(owner, "PUT", id, VERSION, vault(owner));
            Reply made = scene.arm(
                    owner, "PUT", id + "/keys/" + key, VERSION, Json.object("properties", Json.object("kty", "RSA")));
            String url = Json.text(made.json(), "properties.keyUriWithVersion").orElseThrow();
            return url.substring(url.lastIndexOf('/') + 1);
        });
    }

    private static Map<String, Object> vault(FakeTenant owner) {
        return Json.object(
                "location",
                "eastus",
                "properties",
                Json.object(
                        "tenantId",
                        owner.tenantId().toString(),
                        "sku",
                        Json.object("family", "A", "name", "standard"),
                        "enableRbacAuthorization",
                        true,
                        "enablePurgeProtection",
                        true));
    }
}

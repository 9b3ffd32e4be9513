package io.xtcmk.testing.golden;

import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakeTenant;
import io.xtcmk.testing.golden.Sender.Reply;
import io.xtcmk.testing.http.Json;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A world of two tenants, in which an example is arranged. Resources are the provider's, made by its administrator. */
final class Scene {
    private static final String ARM = "https://management.azure.com";

    final FakeAzure azure = FakeAzure.create().vaultDns(Duration.ZERO);
    final FakeTenant contoso = azure.tenant("contoso");
    final FakeTenant fabrikam = azure.tenant("fabrikam");

    private final Sender sender = new Sender(azure);
    private final Specs specs;
    private final Set<String> made = new HashSet<>();

    Scene(Specs specs) {
        this.specs = specs;
    }

    Reply send(FakeTenant tenant, String method, String url, @Nullable Object body) {
        return sender.send(tenant.administrator(), method, url, body);
    }

    Reply settled(Reply first) {
        return sender.settled(contoso.administrator(), first);
    }

    /** Sends a request to Resource Manager that must succeed. */
    Reply arm(FakeTenant tenant, String method, String path, String version, @Nullable Object body) {
        Reply first = send(tenant, method, ARM + path + "?api-version=" + version, body);
        return sender.settled(tenant.administrator(), first).accepted();
    }

    /** Makes what a resource, collection or action is below. */
    void parents(String path) {
        ResourceId id = ResourceId.of(path);
        id.group().ifPresent(group -> group(contoso, group));
        id.parent().ifPresent(parent -> put(parent, Map.of(), Set.of()));
    }

    void group(FakeTenant tenant, String id) {
        if (made.add(id.toLowerCase(Locale.ROOT))) {
            arm(tenant, "PUT", id, "2021-04-01", Json.object("location", "eastus"));
        }
    }

    /**
     * Makes a resource and what it is below, once.
     *
     * @param path its id
     * @param shown as it is to be shown
     * @param left the properties that it is not to have yet
     * @return what of it was asked for
     */
    Map<String, Object> put(String path, Map<String, Object> shown, Set<String> left) {
        ResourceId id = ResourceId.of(path);
        parents(path);
        if (!id.isResource() || ResourceTypes.isInborn(id) || !made.add(path.toLowerCase(Locale.ROOT))) {
            return Map.of();
        }
        Operation operation = specs.find("PUT", path).orElseThrow(() -> new AssertionError("nothing makes " + path));
        Map<String, Object> asked = Json.cast(operation.writable(shown));
        for (String name : left) {
            asked = operation.required().contains(name) ? asked : Json.without(asked, name);
        }
        Map<String, Object> whole =
                ResourceTypes.completed(id, asked, contoso.tenantId().toString());
        if (Json.at(whole, "properties.encryption.keyvaultproperties").isPresent()) {
            // an identity that comes with its resource has to be let in before the key is asked for
            admit(arm(contoso, "PUT", path, operation.version(), Json.without(whole, "properties.encryption")));
        }
        admit(arm(contoso, "PUT", path, operation.version(), whole));
        return asked;
    }

    /** The managed identity that a resource is or has may use keys of its own tenant. */
    private void admit(Reply resource) {
        boolean isIdentity = Json.text(resource.json(), "type").orElse("").startsWith("Microsoft.ManagedIdentity/");
        Optional<String> principal =
                Json.text(resource.json(), isIdentity ? "properties.principalId" : "identity.principalId");
        principal.ifPresent(p -> admit(contoso, UUID.fromString(p)));
    }

    void admit(FakeTenant tenant, UUID principal) {
        tenant.grant(
                principal, "Key Vault Crypto Service Encryption User", "/subscriptions/" + tenant.subscriptionId());
    }
}

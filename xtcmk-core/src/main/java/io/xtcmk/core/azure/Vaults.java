package io.xtcmk.core.azure;

import com.azure.core.util.Context;
import com.azure.resourcemanager.keyvault.KeyVaultManager;
import com.azure.resourcemanager.keyvault.fluent.KeyVaultManagementClient;
import com.azure.resourcemanager.keyvault.fluent.models.DeletedVaultInner;
import com.azure.resourcemanager.keyvault.fluent.models.KeyInner;
import com.azure.resourcemanager.keyvault.fluent.models.VaultInner;
import com.azure.resourcemanager.keyvault.models.KeyCreateParameters;
import com.azure.resourcemanager.keyvault.models.VaultCreateOrUpdateParameters;
import io.xtcmk.core.azure.Shape.Kind;
import io.xtcmk.model.KeyIdentifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Key vaults of the connection's subscription, and their keys as Azure Resource Manager sees them. */
public final class Vaults {
    private static final Shape VAULT = Shape.OBJECT
            .must("id", Kind.RESOURCE_ID)
            .must("location", Kind.TEXT)
            .must("properties.tenantId", Kind.UUID);

    private static final Shape KEY = Shape.OBJECT
            .must("properties.kty", Kind.TEXT)
            .may("properties.keyOps", Kind.TEXTS)
            .may("properties.attributes.nbf", Kind.SECONDS)
            .may("properties.attributes.exp", Kind.SECONDS)
            .may("tags", Kind.TAGS);

    private static final Shape DELETED = Shape.OBJECT
            .must("name", Kind.TEXT)
            .must("properties.vaultId", Kind.RESOURCE_ID)
            .must("properties.location", Kind.TEXT);

    private final KeyVaultManagementClient client;
    private final Arm arm;

    Vaults(Arm arm) {
        this.arm = arm;
        this.client =
                KeyVaultManager.authenticate(arm.pipeline(), arm.profile()).serviceClient();
    }

    /** GET. */
    public Look<VaultInner> find(String resourceGroup, String name) {
        return Look.at(() -> arm.call(
                vault(resourceGroup, name),
                () -> client.getVaults()
                        .getByResourceGroupWithResponse(resourceGroup, name, Context.NONE)
                        .getValue()));
    }

    /** PUT, and GET until the vault's name is known. */
    public VaultInner create(String resourceGroup, String name, VaultCreateOrUpdateParameters parameters) {
        return arm.run(
                client.getVaults().createOrUpdateWithResponseAsync(resourceGroup, name, parameters),
                vault(resourceGroup, name),
                VaultInner::fromJson);
    }

    /** GET of a key. */
    public Optional<KeyInner> findKey(String resourceGroup, String vault, String key) {
        return Look.optional(() -> arm.call(
                key(vault, key, null),
                () -> client.getKeys()
                        .getWithResponse(resourceGroup, vault, key, Context.NONE)
                        .getValue()));
    }

    /** GET of a version of a key. */
    public Optional<KeyInner> findKeyVersion(String resourceGroup, String vault, String key, String version) {
        return Look.optional(() -> arm.call(
                key(vault, key, version),
                () -> client.getKeys()
                        .getVersionWithResponse(resourceGroup, vault, key, version, Context.NONE)
                        .getValue()));
    }

    /** The subscription's vault of a name, whatever its resource group. */
    public Look<VaultInner> named(String name) {
        return arm.call(
                        VAULT.must("name", Kind.TEXT).page(),
                        () -> client.getVaults().listBySubscription().stream()
                                .filter(vault -> name.equalsIgnoreCase(vault.name()))
                                .findFirst())
                .map(Look::found)
                .orElseGet(() -> Look.missing(false));
    }

    /** The subscription's deleted vault of a name, if it can still be recovered. */
    public Optional<DeletedVaultInner> deleted(String name) {
        return arm.call(
                DELETED.page(),
                () -> client.getVaults().listDeleted().stream()
                        .filter(vault -> name.equalsIgnoreCase(vault.name()))
                        .findFirst());
    }

    /** PUT of a key, which leaves a key that is there as it is and answers with it. */
    public KeyInner createKeyIfMissing(String resourceGroup, String vault, String key, KeyCreateParameters parameters) {
        return arm.call(
                key(vault, key, null),
                () -> client.getKeys()
                        .createIfNotExistWithResponse(resourceGroup, vault, key, parameters, Context.NONE)
                        .getValue());
    }

    /** A vault's URL begins with its name: to one of another vault its keys' requests, and their tokens, would go. */
    private Shape vault(String resourceGroup, String name) {
        return VAULT.must("id", arm.id(resourceGroup, "Microsoft.KeyVault/vaults", name))
                .may(
                        "properties.vaultUri",
                        Kind.text(
                                "the URL of that vault",
                                url -> Answered.isVault(url)
                                        && Answered.key(url, "any").vaultName().equalsIgnoreCase(name)));
    }

    private static Shape key(String vault, String name, @Nullable String version) {
        return KEY.must(
                "properties.keyUriWithVersion",
                Kind.text(
                        "the URL of a version of that key",
                        url -> Answered.isKey(url) && isOf(Answered.key(url), vault, name, version)));
    }

    private static boolean isOf(KeyIdentifier key, String vault, String name, @Nullable String version) {
        return key.vaultName().equalsIgnoreCase(vault)
                && key.keyName().equalsIgnoreCase(name)
                && key.version() != null
                && (version == null || key.version().equalsIgnoreCase(version));
    }
}

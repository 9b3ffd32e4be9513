package io.xtcmk.core.azure;

import com.azure.core.util.Context;
import com.azure.resourcemanager.keyvault.KeyVaultManager;
import com.azure.resourcemanager.keyvault.fluent.KeyVaultManagementClient;
import com.azure.resourcemanager.keyvault.fluent.models.DeletedVaultInner;
import com.azure.resourcemanager.keyvault.fluent.models.KeyInner;
import com.azure.resourcemanager.keyvault.fluent.models.VaultInner;
import com.azure.resourcemanager.keyvault.models.KeyCreateParameters;
import com.azure.resourcemanager.keyvault.models.VaultCreateOrUpdateParameters;
import java.util.Objects;
import java.util.Optional;

/** Key vaults of the connection's subscription, and their keys as Azure Resource Manager sees them. */
public final class Vaults {
    private final KeyVaultManagementClient client;
    private final Failures failures;
    private final LongRunning longRunning;

    Vaults(Arm arm) {
        this.client =
                KeyVaultManager.authenticate(arm.pipeline(), arm.profile()).serviceClient();
        this.failures = arm.failures();
        this.longRunning = arm.longRunning();
    }

    /** GET. */
    public Look<VaultInner> find(String resourceGroup, String name) {
        return Look.at(() -> failures.call(() -> client.getVaults()
                .getByResourceGroupWithResponse(resourceGroup, name, Context.NONE)
                .getValue()));
    }

    /** PUT, and GET until the vault's name is known. */
    public VaultInner create(String resourceGroup, String name, VaultCreateOrUpdateParameters parameters) {
        return longRunning.run(
                client.getVaults().createOrUpdateWithResponseAsync(resourceGroup, name, parameters),
                VaultInner::fromJson);
    }

    /** GET of a key. */
    public Optional<KeyInner> findKey(String resourceGroup, String vault, String key) {
        return Look.optional(() -> failures.call(() -> client.getKeys()
                .getWithResponse(resourceGroup, vault, key, Context.NONE)
                .getValue()));
    }

    /** GET of a version of a key. */
    public Optional<KeyInner> findKeyVersion(String resourceGroup, String vault, String key, String version) {
        return Look.optional(() -> failures.call(() -> client.getKeys()
                .getVersionWithResponse(resourceGroup, vault, key, version, Context.NONE)
                .getValue()));
    }

    /** The subscription's vault of a name, whatever its resource group. */
    public Look<VaultInner> named(String name) {
        return failures.call(() ->
                        Objects.requireNonNull(client.getVaults()
                                        .listBySubscriptionAsync()
                                        .collectList()
                                        .block())
                                .stream()
                                .filter(vault -> name.equalsIgnoreCase(vault.name()))
                                .findFirst())
                .map(Look::found)
                .orElseGet(() -> Look.missing(false));
    }

    /** The subscription's deleted vault of a name, if it can still be recovered. */
    public Optional<DeletedVaultInner> deleted(String name) {
        return failures.call(
                () -> Objects.requireNonNull(client.getVaults()
                                .listDeletedAsync()
                                .collectList()
                                .block())
                        .stream()
                        .filter(vault -> name.equalsIgnoreCase(vault.name()))
                        .findFirst());
    }

    /** PUT of a key, which leaves a key that is there as it is and answers with it. */
    public KeyInner createKeyIfMissing(String resourceGroup, String vault, String key, KeyCreateParameters parameters) {
        return failures.call(() -> client.getKeys()
                .createIfNotExistWithResponse(resourceGroup, vault, key, parameters, Context.NONE)
                .getValue());
    }
}

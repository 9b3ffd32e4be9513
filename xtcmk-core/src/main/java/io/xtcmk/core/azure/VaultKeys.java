package io.xtcmk.core.azure;

import com.azure.core.http.HttpPipeline;
import com.azure.core.util.Context;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one vault or managed HSM, as its data plane sees them. The token goes with the first request, for the
 * connection's tenant: no challenge is waited for, and none can send us elsewhere.
 */
public final class VaultKeys {
    private final KeyClient client;
    private final Failures failures;

    VaultKeys(String vaultUrl, HttpPipeline pipeline, Failures failures) {
        this.client =
                new KeyClientBuilder().vaultUrl(vaultUrl).pipeline(pipeline).buildClient();
        this.failures = failures;
    }

    /** GET of the newest version. */
    public Optional<KeyVaultKey> find(String name) {
        return find(name, null);
    }

    /** GET of a version, or of the newest one. */
    public Optional<KeyVaultKey> find(String name, @Nullable String version) {
        return Look.optional(() -> failures.call(
                () -> client.getKeyWithResponse(name, version, Context.NONE).getValue()));
    }

    /** POST create: a new key, or a new version of the one that is there. */
    public KeyVaultKey create(CreateRsaKeyOptions options) {
        return failures.call(
                () -> client.createRsaKeyWithResponse(options, Context.NONE).getValue());
    }

    /** POST rotate: a new version. */
    public KeyVaultKey rotate(String name) {
        return failures.call(
                () -> client.rotateKeyWithResponse(name, Context.NONE).getValue());
    }
}

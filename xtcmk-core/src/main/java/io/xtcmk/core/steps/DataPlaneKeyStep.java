package io.xtcmk.core.steps;

import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.KeyOperation;
import io.xtcmk.core.azure.Answered;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.RequiredRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The key through the vault itself, whose create makes a new version of a key that is there: so a look comes before. */
final class DataPlaneKeyStep extends KeyStep {

    DataPlaneKeyStep(Azure azure, VaultStep vault, Asked asked, Patience patience) {
        super(azure, vault, asked, patience);
    }

    @Override
    List<RequiredRole> rolesToCreate() {
        return List.of(LeastPrivilege.keyVaultCryptoOfficer(vault.resource()));
    }

    @Override
    Optional<KeyFitness> find(VaultStep.Vault where) {
        return azure.vaultKeys(where.url()).find(keyName).map(KeyFitness::of);
    }

    @Override
    Optional<KeyTag.Tagged> tags(VaultStep.Vault where) {
        return azure.vaultKeys(where.url())
                .find(keyName)
                .map(key -> new KeyTag.Tagged(
                        Answered.key(key.getId()),
                        Optional.ofNullable(key.getProperties().getTags()).orElse(Map.of())));
    }

    @Override
    Done<KeyIdentifier> create(VaultStep.Vault where) {
        CreateRsaKeyOptions options = new CreateRsaKeyOptions(keyName)
                .setKeySize(spec.bits())
                .setHardwareProtected(spec.hsm())
                .setKeyOperations(KeyOperation.WRAP_KEY, KeyOperation.UNWRAP_KEY);
        if (!tags.isEmpty()) {
            options.setTags(tags);
        }
        compare(where, KeyFitness.of(azure.vaultKeys(where.url()).create(options)));
        return Done.created(keyIn(where));
    }

    @Override
    boolean isCreatedByAnother(AzureFailure failure) {
        return failure.is(409, "Conflict");
    }
}

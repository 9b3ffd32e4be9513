package io.xtcmk.core.steps;

import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Waiting;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.KeySpec;
import io.xtcmk.model.RequiredRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The key through the vault itself, whose create makes a new version of a key that is there: so a look comes before. */
final class DataPlaneKeyStep extends KeyStep {
    private final Patience patience;

    DataPlaneKeyStep(
            Azure azure,
            VaultStep vault,
            String keyName,
            @Nullable KeySpec spec,
            Optional<KeyTag> tag,
            Patience patience) {
        super(azure, vault, keyName, spec, tag);
        this.patience = patience;
    }

    @Override
    public List<RequiredRole> roles() {
        return List.of(LeastPrivilege.keyVaultCryptoOfficer(vault.resource()));
    }

    @Override
    public State<KeyIdentifier> look(Ledger ledger) {
        Optional<VaultStep.Vault> where = ledger.find(vault);
        return where.flatMap(v -> azure.vaultKeys(v.url()).find(keyName))
                .map(key -> compare(where.get(), KeyFitness.of(key)))
                .orElseGet(State::absent);
    }

    @Override
    Optional<KeyTag.Tagged> tags(VaultStep.Vault where) {
        return azure.vaultKeys(where.url())
                .find(keyName)
                .map(KeyVaultKey::getProperties)
                .map(properties -> new KeyTag.Tagged(
                        String.valueOf(properties.getVersion()),
                        Optional.ofNullable(properties.getTags()).orElse(Map.of())));
    }

    @Override
    public boolean isCertainlyAbsent(Ledger ledger) {
        return ledger.isNew(vault);
    }

    @Override
    public Done<KeyIdentifier> make(Ledger ledger, State<KeyIdentifier> state) {
        VaultStep.Vault where = ledger.value(vault);
        CreateRsaKeyOptions options = new CreateRsaKeyOptions(keyName)
                .setKeySize(spec.bits())
                .setHardwareProtected(spec.hsm())
                .setKeyOperations(KeyOperation.WRAP_KEY, KeyOperation.UNWRAP_KEY);
        if (!tags.isEmpty()) {
            options.setTags(tags);
        }
        azure.vaultKeys(where.url()).create(options);
        return Done.created(keyIn(where));
    }

    @Override
    public boolean isRace(AzureFailure failure) {
        return failure.is(409, "Conflict");
    }

    @Override
    public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        return patience.forCallersRole(failure);
    }
}

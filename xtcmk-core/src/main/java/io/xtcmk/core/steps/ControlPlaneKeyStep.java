package io.xtcmk.core.steps;

import com.azure.resourcemanager.keyvault.fluent.models.KeyInner;
import com.azure.resourcemanager.keyvault.fluent.models.KeyProperties;
import com.azure.resourcemanager.keyvault.models.JsonWebKeyOperation;
import com.azure.resourcemanager.keyvault.models.JsonWebKeyType;
import com.azure.resourcemanager.keyvault.models.KeyCreateParameters;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Conflict;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.KeySpec;
import io.xtcmk.model.RequiredRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key through Resource Manager, whose create makes a key only if there is none and otherwise answers with the one
 * that is there: nothing is rotated by a repeat.
 */
final class ControlPlaneKeyStep extends KeyStep {

    ControlPlaneKeyStep(Azure azure, VaultStep vault, String keyName, @Nullable KeySpec spec, Optional<KeyTag> tag) {
        super(azure, vault, keyName, spec, tag);
    }

    @Override
    public List<RequiredRole> roles() {
        return List.of(LeastPrivilege.keyVaultContributor(vault.resource()));
    }

    @Override
    public State<KeyIdentifier> look(Ledger ledger) {
        Optional<VaultStep.Vault> where = ledger.find(vault);
        return where.flatMap(this::find)
                .map(key -> compare(where.get(), KeyFitness.of(key)))
                .orElseGet(State::absent);
    }

    private Optional<KeyInner> find(VaultStep.Vault where) {
        return azure.vaults().findKey(where.id().resourceGroup(), where.id().name(), keyName);
    }

    @Override
    Optional<KeyTag.Tagged> tags(VaultStep.Vault where) {
        return find(where).map(key -> {
            String url = String.valueOf(key.keyUriWithVersion());
            return new KeyTag.Tagged(
                    url.substring(url.lastIndexOf('/') + 1),
                    Optional.ofNullable(key.tags()).orElse(Map.of()));
        });
    }

    @Override
    public boolean isCertainlyAbsent(Ledger ledger) {
        return ledger.isNew(vault);
    }

    @Override
    public Done<KeyIdentifier> make(Ledger ledger, State<KeyIdentifier> state) {
        VaultStep.Vault where = ledger.value(vault);
        KeyInner key = azure.vaults()
                .createKeyIfMissing(where.id().resourceGroup(), where.id().name(), keyName, parameters());
        State<KeyIdentifier> made = compare(where, KeyFitness.of(key));
        if (!made.conflicts().isEmpty()) {
            throw new Conflict(made.conflicts(), conflictFix());
        }
        return Done.created(keyIn(where));
    }

    private KeyCreateParameters parameters() {
        KeyCreateParameters parameters = new KeyCreateParameters()
                .withProperties(new KeyProperties()
                        .withKty(JsonWebKeyType.fromString(spec.keyType()))
                        .withKeySize(spec.bits())
                        .withKeyOps(List.of(JsonWebKeyOperation.WRAP_KEY, JsonWebKeyOperation.UNWRAP_KEY)));
        return tags.isEmpty() ? parameters : parameters.withTags(tags);
    }

    /** Another run made the key between our look and our write, and made it otherwise. */
    @Override
    public boolean isRace(AzureFailure failure) {
        return failure.is(400, "KeyCreationParametersDidNotMatchExistingKey");
    }
}

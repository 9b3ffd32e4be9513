package io.xtcmk.core.steps;

import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.KeySpec;
import io.xtcmk.model.TenantId;
import java.util.List;

/** The key, by either door. One that is there is checked to be fit, and never changed. */
abstract class KeyStep implements Step<KeyIdentifier> {
    final Azure azure;
    final VaultStep vault;
    final String keyName;
    final KeySpec spec;

    KeyStep(Azure azure, VaultStep vault, String keyName, KeySpec spec) {
        this.azure = azure;
        this.vault = vault;
        this.keyName = keyName;
        this.spec = spec;
    }

    @Override
    public final String name() {
        return "key";
    }

    @Override
    public final TenantId tenantId() {
        return azure.connection().tenantId();
    }

    @Override
    public final boolean isCustomers() {
        return true;
    }

    @Override
    public final String resource() {
        return vault.resource() + "/keys/" + keyName;
    }

    @Override
    public final List<Step<?>> needs() {
        return List.of(vault);
    }

    @Override
    public final String conflictFix() {
        return "Name another key, or make a new version of this one that is RSA, enabled, valid now and not expired, with the"
                + " operations wrapKey and unwrapKey.";
    }

    final KeyIdentifier keyIn(VaultStep.Vault where) {
        return KeyIdentifier.of(where.url(), keyName);
    }

    final State<KeyIdentifier> compare(VaultStep.Vault where, KeyFitness fitness) {
        return State.conflicts(keyIn(where), fitness.conflicts(azure.time().now()));
    }
}

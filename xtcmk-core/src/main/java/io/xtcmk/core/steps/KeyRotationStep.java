package io.xtcmk.core.steps;

import com.azure.security.keyvault.keys.models.KeyVaultKey;
import io.xtcmk.core.azure.Answered;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.VaultKeys;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.engine.Waiting;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.model.Difference;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.TenantId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A new version of a key. What is there at the first look is remembered, if the caller does not say it, so that a lost
 * reply does not make two: another version at the next look is ours.
 */
final class KeyRotationStep implements Step<KeyIdentifier> {
    private final Azure azure;
    private final KeyIdentifier key;
    private final String scope;
    private final Patience patience;
    private @Nullable String before;
    private boolean tried;

    KeyRotationStep(Azure azure, KeyIdentifier key, String scope, @Nullable String ifCurrent, Patience patience) {
        this.azure = azure;
        this.key = key.versionless();
        this.scope = scope;
        this.before = ifCurrent;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "keyVersion";
    }

    @Override
    public TenantId tenantId() {
        return azure.connection().tenantId();
    }

    @Override
    public boolean isCustomers() {
        return true;
    }

    @Override
    public String resource() {
        return key.toString();
    }

    @Override
    public List<RequiredRole> roles() {
        return List.of(LeastPrivilege.keyVaultCryptoOfficer(scope));
    }

    @Override
    public State<KeyIdentifier> look(Ledger ledger) {
        KeyVaultKey current = keys().find(key.keyName()).orElseThrow(this::notFound);
        KeyIdentifier newest = Answered.key(current.getId());
        // A vault names the newest version in the id of every key.
        String version = String.valueOf(newest.version());
        if (before == null) {
            before = version;
        }
        return before.equals(version)
                ? State.differs(newest, List.of(new Difference("version", "a new one", version)))
                : State.agrees(newest);
    }

    @Override
    public Done<KeyIdentifier> ensure(Ledger ledger) {
        State<KeyIdentifier> state = look(ledger);
        if (state.isAsAsked()) {
            KeyIdentifier newest = state.found().orElseThrow();
            return tried ? Done.created(newest) : Done.unchanged(newest);
        }
        tried = true;
        return make(ledger, state);
    }

    @Override
    public Done<KeyIdentifier> make(Ledger ledger, State<KeyIdentifier> state) {
        KeyVaultKey rotated = keys().rotate(key.keyName());
        return Done.created(Answered.key(rotated.getId()));
    }

    @Override
    public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        return patience.forCallersRole(failure);
    }

    private VaultKeys keys() {
        return azure.vaultKeys(key.vaultUrl());
    }

    private AzureFailure notFound() {
        return new AzureFailure(404, "KeyNotFound", "there is no key " + key, null, null, null);
    }
}

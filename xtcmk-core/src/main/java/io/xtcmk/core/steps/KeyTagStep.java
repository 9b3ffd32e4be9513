package io.xtcmk.core.steps;

import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.engine.Waiting;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.core.steps.KeyTag.Tagged;
import io.xtcmk.model.Difference;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * A tag on the key. A key that is made in this run has it from its making; to one that was there it is added through the
 * vault, for Resource Manager changes no keys. Nothing else of the key is sent, so that nothing else changes.
 */
final class KeyTagStep implements Step<Tagged> {
    private final Azure azure;
    private final VaultStep vault;
    private final KeyStep key;
    private final KeyTag tag;
    private final Patience patience;
    /** Whether the last look found a key without the tag: only then is a role on data needed. */
    private volatile boolean missing;

    KeyTagStep(Azure azure, VaultStep vault, KeyStep key, KeyTag tag, Patience patience) {
        this.azure = azure;
        this.vault = vault;
        this.key = key;
        this.tag = tag;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "keyTag";
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
        return "tag " + tag.name() + " on " + key.resource();
    }

    @Override
    public List<RequiredRole> roles() {
        return missing ? List.of(LeastPrivilege.keyVaultCryptoOfficer(key.resource())) : List.of();
    }

    @Override
    public List<Step<?>> needs() {
        return List.of(vault, key);
    }

    @Override
    public State<Tagged> look(Ledger ledger) {
        Optional<Tagged> found = ledger.find(key).isEmpty()
                ? Optional.empty()
                : ledger.find(vault).flatMap(key::tags);
        return found.map(this::compare).orElseGet(State::absent);
    }

    private State<Tagged> compare(Tagged found) {
        missing = !tag.isIn(found.tags());
        return State.differs(
                found,
                missing
                        ? List.of(new Difference(
                                "tags." + tag.name(), tag.value(), found.tags().get(tag.name())))
                        : List.of());
    }

    @Override
    public Done<Tagged> make(Ledger ledger, State<Tagged> state) {
        Tagged found = state.found()
                .orElseThrow(() -> new AzureFailure(
                        404, "KeyNotFound", "there is no key " + key.resource() + " any more", null, null, null));
        Tagged tagged = new Tagged(found.version(), tag.with(found.tags()));
        azure.vaultKeys(ledger.value(vault).url()).tag(tagged.version(), tagged.tags());
        return Done.updated(tagged);
    }

    @Override
    public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        return patience.forCallersRole(failure);
    }
}

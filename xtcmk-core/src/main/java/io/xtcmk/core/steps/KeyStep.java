package io.xtcmk.core.steps;

import io.xtcmk.core.azure.Answered;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Conflict;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.engine.Waiting;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.model.Difference;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.KeySpec;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The key, by either door. One that is there is checked to be fit, and never changed. */
abstract class KeyStep implements Step<KeyIdentifier> {
    private static final String BEING_RECOVERED = "ObjectIsBeingRecovered";

    final Azure azure;
    final VaultStep vault;
    final String keyName;
    /** The kind of a key to be made. */
    final KeySpec spec;
    /** The tag that a key to be made gets, by its name; perhaps none. */
    final Map<String, String> tags;

    private final Asked asked;
    private final Patience patience;
    private volatile Optional<KeySpec> kind = Optional.empty();
    private volatile boolean recovering;
    private volatile boolean refusedAsDeleted;

    KeyStep(Azure azure, VaultStep vault, Asked asked, Patience patience) {
        this.azure = azure;
        this.vault = vault;
        this.asked = asked;
        this.patience = patience;
        this.keyName = asked.name();
        this.spec = asked.spec().orElseGet(() -> KeySpec.rsa(3072));
        this.tags = asked.tag().map(t -> Map.of(t.name(), t.value())).orElse(Map.of());
    }

    /**
     * What is asked of the key.
     *
     * @param name its name
     * @param spec its kind; empty for any that is fit
     * @param tag a tag for a key to be made
     * @param recoverDeleted whether to recover it if it is softly deleted
     */
    record Asked(String name, Optional<KeySpec> spec, Optional<KeyTag> tag, boolean recoverDeleted) {}

    /** What the newest version of the key is good for, if the key is there. */
    abstract Optional<KeyFitness> find(VaultStep.Vault where);

    /** Makes a key that was never there. */
    abstract Done<KeyIdentifier> create(VaultStep.Vault where);

    /** Looks at the newest version's tags. */
    abstract Optional<KeyTag.Tagged> tags(VaultStep.Vault where);

    /** The roles to look and create. */
    abstract List<RequiredRole> rolesToCreate();

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
    public final List<RequiredRole> roles() {
        RequiredRole officer = LeastPrivilege.keyVaultCryptoOfficer(vault.resource());
        List<RequiredRole> roles = new ArrayList<>(rolesToCreate());
        if (asked.recoverDeleted() && !roles.contains(officer)) {
            roles.add(officer);
        }
        return roles;
    }

    @Override
    public final List<Step<?>> needs() {
        return List.of(vault);
    }

    @Override
    public final String conflictFix() {
        return "Name another key, or make a new version of this one that is RSA, enabled, valid now and not expired, with the"
                + " operations wrapKey and unwrapKey; without a kind, any RSA key will do.";
    }

    final KeyIdentifier keyIn(VaultStep.Vault where) {
        return Answered.key(where.url(), keyName);
    }

    @Override
    public final State<KeyIdentifier> look(Ledger ledger) {
        return ledger.find(vault).map(this::look).orElseGet(State::absent);
    }

    private State<KeyIdentifier> look(VaultStep.Vault where) {
        Optional<State<KeyIdentifier>> found = find(where).map(fitness -> compare(where, fitness));
        if (found.isEmpty() && recovering) {
            throw new AzureFailure(409, BEING_RECOVERED, "the key is being recovered", null, null, null);
        }
        return found.or(() -> deleted(where)).orElseGet(State::absent);
    }

    /** Only the vault itself knows its deleted keys; Resource Manager does not. */
    private Optional<State<KeyIdentifier>> deleted(VaultStep.Vault where) {
        return asked.recoverDeleted()
                ? azure.vaultKeys(where.url()).deleted(keyName).map(key -> State.deleted(Deletion.of(key)))
                : Optional.empty();
    }

    /** A vault that another run has recovered at the same time looks like a new one, and may have a deleted key in it. */
    @Override
    public final boolean isCertainlyAbsent(Ledger ledger) {
        return ledger.isNew(vault) && !refusedAsDeleted;
    }

    /** Whether another run made the key between our look and our write. */
    abstract boolean isCreatedByAnother(AzureFailure failure);

    /** Another run may also have recovered the key, or the vault that it is in. */
    @Override
    public final boolean isRace(AzureFailure failure) {
        boolean recovered = failure.is(404, "KeyNotFound") || isDeleted(failure);
        return isCreatedByAnother(failure) || (asked.recoverDeleted() && recovered);
    }

    /** The words are Azure's; its Resource Manager has no code that says so. */
    static boolean isDeleted(AzureFailure failure) {
        return failure.status() == 409 && failure.message().contains("deleted but recoverable");
    }

    /** A key that shows up after it was recovered did not get there by itself. */
    @Override
    public final Done<KeyIdentifier> ensure(Ledger ledger) {
        Done<KeyIdentifier> done = Step.super.ensure(ledger);
        return recovering ? Done.updated(done.value()) : done;
    }

    @Override
    public final Done<KeyIdentifier> make(Ledger ledger, State<KeyIdentifier> state) {
        VaultStep.Vault where = ledger.value(vault);
        if (state.isDeleted()) {
            return recover(where);
        }
        try {
            return create(where);
        } catch (AzureFailure failure) {
            refusedAsDeleted = isDeleted(failure);
            throw failure;
        }
    }

    private Done<KeyIdentifier> recover(VaultStep.Vault where) {
        azure.vaultKeys(where.url()).recover(keyName);
        recovering = true;
        State<KeyIdentifier> recovered = look(where);
        if (!recovered.conflicts().isEmpty()) {
            throw new Conflict(recovered.conflicts(), conflictFix());
        }
        return Done.updated(keyIn(where));
    }

    @Override
    public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        return failure.hasCode(BEING_RECOVERED)
                ? Optional.of(new Waiting("the key to be recovered", patience.directory()))
                : patience.forCallersRole(failure);
    }

    /** The key's kind, once the step is done and the service has said it. */
    final Optional<KeySpec> kind() {
        return kind;
    }

    final State<KeyIdentifier> compare(VaultStep.Vault where, KeyFitness fitness) {
        kind = fitness.kind();
        List<Difference> conflicts =
                new ArrayList<>(fitness.conflicts(azure.time().now()));
        if (conflicts.isEmpty()) {
            asked.spec().ifPresent(kind -> conflicts.addAll(fitness.otherThan(kind)));
        }
        return State.conflicts(keyIn(where), conflicts);
    }
}

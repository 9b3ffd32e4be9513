package io.xtcmk.core.steps;

import io.xtcmk.core.azure.Look;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.engine.Waiting;
import io.xtcmk.core.services.Preparation;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * What has to be changed by itself before an existing resource can be switched to a key. A step of its own, so that a
 * plan shows it, and an interrupted run says that it is done. Most switches need none; then nobody sees the step.
 */
final class PreparationStep<R> implements Step<Boolean> {
    private final EncryptionStep<R> encryption;
    private final SharedLook<R> look;
    private final boolean changes;

    /**
     * A step to come.
     *
     * @param encryption the step that it prepares
     * @param look shared with that step
     * @param changes whether it may change anything: creating does not, and only plans it
     */
    PreparationStep(EncryptionStep<R> encryption, SharedLook<R> look, boolean changes) {
        this.encryption = encryption;
        this.look = look;
        this.changes = changes;
    }

    @Override
    public String name() {
        return encryption.service().preparationName();
    }

    @Override
    public TenantId tenantId() {
        return encryption.tenantId();
    }

    @Override
    public String resource() {
        return encryption.resource();
    }

    @Override
    public boolean isShownOnlyIfNeeded() {
        return true;
    }

    @Override
    public List<RequiredRole> roles() {
        return encryption.roles();
    }

    @Override
    public List<Step<?>> needs() {
        return encryption.before();
    }

    @Override
    public State<Boolean> look(Ledger ledger) {
        return preparation()
                .map(needed -> State.differs(false, needed.differences()))
                .orElseGet(() -> State.agrees(false));
    }

    /** What was seen is kept for the step that comes next. */
    private Optional<Preparation<R>> preparation() {
        Look<R> seen = look.now();
        look.keep(seen);
        return seen.value().flatMap(encryption::preparation);
    }

    @Override
    public Done<Boolean> ensure(Ledger ledger) {
        return changes ? Step.super.ensure(ledger) : Done.unchanged(false);
    }

    @Override
    public Done<Boolean> make(Ledger ledger, State<Boolean> state) {
        Optional<Preparation<R>> needed = look.now().value().flatMap(encryption::preparation);
        if (needed.isEmpty()) {
            return Done.unchanged(false);
        }
        look.keep(Look.found(needed.get().change().get()));
        return Done.updated(true);
    }

    @Override
    public boolean isRace(AzureFailure failure) {
        return encryption.isRace(failure);
    }

    @Override
    public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        return encryption.waitsFor(failure, ledger);
    }

    @Override
    public String advice(AzureFailure failure) {
        return encryption.service().preparationAdvice();
    }
}

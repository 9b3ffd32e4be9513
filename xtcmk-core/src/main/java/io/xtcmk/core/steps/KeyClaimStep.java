package io.xtcmk.core.steps;

import io.xtcmk.KeyRegistry;
import io.xtcmk.KeyRegistry.Answer;
import io.xtcmk.KeyRegistry.Claim;
import io.xtcmk.core.engine.Conflict;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.CrossTenantCmkException.Failure;
import io.xtcmk.exception.KeyOwnershipException;
import io.xtcmk.exception.KeyOwnershipException.Reason;
import io.xtcmk.model.Difference;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.TenantId;
import java.util.List;
import java.util.Optional;

/** That the key is no other customer's, by the provider's own registry. What is told names no other customer. */
final class KeyClaimStep implements Step<Claim> {
    private final KeyRegistry registry;
    private final Claim claim;
    private final Step<?> tenantCheck;

    KeyClaimStep(KeyRegistry registry, Claim claim, Step<?> tenantCheck) {
        this.registry = registry;
        this.claim = claim;
        this.tenantCheck = tenantCheck;
    }

    @Override
    public String name() {
        return "keyClaim";
    }

    @Override
    public TenantId tenantId() {
        return claim.tenantId();
    }

    @Override
    public boolean isCheck() {
        return true;
    }

    @Override
    public String resource() {
        return claim.key().toString();
    }

    @Override
    public List<RequiredRole> roles() {
        return List.of();
    }

    /** A key in a tenant that is not the customer's must not be claimed: it would be kept from its owner. */
    @Override
    public List<Step<?>> needs() {
        return List.of(tenantCheck);
    }

    @Override
    public State<Claim> look(Ledger ledger) {
        return state(registry.peek(claim));
    }

    private State<Claim> state(Answer answer) {
        return State.conflicts(
                claim,
                switch (answer) {
                    case GRANTED -> List.of();
                    case HELD_BY_ANOTHER -> List.of(new Difference("claim.key", "not to be another customer's", "is"));
                    case OTHER_TENANT ->
                        List.of(new Difference(
                                "claim.tenantId",
                                "the tenant of the customer's first key",
                                claim.tenantId().toString()));
                });
    }

    @Override
    public Done<Claim> ensure(Ledger ledger) {
        State<Claim> state = state(registry.claim(claim));
        if (!state.conflicts().isEmpty()) {
            throw new Conflict(state.conflicts(), conflictFix());
        }
        return Done.unchanged(claim);
    }

    @Override
    public Done<Claim> make(Ledger ledger, State<Claim> state) {
        throw new IllegalStateException("a claim is granted by ensure()");
    }

    @Override
    public String conflictFix() {
        return "Do not use this key for this customer. If that is meant after all, a new owner or a move to another tenant,"
                + " release the claim that stands against it.";
    }

    @Override
    public Optional<CrossTenantCmkException> explain(Conflict conflict, Failure known) {
        boolean held =
                conflict.differences().stream().anyMatch(d -> d.property().equals("claim.key"));
        Failure told = new Failure(
                held
                        ? "The key is claimed for another customer"
                        : "The key is in another tenant than this customer's first key",
                known.step(),
                known.tenantId(),
                known.resource(),
                null,
                "Somebody names a key that is not the customer's, or the customer moved to another tenant.",
                Actor.PROVIDER,
                known.fix(),
                known.done());
        return Optional.of(
                new KeyOwnershipException(told, held ? Reason.HELD_BY_ANOTHER : Reason.TENANT_CHANGED, null));
    }
}

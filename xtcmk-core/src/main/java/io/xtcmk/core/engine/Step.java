package io.xtcmk.core.engine;

import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.CrossTenantCmkException.Failure;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.StepOutcome.Change;
import io.xtcmk.model.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * One thing that a phase makes sure of. A step looks, and makes; order, retries, waiting and errors are the engine's.
 * Both methods may be called again after any failure, so they must be safe to repeat.
 *
 * @param <T> what the step results in
 */
public interface Step<T> {

    /** What the step is about, in the field's term. */
    String name();

    /** Where. */
    TenantId tenantId();

    /** Which resource, by the id or name that its service knows. */
    String resource();

    /** Whether the step is done in a customer's tenant, so that it is for the customer to mend what is wrong there. */
    default boolean isCustomers() {
        return false;
    }

    /** Whether it makes nothing, and only keeps the rest from being done: then it has no outcome to be told. */
    default boolean isCheck() {
        return false;
    }

    /** Whether nobody needs to know of the step where it has nothing to do. */
    default boolean isShownOnlyIfNeeded() {
        return false;
    }

    /** The least-privileged roles that the caller needs. */
    List<RequiredRole> roles();

    /** The steps whose results this one uses. */
    default List<Step<?>> needs() {
        return List.of();
    }

    /** Reads how things stand. Results of earlier steps may be missing from the ledger if those are only planned. */
    State<T> look(Ledger ledger);

    /** Makes or changes the resource after a look that did not find it as asked. */
    Done<T> make(Ledger ledger, State<T> state);

    /** Whether the resource cannot be there, because what it is part of was made in this run; then no look is needed. */
    default boolean isCertainlyAbsent(Ledger ledger) {
        return false;
    }

    /** Makes sure: by default looks, and makes what is not as asked. Steps whose making is safe to repeat need no look. */
    default Done<T> ensure(Ledger ledger) {
        // After a try whose answer was lost it may be there.
        boolean absent = isCertainlyAbsent(ledger) && !ledger.isUncertain(this);
        State<T> state = absent ? State.absent() : look(ledger);
        if (state.isAbsent() && !state.conflicts().isEmpty()) {
            throw Conflict.missing(name(), missingFix());
        }
        if (!state.conflicts().isEmpty()) {
            throw new Conflict(state.all(), conflictFix());
        }
        if (state.isAsAsked()) {
            return Done.unchanged(state.found().orElseThrow());
        }
        ledger.making(this, state.isAbsent() && !state.isDeleted() ? Change.CREATED : Change.UPDATED);
        return make(ledger, state);
    }

    /** What to do about a conflict, as a sentence. */
    default String conflictFix() {
        return "Choose another name, or change it by hand to what is expected.";
    }

    /** What to do where the resource is not there and not ours to make, as a sentence. */
    default String missingFix() {
        return "Check its id.";
    }

    /** What a failure may be waiting for, if it may mean "not yet". */
    default Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        return Optional.empty();
    }

    /** Whether a failure means that another run did the same at the same time, so that a new look settles it. */
    default boolean isRace(AzureFailure failure) {
        return false;
    }

    /** What the step can say on how to settle a refusal, beside what is known of its code: sentences, or nothing. */
    default String advice(AzureFailure failure) {
        return "";
    }

    /** A more special exception than the engine's for a failure, where the step knows one. */
    default Optional<CrossTenantCmkException> explain(AzureFailure failure, Failure known) {
        return Optional.empty();
    }

    /** A more special exception than the engine's for a conflict, where the step knows one. */
    default Optional<CrossTenantCmkException> explain(Conflict conflict, Failure known) {
        return Optional.empty();
    }
}

package io.xtcmk.core.steps;

import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.Look;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Conflict;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.engine.Waiting;
import io.xtcmk.core.services.Busy;
import io.xtcmk.core.services.EncryptedService;
import io.xtcmk.model.Difference;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.TenantId;
import java.util.List;
import java.util.Optional;

/** The parts of a resource that its service closed for want of the key: opened again, and seen to be open. */
final class HealingStep<R> implements Step<List<String>> {
    private static final String STILL_CLOSED = "DatabasesStillClosed";

    private final Azure azure;
    private final EncryptedService<R> service;
    private final Optional<EncryptedService.Parts> parts;
    private final ResourceId resource;
    private final Patience patience;
    private final Busy busy;
    private final Optional<Step<R>> encryption;
    private final List<Step<?>> needs;
    private volatile boolean asked;

    private HealingStep(
            Azure azure,
            EncryptedService<R> service,
            ResourceId resource,
            Patience patience,
            Optional<Step<R>> encryption,
            List<Step<?>> needs) {
        this.azure = azure;
        this.service = service;
        this.parts = service.parts();
        this.resource = resource;
        this.patience = patience;
        this.busy = Busy.from(azure.time().now());
        this.encryption = encryption;
        this.needs = needs;
    }

    /** All that a verb does. */
    static <R> HealingStep<R> alone(Azure azure, EncryptedService<R> service, ResourceId resource, Patience patience) {
        return new HealingStep<>(azure, service, resource, patience, Optional.empty(), List.of());
    }

    /** At the end of an encryption, of which it is only seen if something was closed. */
    static <R> HealingStep<R> after(
            Step<R> encryption,
            List<Step<?>> needs,
            Azure azure,
            EncryptedService<R> service,
            ResourceId resource,
            Patience patience) {
        return new HealingStep<>(azure, service, resource, patience, Optional.of(encryption), needs);
    }

    @Override
    public String name() {
        return partsName();
    }

    /** Of a service that closes a resource as a whole: the resource's own name. */
    private String partsName() {
        return parts.map(EncryptedService.Parts::name).orElseGet(service::name);
    }

    @Override
    public TenantId tenantId() {
        return azure.connection().tenantId();
    }

    @Override
    public String resource() {
        return resource.toString();
    }

    @Override
    public boolean isShownOnlyIfNeeded() {
        return encryption.isPresent();
    }

    @Override
    public List<RequiredRole> roles() {
        return List.of(service.contributor(resource));
    }

    @Override
    public List<Step<?>> needs() {
        return needs;
    }

    /** What was made in this run has nothing in it that could be closed; in a plan, what is not there has not either. */
    private boolean isEmpty(Ledger ledger) {
        return encryption
                .filter(step -> ledger.isNew(step) || ledger.find(step).isEmpty())
                .isPresent();
    }

    @Override
    public State<List<String>> look(Ledger ledger) {
        if (isEmpty(ledger)) {
            return State.agrees(List.of());
        }
        List<String> closed = closed();
        return closed.isEmpty()
                ? State.agrees(closed)
                : State.differs(
                        closed,
                        List.of(new Difference(
                                partsName() + ".status", "Online", "Inaccessible: " + String.join(", ", closed))));
    }

    private List<String> closed() {
        Look<List<String>> look = parts.map(p -> p.closed(azure, resource))
                .orElseGet(() -> service.find(azure, resource).map(whole -> List.of()));
        return look.value()
                .orElseThrow(() -> Conflict.missing(service.name(), "Check subscription, resource group and name."));
    }

    @Override
    public Done<List<String>> make(Ledger ledger, State<List<String>> state) {
        if (!asked) {
            parts.ifPresent(p -> p.open(azure, resource));
            asked = true;
        }
        List<String> still = closed();
        if (!still.isEmpty()) {
            throw new AzureFailure(409, STILL_CLOSED, "still closed: " + String.join(", ", still), null, null, null);
        }
        return Done.updated(still);
    }

    /** Parts that are open at a later look have been opened all the same. */
    @Override
    public Done<List<String>> ensure(Ledger ledger) {
        Done<List<String>> done = Step.super.ensure(ledger);
        return asked ? Done.updated(done.value()) : done;
    }

    @Override
    public boolean isRace(AzureFailure failure) {
        return failure.status() == 409 && !failure.isBusy() && !failure.hasCode(STILL_CLOSED);
    }

    @Override
    public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        if (failure.hasCode(STILL_CLOSED)) {
            return Optional.of(new Waiting("the " + partsName() + " to open", patience.opening()));
        }
        return failure.mayBeFreshGrant()
                ? patience.grant().map(end -> new Waiting("the customer's grant to be honoured", end))
                : busy.waiting(failure);
    }
}

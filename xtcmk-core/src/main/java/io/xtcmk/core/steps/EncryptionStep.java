package io.xtcmk.core.steps;

import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Conflict;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.engine.Waiting;
import io.xtcmk.core.services.Blueprint;
import io.xtcmk.core.services.Busy;
import io.xtcmk.core.services.CustomerKeySetting;
import io.xtcmk.core.services.EncryptedService;
import io.xtcmk.core.services.Place;
import io.xtcmk.core.services.Preparation;
import io.xtcmk.model.Difference;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A resource under a customer's key: created with it, or switched to it; read back and confirmed. */
final class EncryptionStep<R> implements Step<R> {

    /** What may be done about a resource that is not as asked. */
    enum Mode {
        /** Create what is missing; leave alone what is otherwise. */
        CREATE,
        /** Switch what is otherwise; nothing may be missing. */
        UPDATE
    }

    private final Azure azure;
    private final Blueprint<R> blueprint;
    private final EncryptedService<R> service;
    private final Place place;
    private final CustomerKeySetting setting;
    private final Mode mode;
    private final Optional<Instant> grantDeadline;
    private final List<Step<?>> checks;
    private final Busy busy;
    private final SharedLook<R> look;
    private final Optional<ResourceGroupStep> group;
    private final PreparationStep<R> preparation;

    EncryptionStep(
            Azure azure,
            Blueprint<R> blueprint,
            Place place,
            CustomerKeySetting setting,
            Mode mode,
            Optional<Instant> grantDeadline,
            List<Step<?>> checks) {
        this.azure = azure;
        this.blueprint = blueprint;
        this.service = blueprint.service();
        this.place = place;
        this.setting = setting;
        this.mode = mode;
        this.grantDeadline = grantDeadline;
        this.checks = List.copyOf(checks);
        this.busy = Busy.from(azure.time().now());
        this.look = new SharedLook<>(() -> service.find(azure, place.id()));
        this.group = mode == Mode.CREATE
                ? Optional.of(new ResourceGroupStep(azure, place, roles(), look, false, checks))
                : Optional.empty();
        this.preparation = new PreparationStep<>(this, look, mode == Mode.UPDATE);
    }

    /** The steps that this one needs, and itself, in their order. */
    List<Step<?>> steps() {
        List<Step<?>> steps = new ArrayList<>(checks);
        group.ifPresent(steps::add);
        steps.add(preparation);
        steps.add(this);
        return steps;
    }

    EncryptedService<R> service() {
        return service;
    }

    /** What has to be done before anything is changed. */
    List<Step<?>> before() {
        return group.<List<Step<?>>>map(List::of).orElse(checks);
    }

    Optional<Preparation<R>> preparation(R resource) {
        return service.preparation(azure, resource, setting);
    }

    @Override
    public String name() {
        return service.name();
    }

    @Override
    public TenantId tenantId() {
        return azure.connection().tenantId();
    }

    @Override
    public String resource() {
        return place.id().toString();
    }

    @Override
    public List<RequiredRole> roles() {
        return service.roles(place.id(), setting.identity());
    }

    @Override
    public List<Step<?>> needs() {
        return List.of(preparation);
    }

    @Override
    public State<R> look(Ledger ledger) {
        return look.now().value().map(this::compare).orElseGet(State::absent);
    }

    /** Done is a resource only when all of it is there. */
    @Override
    public Done<R> ensure(Ledger ledger) {
        Done<R> done = Step.super.ensure(ledger);
        if (service.isBeingMade(done.value())) {
            throw Busy.failure(name() + " is still being made");
        }
        return done;
    }

    private State<R> compare(R resource) {
        return State.differs(
                resource,
                preparation(resource)
                        .map(Preparation::left)
                        .orElseGet(() -> service.differences(azure, resource, setting)),
                mode == Mode.CREATE ? blueprint.settings(resource, place) : List.of());
    }

    @Override
    public String conflictFix() {
        return "Ask for what is there, or change it by hand; update() looks at the key alone and leaves the rest as it is.";
    }

    @Override
    public Done<R> make(Ledger ledger, State<R> state) {
        Optional<R> there = state.found();
        if (mode == Mode.CREATE) {
            if (there.isPresent()) {
                throw new Conflict(
                        service.differences(azure, there.get(), setting), "Call update() to switch it to this key.");
            }
            return Done.created(confirmed(blueprint.create(azure, place, setting)));
        }
        R resource = there.orElseThrow(() -> Conflict.missing(
                service.name(), "Check subscription, resource group and name; create() creates it with the key."));
        // Somebody may have changed it since it was prepared.
        R prepared = preparation(resource).map(p -> p.change().get()).orElse(resource);
        return Done.updated(confirmed(service.update(azure, prepared, setting)));
    }

    /** The service's own word that it took what was asked. */
    private R confirmed(R resource) {
        List<Difference> differences = service.unconfirmed(resource, setting);
        if (!differences.isEmpty()) {
            throw new Conflict(
                    differences,
                    "The service did not take the setting as sent, or somebody changed it at the same time: look at the"
                            + " resource, and run update().");
        }
        return resource;
    }

    @Override
    public boolean isRace(AzureFailure failure) {
        return failure.status() == 409 && !failure.isBusy() && !failure.isNameTaken();
    }

    @Override
    public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        if (failure.isBusy()) {
            return busy.waiting(failure);
        }
        return failure.mayBeFreshGrant()
                ? grantDeadline.map(end -> new Waiting(
                        "the customer's grant and the application's trust in the managed identity to be honoured", end))
                : Optional.empty();
    }
}

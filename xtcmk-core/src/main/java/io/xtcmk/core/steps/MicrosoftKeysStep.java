package io.xtcmk.core.steps;

import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Conflict;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.engine.Waiting;
import io.xtcmk.core.services.Busy;
import io.xtcmk.core.services.EncryptedService;
import io.xtcmk.core.services.ReadSetting;
import io.xtcmk.model.Difference;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.TenantId;
import java.util.List;
import java.util.Optional;

/** A resource taken back to Microsoft's keys. */
final class MicrosoftKeysStep<R> implements Step<R> {
    private final Azure azure;
    private final Busy busy;
    private final EncryptedService<R> service;
    private final ResourceId resource;

    MicrosoftKeysStep(Azure azure, EncryptedService<R> service, ResourceId resource) {
        this.azure = azure;
        this.busy = Busy.from(azure.time().now());
        this.service = service;
        this.resource = resource;
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
        return resource.toString();
    }

    @Override
    public List<RequiredRole> roles() {
        return List.of(service.contributor(resource));
    }

    @Override
    public State<R> look(Ledger ledger) {
        R there = service.find(azure, resource)
                .value()
                .orElseThrow(() -> Conflict.missing(service.name(), "Check subscription, resource group and name."));
        ReadSetting read = service.read(there);
        return State.differs(
                there,
                read.customerManaged()
                        ? List.of(new Difference("key", "Microsoft's keys", String.valueOf(read.key())))
                        : List.of());
    }

    @Override
    public Done<R> make(Ledger ledger, State<R> state) {
        R cleared = service.clear(azure, state.found().orElseThrow());
        ReadSetting read = service.read(cleared);
        if (read.customerManaged()) {
            throw new Conflict(
                    List.of(new Difference("key", "Microsoft's keys", String.valueOf(read.key()))),
                    "The service did not take the setting: look at the resource, and run again.");
        }
        return Done.updated(cleared);
    }

    @Override
    public boolean isRace(AzureFailure failure) {
        return failure.status() == 409 && !failure.isBusy();
    }

    @Override
    public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        return busy.waiting(failure);
    }
}

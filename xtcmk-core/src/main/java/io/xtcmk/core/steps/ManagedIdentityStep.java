package io.xtcmk.core.steps;

import com.azure.core.management.Region;
import com.azure.resourcemanager.msi.fluent.models.IdentityInner;
import io.xtcmk.core.azure.Answered;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.core.services.Place;
import io.xtcmk.model.IdentityClientId;
import io.xtcmk.model.ManagedIdentity;
import io.xtcmk.model.PrincipalId;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.TenantId;
import java.util.List;
import java.util.Optional;

/** The user-assigned managed identity: made if a region is given, otherwise it must be there. Never changed. */
final class ManagedIdentityStep implements Step<ManagedIdentity> {
    private final Azure azure;
    private final Place place;
    private final SharedLook<IdentityInner> look;
    private final Optional<ResourceGroupStep> group;

    ManagedIdentityStep(Azure azure, Place place) {
        this.azure = azure;
        this.place = place;
        this.look = new SharedLook<>(() -> azure.managedIdentities()
                .find(place.id().resourceGroup(), place.id().name()));
        this.group = place.region() == null
                ? Optional.empty()
                : Optional.of(new ResourceGroupStep(azure, place, roles(), look, false, List.of()));
    }

    /** The step of its resource group, where it may have to be made. */
    Optional<ResourceGroupStep> group() {
        return group;
    }

    @Override
    public String name() {
        return "managedIdentity";
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
        return List.of(LeastPrivilege.managedIdentityContributor(
                LeastPrivilege.group(place.id().subscriptionId(), place.id().resourceGroup())));
    }

    @Override
    public List<Step<?>> needs() {
        return group.<List<Step<?>>>map(List::of).orElse(List.of());
    }

    @Override
    public State<ManagedIdentity> look(Ledger ledger) {
        return look.now().value().map(this::compare).orElseGet(this::notThere);
    }

    /** Where the identity is, resources are made by default. */
    private State<ManagedIdentity> compare(IdentityInner inner) {
        return State.conflicts(identity(inner), place.differences(inner.location()));
    }

    private State<ManagedIdentity> notThere() {
        return place.region() == null ? State.missing("managedIdentity") : State.absent();
    }

    @Override
    public String conflictFix() {
        return "Name it by its resource id, or give the region that it is in.";
    }

    @Override
    public String missingFix() {
        return "Check its id, or give resource group, name and region, so that it can be made.";
    }

    @Override
    public Done<ManagedIdentity> make(Ledger ledger, State<ManagedIdentity> state) {
        Region region = place.regionToMakeIn();
        return Done.created(identity(azure.managedIdentities()
                .create(place.id().resourceGroup(), place.id().name(), region)));
    }

    @Override
    public boolean isRace(AzureFailure failure) {
        return failure.status() == 409;
    }

    private static ManagedIdentity identity(IdentityInner inner) {
        return new ManagedIdentity(
                Answered.resourceId(inner.id()),
                Region.fromName(inner.location()),
                new IdentityClientId(inner.clientId()),
                new PrincipalId(inner.principalId()));
    }
}

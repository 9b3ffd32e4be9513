package io.xtcmk.core.steps;

import com.azure.core.management.Region;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.Look;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.core.services.Place;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.CrossTenantCmkException.Failure;
import io.xtcmk.exception.PermissionMissingException;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.TenantId;
import java.util.List;
import java.util.Optional;

/** The resource group of something that is about to be made: made in the same region if it is not there. */
final class ResourceGroupStep implements Step<String> {
    private final Azure azure;
    private final TenantConnection connection;
    private final Place child;
    private final SharedLook<?> look;
    private final List<RequiredRole> childsRoles;
    private final boolean customers;
    private final List<Step<?>> needs;
    /** Whether the last look was refused: then nobody knows whether there is a group to be made. */
    private volatile boolean blind;

    ResourceGroupStep(
            Azure azure,
            Place child,
            List<RequiredRole> childsRoles,
            SharedLook<?> look,
            boolean customers,
            List<Step<?>> needs) {
        this.azure = azure;
        this.connection = azure.connection();
        this.child = child;
        this.look = look;
        this.childsRoles = childsRoles;
        this.customers = customers;
        this.needs = List.copyOf(needs);
    }

    @Override
    public String name() {
        return "resourceGroup";
    }

    @Override
    public TenantId tenantId() {
        return connection.tenantId();
    }

    @Override
    public boolean isCustomers() {
        return customers;
    }

    @Override
    public String resource() {
        return LeastPrivilege.group(child.id().subscriptionId(), child.id().resourceGroup());
    }

    @Override
    public List<RequiredRole> roles() {
        return List.of(LeastPrivilege.contributor(
                LeastPrivilege.subscription(child.id().subscriptionId())));
    }

    @Override
    public List<Step<?>> needs() {
        return needs;
    }

    @Override
    public State<String> look(Ledger ledger) {
        blind = true;
        Look<?> seen = look.ahead();
        blind = false;
        return seen.groupMissing() ? State.absent() : State.agrees(child.id().resourceGroup());
    }

    /** The look is at what goes into the group: it takes that one's role, and perhaps no other. */
    @Override
    public Optional<CrossTenantCmkException> explain(AzureFailure failure, Failure known) {
        if (!blind || !failure.isForbidden()) {
            return Optional.empty();
        }
        Failure told = new Failure(
                known.summary(),
                known.step(),
                known.tenantId(),
                known.resource(),
                known.answer(),
                "The caller may not even look at " + child.id() + ", or got its role only minutes ago.",
                known.actor(),
                "Assign the role, wait for it to be honoured, and run again. Least-privileged: "
                        + LeastPrivilege.text(childsRoles) + "; if the resource group is not there yet, also "
                        + LeastPrivilege.text(roles()) + ".",
                known.done());
        return Optional.of(new PermissionMissingException(told, failure));
    }

    @Override
    public Done<String> make(Ledger ledger, State<String> state) {
        Region region = child.regionToMakeIn();
        azure.resourceGroups().create(child.id().resourceGroup(), region);
        return Done.created(child.id().resourceGroup());
    }
}

package io.xtcmk.core.steps;

import com.microsoft.graph.models.ServicePrincipal;
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
import io.xtcmk.exception.ConsentRequiredException;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.CrossTenantCmkException.Failure;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.Difference;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.ServicePrincipalId;
import io.xtcmk.model.TenantId;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The application, installed in the customer's tenant. Installing it again changes nothing, so no look comes before; a
 * disabled one is never enabled, for it may be the customer's way to say no.
 */
final class ServicePrincipalStep implements Step<ServicePrincipalId> {
    private final Azure azure;
    private final ClientId clientId;
    private final Patience patience;

    ServicePrincipalStep(Azure azure, ClientId clientId, Patience patience) {
        this.azure = azure;
        this.clientId = clientId;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "servicePrincipal";
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
        return "service principal of application " + clientId;
    }

    @Override
    public List<RequiredRole> roles() {
        return List.of(LeastPrivilege.cloudApplicationAdministrator());
    }

    @Override
    public State<ServicePrincipalId> look(Ledger ledger) {
        return azure.graph().servicePrincipal(clientId).map(this::compare).orElseGet(State::absent);
    }

    private State<ServicePrincipalId> compare(ServicePrincipal principal) {
        List<Difference> conflicts = Boolean.FALSE.equals(principal.getAccountEnabled())
                ? List.of(new Difference("accountEnabled", "true", "false"))
                : List.of();
        return State.conflicts(Answered.servicePrincipalId(principal.getId()), conflicts);
    }

    @Override
    public String conflictFix() {
        return "Enable the application under Enterprise applications in the customer's tenant, if it was not disabled on"
                + " purpose.";
    }

    @Override
    public Done<ServicePrincipalId> ensure(Ledger ledger) {
        Optional<ServicePrincipal> made;
        try {
            made = azure.graph().upsertServicePrincipal(clientId);
        } catch (AzureFailure refused) {
            return installedBySomebody(refused, ledger);
        }
        return made.isPresent()
                ? Done.created(Answered.servicePrincipalId(made.get().getId()))
                : adopted(look(ledger)).orElseThrow(this::notReplicated);
    }

    /** Who may not install may still find what an administrator installed, as by the consent URL. */
    private Done<ServicePrincipalId> installedBySomebody(AzureFailure refused, Ledger ledger) {
        if (!refused.isForbidden()) {
            throw isUnknownApplication(refused) ? unknownApplication(refused) : refused;
        }
        try {
            return adopted(look(ledger)).orElseThrow(() -> refused);
        } catch (AzureFailure blind) {
            throw blind.isForbidden() ? refused : blind;
        }
    }

    private Optional<Done<ServicePrincipalId>> adopted(State<ServicePrincipalId> state) {
        if (!state.conflicts().isEmpty()) {
            throw new Conflict(state.conflicts(), conflictFix());
        }
        return state.found().map(Done::unchanged);
    }

    /** Graph's code says nothing; that of its details does. */
    private static AzureFailure unknownApplication(AzureFailure refused) {
        return new AzureFailure(
                refused.status(),
                "NoBackingApplicationObject",
                refused.message(),
                refused.requestId(),
                refused.retryAfter().orElse(null),
                refused);
    }

    private AzureFailure notReplicated() {
        return new AzureFailure(
                404, "Request_ResourceNotFound", resource() + " is not replicated yet", null, null, null);
    }

    @Override
    public Done<ServicePrincipalId> make(Ledger ledger, State<ServicePrincipalId> state) {
        return ensure(ledger);
    }

    @Override
    public boolean isRace(AzureFailure failure) {
        return failure.status() == 409;
    }

    @Override
    public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        boolean mayBeReplicating = isUnknownApplication(failure) || failure.is(404, "Request_ResourceNotFound");
        return mayBeReplicating
                ? Optional.of(new Waiting("the application to be known in the customer's tenant", patience.directory()))
                : Optional.empty();
    }

    /** Graph's word for a new application that is not replicated yet, and for a wrong or single-tenant one alike. */
    private static boolean isUnknownApplication(AzureFailure failure) {
        return failure.status() == 400
                && (failure.hasCode("NoBackingApplicationObject")
                        || failure.message().contains("valid application object"));
    }

    @Override
    public Optional<CrossTenantCmkException> explain(AzureFailure failure, Failure known) {
        if (!failure.isForbidden()) {
            return Optional.empty();
        }
        URI consent = URI.create(azure.cloud().authority() + tenantId() + "/adminconsent?client_id=" + clientId);
        Failure told = new Failure(
                "The tenant did not let the caller install the application",
                known.step(),
                known.tenantId(),
                known.resource(),
                known.answer(),
                "The caller has no directory role that may install applications of other tenants.",
                CrossTenantCmkException.Actor.CUSTOMER,
                "Have a Cloud Application Administrator run this, or consent at " + consent + " and run this again.",
                known.done());
        return Optional.of(new ConsentRequiredException(told, consent, failure));
    }
}

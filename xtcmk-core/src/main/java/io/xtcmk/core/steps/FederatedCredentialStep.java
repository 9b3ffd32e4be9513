package io.xtcmk.core.steps;

import com.microsoft.graph.models.FederatedIdentityCredential;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.engine.Waiting;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * The managed identity as federated identity credential of the application. Issuer, subject and audience follow from
 * tenant, identity and cloud; Entra takes wrong ones without a word and fails only when they are used.
 */
final class FederatedCredentialStep implements Step<String> {
    private final Azure azure;
    private final ApplicationStep application;
    private final ManagedIdentityStep identity;
    private final String credentialName;
    private final Patience patience;

    FederatedCredentialStep(
            Azure azure,
            ApplicationStep application,
            ManagedIdentityStep identity,
            String credentialName,
            Patience patience) {
        this.azure = azure;
        this.application = application;
        this.identity = identity;
        this.credentialName = credentialName;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "federatedIdentityCredential";
    }

    @Override
    public TenantId tenantId() {
        return azure.connection().tenantId();
    }

    @Override
    public String resource() {
        return application.resource() + "/federatedIdentityCredentials/" + credentialName;
    }

    @Override
    public List<RequiredRole> roles() {
        return List.of(LeastPrivilege.applicationDeveloper());
    }

    @Override
    public List<Step<?>> needs() {
        return List.of(application, identity);
    }

    @Override
    public State<String> look(Ledger ledger) {
        Optional<ApplicationStep.Registered> app = ledger.find(application);
        if (app.isEmpty()) {
            return State.absent();
        }
        List<FederatedIdentityCredential> all =
                azure.graph().credentials(app.get().objectId().toString());
        Trust wanted = new Trust(
                issuer(),
                ledger.find(identity).map(i -> i.principalId().toString()).orElse("the identity to be made"),
                audience());
        // Issuer and subject are unique within an application: the same trust under another name will do.
        Optional<String> same = all.stream()
                .filter(c -> wanted.differences(c).isEmpty())
                .map(c -> String.valueOf(c.getName()))
                .findFirst();
        if (same.isPresent()) {
            return State.agrees(same.get());
        }
        return all.stream()
                .filter(c -> credentialName.equals(c.getName()) || wanted.excludes(c))
                .findFirst()
                .map(c -> State.conflicts(credentialName, wanted.differences(c)))
                .orElseGet(State::absent);
    }

    @Override
    public boolean isCertainlyAbsent(Ledger ledger) {
        return ledger.isNew(application);
    }

    @Override
    public String conflictFix() {
        return "If the subject is another: give credentialName another name. If nobody needs what this credential trusts, or"
                + " only its audience is wrong: delete it and run again.";
    }

    @Override
    public Done<String> make(Ledger ledger, State<String> state) {
        FederatedIdentityCredential wanted = new FederatedIdentityCredential();
        wanted.setName(credentialName);
        wanted.setIssuer(issuer());
        wanted.setSubject(ledger.value(identity).principalId().toString());
        wanted.setAudiences(List.of(audience()));
        boolean created = azure.graph()
                .upsertCredential(ledger.value(application).objectId().toString(), credentialName, wanted)
                .isPresent();
        return created ? Done.created(credentialName) : Done.unchanged(credentialName);
    }

    private String issuer() {
        return azure.cloud().issuer(tenantId());
    }

    private String audience() {
        return azure.cloud().exchangeAudience();
    }

    @Override
    public boolean isRace(AzureFailure failure) {
        return failure.status() == 409;
    }

    /** The application has been seen, if perhaps by another replica. */
    @Override
    public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        return failure.is(404, "Request_ResourceNotFound")
                ? Optional.of(new Waiting("the application to be replicated", patience.directory()))
                : Optional.empty();
    }
}

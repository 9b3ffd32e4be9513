package io.xtcmk.core.diagnosis;

import com.azure.resourcemanager.msi.fluent.models.IdentityInner;
import com.microsoft.graph.models.Application;
import com.microsoft.graph.models.FederatedIdentityCredential;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.Look;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.core.steps.Trust;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.Difference;
import io.xtcmk.model.Finding;
import io.xtcmk.model.PrincipalId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The provider's links: managed identity, federated identity credential, application. */
final class ProviderSide {
    private static final String MULTI_TENANT = "AzureADMultipleOrgs";

    private final Azure azure;
    private final Subject subject;
    private final Eye eye;
    private final List<Finding> findings = new ArrayList<>();
    private Optional<PrincipalId> principal;

    ProviderSide(Azure azure, Subject subject, Deadline deadline) {
        this.azure = azure;
        this.subject = subject;
        this.eye = new Eye(azure.time(), azure.connection().tenantId(), deadline);
        this.principal = subject.principalId();
    }

    List<Finding> findings() {
        return findings;
    }

    /** The three links, in the order of the walk. */
    List<DiagnosedLink> links() {
        DiagnosedLink identity = identity();
        // The credential is a part of the application, so that is read first.
        Sight<Optional<Application>> sight = eye.look(() -> azure.graph().application(subject.clientId()));
        DiagnosedLink application = application(sight);
        DiagnosedLink credential = credential(sight.value().flatMap(found -> found));
        return List.of(identity, credential, application);
    }

    private Draft draft(Kind kind, String resource) {
        return Draft.providers(kind, eye.tenantId(), resource);
    }

    // identity

    private DiagnosedLink identity() {
        Draft draft = draft(Kind.MANAGED_IDENTITY, subject.identityId().toString());
        if (!subject.identityId().subscriptionId().equals(azure.connection().subscriptionId())) {
            return draft.unseen(
                    "It is in subscription " + subject.identityId().subscriptionId() + ", not in the connection's.",
                    Actor.PROVIDER,
                    "Verify with a connection to that subscription as well.");
        }
        Sight<Look<IdentityInner>> sight = eye.look(() -> azure.managedIdentities()
                .find(subject.identityId().resourceGroup(), subject.identityId().name()));
        if (sight.failure().isPresent()) {
            return draft.saw(sight, "-")
                    .failed(
                            sight.failure().get(),
                            Optional.of(
                                    LeastPrivilege.reader(subject.identityId().toString())));
        }
        Optional<IdentityInner> found = sight.value().flatMap(Look::value);
        if (found.isEmpty()) {
            return draft.saw(sight, "it is not there").is(State.BROKEN, "FailedIdentityOperation");
        }
        PrincipalId now = new PrincipalId(found.get().principalId());
        draft.saw(sight, "its principal id is " + now);
        boolean other = principal.filter(then -> !then.equals(now)).isPresent();
        principal = Optional.of(now);
        return other ? draft.is(State.BROKEN, "IdentityRecreated") : draft.holds();
    }

    // application

    private DiagnosedLink application(Sight<Optional<Application>> sight) {
        Draft draft = draft(Kind.APPLICATION, subject.applicationName());
        if (sight.failure().isPresent()) {
            return draft.saw(sight, "-").failed(sight.failure().get(), Optional.of(LeastPrivilege.directoryReaders()));
        }
        Optional<Application> found = sight.value().flatMap(a -> a);
        if (found.isEmpty()) {
            draft.saw(sight, "it is not there");
            subject.applicationObjectId().ifPresent(id -> deleted(draft, id.toString()));
            return draft.is(State.BROKEN, "ApplicationDeleted");
        }
        Application application = found.get();
        String audience = String.valueOf(application.getSignInAudience());
        Optional<String> disabled = Optional.ofNullable(application.getDisabledByMicrosoftStatus())
                .filter(status -> !status.equals("NotDisabled"));
        draft.saw(
                sight,
                "its signInAudience is " + audience
                        + disabled.map(d -> ", Microsoft's status " + d).orElse(""));
        findings.addAll(Findings.of(application));
        if (disabled.isPresent()) {
            return draft.is(State.BROKEN, "ApplicationDisabled");
        }
        return audience.equals(MULTI_TENANT) ? draft.holds() : draft.is(State.BROKEN, "NoBackingApplicationObject");
    }

    private void deleted(Draft draft, String objectId) {
        Sight<Optional<String>> sight = eye.look(() -> azure.graph().deletedAt(objectId));
        sight.value()
                .flatMap(when -> when)
                .ifPresent(when -> draft.saw(sight, "it was deleted at " + when + ", and is kept for 30 days"));
    }

    // credential

    private DiagnosedLink credential(Optional<Application> application) {
        Draft draft = draft(
                Kind.FEDERATED_IDENTITY_CREDENTIAL,
                subject.credentialName().orElse("of " + subject.identityId().name()));
        if (application.isEmpty()) {
            return eye.restsOn(draft, "application");
        }
        Sight<List<FederatedIdentityCredential>> sight = eye.look(() -> azure.graph()
                .credentials(Objects.requireNonNull(application.get().getId())));
        if (sight.failure().isPresent()) {
            return draft.saw(sight, "-").failed(sight.failure().get(), Optional.of(LeastPrivilege.directoryReaders()));
        }
        if (principal.isEmpty()) {
            draft.saw(sight, sight.value().orElse(List.of()).size() + " credentials");
            return eye.restsOn(draft, "managed identity");
        }
        return judged(draft, sight, Trust.in(azure, principal.get()));
    }

    private DiagnosedLink judged(Draft draft, Sight<List<FederatedIdentityCredential>> sight, Trust wanted) {
        List<FederatedIdentityCredential> all = sight.value().orElse(List.of());
        findings.addAll(Findings.foreignTrust(subject.applicationName(), all, wanted.issuer()));
        Optional<FederatedIdentityCredential> same =
                all.stream().filter(c -> wanted.differences(c).isEmpty()).findFirst();
        if (same.isPresent()) {
            draft.saw(sight, same.get().getName() + " trusts principal " + wanted.subject());
            return freshness(draft);
        }
        Optional<FederatedIdentityCredential> nearest = wanted.nearest(all, subject.credentialName());
        if (nearest.isEmpty()) {
            return draft.saw(sight, "none of its " + all.size() + " credentials trusts principal " + wanted.subject())
                    .is(State.BROKEN, "AADSTS700213");
        }
        List<Difference> differences = wanted.differences(nearest.get());
        return draft.saw(sight, nearest.get().getName() + ": " + text(differences))
                .is(State.BROKEN, wanted.code(nearest.get()));
    }

    static String text(List<Difference> differences) {
        return String.join("; ", differences.stream().map(Difference::toString).toList());
    }

    /** A credential that is as it must be may be too new to be honoured everywhere. */
    private DiagnosedLink freshness(Draft draft) {
        Optional<Instant> until = subject.trustFreshUntil(eye.now());
        return until.map(end -> draft.notYet("AADSTS70021", "It was made only minutes ago.", end))
                .orElseGet(draft::holds);
    }
}

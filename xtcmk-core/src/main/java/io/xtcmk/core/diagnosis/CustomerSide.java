package io.xtcmk.core.diagnosis;

import com.microsoft.graph.models.ServicePrincipal;
import io.xtcmk.core.azure.Answered;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.Finding;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ServicePrincipalId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The customer's links, read with a connection to the customer's tenant: service principal, role, vault, key. */
final class CustomerSide {
    private final Azure azure;
    private final Subject subject;
    private final Optional<String> providersTenant;
    private final Eye eye;
    private final List<Finding> findings = new ArrayList<>();
    private final List<SeenVersion> versions = new ArrayList<>();
    private Optional<ServicePrincipalId> principal;
    private boolean principalGone;

    /**
     * The links to come.
     *
     * @param azure the customer's tenant
     * @param subject what is verified
     * @param providersTenant the provider's tenant, where it is known
     * @param deadline when all has to be seen
     */
    CustomerSide(Azure azure, Subject subject, Optional<String> providersTenant, Deadline deadline) {
        this.azure = azure;
        this.subject = subject;
        this.providersTenant = providersTenant;
        this.eye = new Eye(azure.time(), azure.connection().tenantId(), deadline);
        this.principal = Optional.ofNullable(subject.key().servicePrincipalId());
    }

    List<Finding> findings() {
        return findings;
    }

    /**
     * The four links, in the order of the walk.
     *
     * @param challenge to which tenant the vault says that it belongs
     * @param inForce the key's version that a resource uses, where that is known
     */
    List<DiagnosedLink> links(ChallengeLook challenge, Optional<KeyIdentifier> inForce) {
        DiagnosedLink servicePrincipal = servicePrincipal();
        VaultLook vault = new VaultLook(azure, eye, subject.key());
        DiagnosedLink vaultLink = vault.link(challenge);
        DiagnosedLink role = role(vault);
        KeyLook key = new KeyLook(azure, eye, subject.key());
        DiagnosedLink keyLink = key.link(vault, inForce);
        versions.addAll(key.seen());
        return List.of(servicePrincipal, role, vaultLink, keyLink);
    }

    /** The key's versions that were seen. */
    List<SeenVersion> versions() {
        return versions;
    }

    private DiagnosedLink servicePrincipal() {
        Draft draft = Draft.customers(Kind.SERVICE_PRINCIPAL, eye.tenantId(), "of application " + subject.clientId());
        Sight<Optional<ServicePrincipal>> sight = eye.look(() -> azure.graph().servicePrincipal(subject.clientId()));
        if (sight.failure().isPresent()) {
            return draft.saw(sight, "-").failed(sight.failure().get(), Optional.of(LeastPrivilege.directoryReaders()));
        }
        Optional<ServicePrincipal> found = sight.value().flatMap(p -> p);
        return found.map(p -> judged(draft, sight, p)).orElseGet(() -> missing(draft, sight));
    }

    private DiagnosedLink missing(Draft draft, Sight<?> sight) {
        principalGone = true;
        draft.saw(sight, "it is not there");
        Optional<ServicePrincipalId> then = principal;
        if (then.isEmpty()) {
            return draft.is(State.BROKEN, "AADSTS7000229");
        }
        Sight<Optional<String>> deleted =
                eye.look(() -> azure.graph().deletedAt(then.get().toString()));
        deleted.value()
                .flatMap(when -> when)
                .ifPresent(when -> draft.saw(deleted, "it was deleted at " + when + ", and is kept for 30 days"));
        return draft.is(State.REVOKED, "AADSTS7000229");
    }

    private DiagnosedLink judged(Draft draft, Sight<?> sight, ServicePrincipal found) {
        principal = Optional.of(Answered.servicePrincipalId(found.getId()));
        boolean enabled = !Boolean.FALSE.equals(found.getAccountEnabled());
        String owner = String.valueOf(found.getAppOwnerOrganizationId());
        draft.saw(sight, "object id " + found.getId() + ", accountEnabled is " + enabled + ", of tenant " + owner);
        findings.addAll(Findings.of(found));
        boolean foreign = found.getAppOwnerOrganizationId() != null
                && providersTenant
                        .filter(tenant -> !tenant.equalsIgnoreCase(owner))
                        .isPresent();
        if (foreign) {
            return draft.is(State.BROKEN, "ForeignApplication");
        }
        return enabled ? draft.holds() : draft.is(State.REVOKED, "AADSTS7000112");
    }

    private DiagnosedLink role(VaultLook vault) {
        Draft draft = Draft.customers(
                Kind.ROLE_ASSIGNMENT,
                eye.tenantId(),
                RoleLook.NAME + " on " + vault.id().map(id -> id + "/keys/").orElse("")
                        + subject.key().key().keyName());
        if (principalGone || principal.isEmpty()) {
            return eye.restsOn(draft, "service principal");
        }
        if (subject.key().key().isManagedHsm()) {
            return draft.unseen(
                    "A managed HSM has roles of its own, which are not read.",
                    Actor.CUSTOMER,
                    "See az keyvault role assignment list for principal " + principal.get() + ".");
        }
        if (!vault.isThere() || vault.id().isEmpty()) {
            return eye.restsOn(draft, "key vault");
        }
        RoleLook role = new RoleLook(azure, eye, subject);
        DiagnosedLink link = role.link(draft, vault.id().get(), principal.get());
        findings.addAll(role.findings());
        return link;
    }
}

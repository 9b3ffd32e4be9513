package io.xtcmk.core.diagnosis;

import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.microsoft.graph.models.Application;
import com.microsoft.graph.models.FederatedIdentityCredential;
import com.microsoft.graph.models.ServicePrincipal;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.model.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is more than the chain needs. */
final class Findings {
    private static final String BESIDES = "With it others than the managed identity can act as the application.";
    private static final String CONSENT = "Customers who consent may give the application more than the use of a key.";

    private Findings() {}

    static List<Finding> of(Application application) {
        String name = "application " + application.getAppId();
        List<Finding> findings = new ArrayList<>();
        add(findings, name, "passwordCredentials", application.getPasswordCredentials(), BESIDES, Actor.PROVIDER);
        add(findings, name, "keyCredentials", application.getKeyCredentials(), BESIDES, Actor.PROVIDER);
        add(findings, name, "requiredResourceAccess", application.getRequiredResourceAccess(), CONSENT, Actor.PROVIDER);
        add(
                findings,
                name,
                "appRoles",
                application.getAppRoles(),
                "Nothing of the chain uses roles of the application.",
                Actor.PROVIDER);
        return findings;
    }

    static List<Finding> of(ServicePrincipal principal) {
        String name = "service principal " + principal.getId();
        List<Finding> findings = new ArrayList<>();
        add(findings, name, "passwordCredentials", principal.getPasswordCredentials(), BESIDES, Actor.CUSTOMER);
        add(findings, name, "keyCredentials", principal.getKeyCredentials(), BESIDES, Actor.CUSTOMER);
        return findings;
    }

    private static void add(
            List<Finding> findings,
            String resource,
            String property,
            @Nullable List<?> there,
            String risk,
            Actor actor) {
        if (there != null && !there.isEmpty()) {
            findings.add(
                    new Finding(resource, property, there.size() + " of them", risk, actor, "Remove what is there."));
        }
    }

    /** Credentials by which tokens of somebody outside the provider's tenant stand for the application. */
    static List<Finding> foreignTrust(String application, List<FederatedIdentityCredential> all, String issuer) {
        return all.stream()
                .filter(c -> !issuer.equals(c.getIssuer()))
                .map(c -> new Finding(
                        "application " + application,
                        "federatedIdentityCredentials",
                        c.getName() + " of issuer " + c.getIssuer(),
                        BESIDES,
                        Actor.PROVIDER,
                        "Delete that credential, if nobody needs it."))
                .toList();
    }

    /** A role of the application that is wider, or held on more, than the key needs. */
    static Finding wideRole(RoleAssignmentInner assignment, String role) {
        return new Finding(
                "service principal " + assignment.principalId(),
                "roleAssignments",
                role + " on " + assignment.scope(),
                "The application can do more in the customer's tenant than use the key.",
                Actor.CUSTOMER,
                "Remove that role assignment; Key Vault Crypto Service Encryption User on the key is enough.");
    }
}

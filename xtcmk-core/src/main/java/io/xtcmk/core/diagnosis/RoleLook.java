package io.xtcmk.core.diagnosis;

import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.core.steps.Patience;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.Finding;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.ServicePrincipalId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The role that lets the service principal use the key. */
final class RoleLook {
    static final String NAME = "Key Vault Crypto Service Encryption User";

    private static final String ENCRYPTION_USER = "e147488a-f6f5-4113-8e2d-b22465e65bf6";
    /** Built-in roles that allow to get, wrap and unwrap too, and more (learn.microsoft.com/azure/key-vault/general/rbac-guide). */
    private static final Map<String, String> WIDER = Map.of(
            "12338af0-0e69-4776-bea7-57ae8d297424", "Key Vault Crypto User",
            "14b46e9e-c2b7-41b4-b07b-48a6ebf60603", "Key Vault Crypto Officer",
            "00482a5a-887f-4fb3-b363-3b7fe8e74483", "Key Vault Administrator");

    private final Azure azure;
    private final Eye eye;
    private final Subject subject;
    private final List<Finding> findings = new ArrayList<>();

    RoleLook(Azure azure, Eye eye, Subject subject) {
        this.azure = azure;
        this.eye = eye;
        this.subject = subject;
    }

    List<Finding> findings() {
        return findings;
    }

    DiagnosedLink link(Draft draft, ResourceId vault, ServicePrincipalId principal) {
        Sight<List<RoleAssignmentInner>> sight =
                eye.look(() -> azure.roles().assignments(vault.toString(), principal.value()));
        if (sight.failure().isPresent()) {
            return draft.saw(sight, "-")
                    .failed(sight.failure().get(), Optional.of(LeastPrivilege.reader(vault.toString())));
        }
        List<RoleAssignmentInner> all = sight.value().orElse(List.of());
        String scope = vault + "/keys/" + subject.key().key().keyName();
        all.stream()
                .filter(a -> !roleOf(a).equals(ENCRYPTION_USER))
                .forEach(a -> findings.add(Findings.wideRole(a, WIDER.getOrDefault(roleOf(a), "role " + roleOf(a)))));
        List<RoleAssignmentInner> good = all.stream()
                .filter(a -> roleOf(a).equals(ENCRYPTION_USER) || WIDER.containsKey(roleOf(a)))
                .filter(a -> covers(a, scope) && a.condition() == null)
                .toList();
        return good.isEmpty() ? missing(draft, sight, all) : fresh(draft, sight, good);
    }

    private DiagnosedLink missing(Draft draft, Sight<?> sight, List<RoleAssignmentInner> all) {
        if (all.isEmpty()) {
            draft.saw(sight, "the service principal has no role here");
        } else {
            draft.saw(
                    sight,
                    "the service principal has other roles only: "
                            + all.stream().map(RoleLook::text).collect(Collectors.joining(", ")));
        }
        boolean had = subject.key().roleAssignmentId() != null;
        return draft.is(had ? State.REVOKED : State.BROKEN, "AzureKeyVaultMissingPermissions");
    }

    private static String text(RoleAssignmentInner assignment) {
        String name = roleOf(assignment).equals(ENCRYPTION_USER)
                ? NAME
                : WIDER.getOrDefault(roleOf(assignment), "role " + roleOf(assignment));
        return name + " on " + assignment.scope() + (assignment.condition() == null ? "" : " under a condition");
    }

    /** Of several, the one that has been there longest counts. */
    private DiagnosedLink fresh(Draft draft, Sight<?> sight, List<RoleAssignmentInner> good) {
        Instant since = good.stream()
                .map(RoleAssignmentInner::createdOn)
                .map(at -> at == null ? Instant.EPOCH : at.toInstant())
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Instant until = Patience.honouredBy(since, eye.now());
        draft.saw(sight, text(good.get(0)) + ", since " + since);
        return until.isAfter(eye.now()) && !subject.isProven(since)
                ? draft.notYet("ForbiddenByRbac", "The role was granted only minutes ago.", until)
                : draft.holds();
    }

    private static String roleOf(RoleAssignmentInner assignment) {
        String id = String.valueOf(assignment.roleDefinitionId()).toLowerCase(Locale.ROOT);
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private static boolean covers(RoleAssignmentInner assignment, String scope) {
        String held = String.valueOf(assignment.scope()).toLowerCase(Locale.ROOT);
        String wanted = scope.toLowerCase(Locale.ROOT);
        return held.equals("/") || wanted.equals(held) || wanted.startsWith(held + "/");
    }
}

package io.xtcmk.core.steps;

import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import io.xtcmk.KeyAuthorization.RoleScope;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Conflict;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.engine.Waiting;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.model.Difference;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.ServicePrincipalId;
import io.xtcmk.model.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The role <em>Key Vault Crypto Service Encryption User</em> for the application. The assignment's name follows from scope,
 * principal and role, so that a repeat finds it; an equal one under another name is adopted.
 */
final class RoleAssignmentStep implements Step<RoleAssignmentStep.Granted> {
    /** Key Vault Crypto Service Encryption User. */
    private static final String ROLE = LeastPrivilege.CRYPTO_SERVICE_ENCRYPTION_USER;

    private final Azure azure;
    private final ServicePrincipalStep principal;
    private final VaultStep vault;
    private final KeyStep key;
    private final RoleScope scope;
    private final Patience patience;

    RoleAssignmentStep(
            Azure azure,
            ServicePrincipalStep principal,
            VaultStep vault,
            KeyStep key,
            RoleScope scope,
            Patience patience) {
        this.azure = azure;
        this.principal = principal;
        this.vault = vault;
        this.key = key;
        this.scope = scope;
        this.patience = patience;
    }

    /**
     * A role assignment.
     *
     * @param id its resource id
     * @param at when it was made, by its own word; otherwise now
     */
    record Granted(String id, Instant at) {}

    @Override
    public String name() {
        return "roleAssignment";
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
        return "Key Vault Crypto Service Encryption User on " + scopeId();
    }

    @Override
    public List<RequiredRole> roles() {
        return List.of(LeastPrivilege.rbacAdministrator(scopeId()));
    }

    @Override
    public List<Step<?>> needs() {
        return scope == RoleScope.KEY ? List.of(principal, key) : List.of(principal, vault);
    }

    private String scopeId() {
        return scope == RoleScope.KEY ? key.resource() : vault.resource();
    }

    @Override
    public State<Granted> look(Ledger ledger) {
        Optional<ServicePrincipalId> who = ledger.find(principal);
        if (who.isEmpty() || ledger.find(vault).isEmpty()) {
            return State.absent();
        }
        return existing(who.get());
    }

    /** There is one of a role, scope and principal at most; a condition on it is the customer's word. */
    private State<Granted> existing(ServicePrincipalId who) {
        return azure.roles().assignments(scopeId(), who.value()).stream()
                .filter(a -> String.valueOf(a.scope()).equalsIgnoreCase(scopeId()))
                .filter(a -> String.valueOf(a.roleDefinitionId())
                        .toLowerCase(Locale.ROOT)
                        .endsWith(ROLE))
                .findFirst()
                .map(a -> State.conflicts(granted(a), conflicts(a)))
                .orElseGet(State::absent);
    }

    private static List<Difference> conflicts(RoleAssignmentInner assignment) {
        return assignment.condition() == null
                ? List.of()
                : List.of(new Difference("condition", "none", assignment.condition()));
    }

    @Override
    public String conflictFix() {
        return "Take the condition off the role assignment, or remove the assignment and run again.";
    }

    @Override
    public boolean isCertainlyAbsent(Ledger ledger) {
        return ledger.isNew(principal) || (scope == RoleScope.KEY ? ledger.isNew(key) : ledger.isNew(vault));
    }

    @Override
    public Done<Granted> make(Ledger ledger, State<Granted> state) {
        ServicePrincipalId who = ledger.value(principal);
        try {
            return Done.created(granted(azure.roles().assign(scopeId(), nameFor(who), parameters(who))));
        } catch (AzureFailure failure) {
            if (!failure.hasCode("RoleAssignmentExists")) {
                throw failure;
            }
            State<Granted> there = existing(who);
            if (!there.conflicts().isEmpty()) {
                throw new Conflict(there.conflicts(), conflictFix());
            }
            return Done.unchanged(there.found().orElseThrow(() -> failure));
        }
    }

    private UUID nameFor(ServicePrincipalId who) {
        String text = (scopeId() + "|" + who + "|" + ROLE).toLowerCase(Locale.ROOT);
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private RoleAssignmentCreateParameters parameters(ServicePrincipalId who) {
        String definition = LeastPrivilege.subscription(azure.connection().subscriptionId())
                + "/providers/Microsoft.Authorization/roleDefinitions/" + ROLE;
        return new RoleAssignmentCreateParameters()
                .withRoleDefinitionId(definition)
                .withPrincipalId(who.toString())
                // Named, Azure does not look the principal up, which a new one might not survive.
                .withPrincipalType(PrincipalType.SERVICE_PRINCIPAL);
    }

    private Granted granted(RoleAssignmentInner inner) {
        Instant at = inner.createdOn() == null
                ? azure.time().now()
                : inner.createdOn().toInstant();
        return new Granted(inner.id(), at);
    }

    @Override
    public boolean isRace(AzureFailure failure) {
        return failure.is(409, "Conflict") || failure.is(412, "PreconditionFailed");
    }

    @Override
    public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        return failure.hasCode("PrincipalNotFound")
                ? Optional.of(new Waiting("the service principal to be replicated", patience.directory()))
                : Optional.empty();
    }
}

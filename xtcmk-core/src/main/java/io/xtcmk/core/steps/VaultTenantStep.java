package io.xtcmk.core.steps;

import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.VaultTenants;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Conflict;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.CrossTenantCmkException.Failure;
import io.xtcmk.exception.KeyOwnershipException;
import io.xtcmk.exception.KeyOwnershipException.Reason;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.Difference;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * That the key's vault is of the customer's tenant, by the vault's own word. A name alone proves nothing: any customer can
 * type another one's, and a name that was purged can be taken again in another tenant.
 */
final class VaultTenantStep implements Step<Optional<TenantId>> {
    private final Azure azure;
    private final AuthorizedKey key;
    private final boolean acceptUnreachable;

    VaultTenantStep(Azure azure, AuthorizedKey key, boolean acceptUnreachable) {
        this.azure = azure;
        this.key = key;
        this.acceptUnreachable = acceptUnreachable;
    }

    @Override
    public String name() {
        return "vaultTenant";
    }

    @Override
    public TenantId tenantId() {
        return key.tenantId();
    }

    @Override
    public boolean isCustomers() {
        return true;
    }

    @Override
    public boolean isCheck() {
        return true;
    }

    @Override
    public String resource() {
        return key.key().vaultUrl();
    }

    @Override
    public List<RequiredRole> roles() {
        return List.of();
    }

    @Override
    public State<Optional<TenantId>> look(Ledger ledger) {
        Optional<TenantId> tenant = tenant();
        return State.conflicts(
                tenant,
                tenant.filter(actual -> !actual.equals(key.tenantId()))
                        .map(actual -> List.of(
                                new Difference("tenantId", key.tenantId().toString(), actual.toString())))
                        .orElse(List.of()));
    }

    /** Empty where the vault cannot be asked, and that is accepted. */
    private Optional<TenantId> tenant() {
        try {
            return Optional.of(azure.vaultTenants().of(key.key()));
        } catch (AzureFailure failure) {
            if (acceptUnreachable && isUnreachable(failure)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Not an answer that no vault gives: that is somebody else's. */
    private static boolean isUnreachable(AzureFailure failure) {
        return failure.isTransient() || failure.hasCode(VaultTenants.NO_CHALLENGE);
    }

    @Override
    public Done<Optional<TenantId>> make(Ledger ledger, State<Optional<TenantId>> state) {
        throw new IllegalStateException("a vault's tenant is found, not made");
    }

    @Override
    public String conflictFix() {
        return "Do not use this key: ask the customer for a key in a vault of the customer's own tenant, and take the tenant"
                + " from what the customer has proven, such as a sign-in, not from what was typed.";
    }

    @Override
    public Optional<CrossTenantCmkException> explain(Conflict conflict, Failure known) {
        Failure told = told(
                "The key's vault is not the customer's: " + conflict.getMessage(),
                known,
                "Its URL is somebody else's, or the vault was purged and its name taken" + " by somebody else.",
                Actor.PROVIDER,
                known.fix());
        return Optional.of(new KeyOwnershipException(told, Reason.OTHER_TENANT, null));
    }

    @Override
    public Optional<CrossTenantCmkException> explain(AzureFailure failure, Failure known) {
        String cause = failure.status() == 0
                ? "There is no vault of this name, or it cannot be reached from here."
                : known.likelyCause();
        String fix = isUnreachable(failure)
                ? "Check the vault's URL, and run again. If only Azure's own network can reach the vault: call"
                        + " acceptUnreachableVault()."
                : known.fix();
        Actor actor = failure.status() == 0 ? Actor.CUSTOMER : known.actor();
        Failure told = told("The key's vault could not be asked to which tenant it belongs", known, cause, actor, fix);
        return Optional.of(new KeyOwnershipException(told, Reason.UNKNOWN_TENANT, failure));
    }

    private static Failure told(String summary, Failure known, String cause, Actor actor, String fix) {
        return new Failure(
                summary,
                known.step(),
                known.tenantId(),
                known.resource(),
                known.answer(),
                cause,
                actor,
                fix,
                known.done());
    }
}

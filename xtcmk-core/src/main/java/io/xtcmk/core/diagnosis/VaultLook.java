package io.xtcmk.core.diagnosis;

import com.azure.resourcemanager.keyvault.fluent.models.VaultInner;
import com.azure.resourcemanager.keyvault.models.NetworkRuleSet;
import com.azure.resourcemanager.keyvault.models.VaultProperties;
import com.azure.resourcemanager.keyvault.models.VaultProvisioningState;
import io.xtcmk.core.azure.Answered;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.Look;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.core.steps.Deletion;
import io.xtcmk.core.steps.VaultNetwork;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.ResourceId;
import java.time.Duration;
import java.util.Optional;

/** The vault, as Resource Manager tells it to its owner. */
final class VaultLook {
    private final Azure azure;
    private final Eye eye;
    private final AuthorizedKey key;
    private Optional<ResourceId> id;
    private boolean there = true;

    VaultLook(Azure azure, Eye eye, AuthorizedKey key) {
        this.azure = azure;
        this.eye = eye;
        this.key = key;
        this.id = key.knownVaultId();
    }

    /** Its resource id, as far as it is known. */
    Optional<ResourceId> id() {
        return id;
    }

    /** Whether it is there, for all that is known. */
    boolean isThere() {
        return there;
    }

    DiagnosedLink link(ChallengeLook challenge) {
        Draft draft = Draft.customers(
                Kind.KEY_VAULT,
                eye.tenantId(),
                id.map(ResourceId::toString).orElse(key.key().vaultUrl()));
        if (key.key().isManagedHsm()) {
            return challenge.only(draft);
        }
        if (id.filter(i -> !i.subscriptionId().equals(azure.connection().subscriptionId()))
                .isPresent()) {
            id = Optional.empty();
            return draft.unseen(
                    "The vault is in another subscription than the connection's.",
                    Actor.CUSTOMER,
                    "Verify with a connection to that subscription.");
        }
        Sight<Look<VaultInner>> sight = eye.look(this::read);
        if (sight.failure().isPresent()) {
            return draft.saw(sight, "-")
                    .failed(
                            sight.failure().get(),
                            Optional.of(LeastPrivilege.reader(id.map(ResourceId::toString)
                                    .orElse(key.key().vaultUrl()))));
        }
        Optional<VaultInner> found = sight.value().flatMap(Look::value);
        if (found.isEmpty()) {
            there = false;
            return missing(draft.saw(sight, "it is not there"), challenge);
        }
        id = Optional.of(Answered.resourceId(found.get().id()));
        return judged(
                draft.saw(sight, text(found.get().properties())), found.get().properties(), challenge);
    }

    private Look<VaultInner> read() {
        return id.map(known -> azure.vaults().find(known.resourceGroup(), known.name()))
                .orElseGet(() -> azure.vaults().named(key.key().vaultName()));
    }

    private DiagnosedLink missing(Draft draft, ChallengeLook challenge) {
        Sight<Optional<String>> deleted =
                eye.look(() -> azure.vaults().deleted(key.key().vaultName()).map(Deletion::of));
        Optional<String> when = deleted.value().flatMap(w -> w);
        if (when.isPresent()) {
            return draft.saw(deleted, "it was " + when.get()).is(State.REVOKED, "KeyVaultVaultNotFound");
        }
        draft.saw(challenge.evidence());
        if (challenge.isOfAnotherTenant()) {
            return draft.is(State.BROKEN, "AKV10032");
        }
        if (challenge.isOfTheTenant()) {
            return draft.unseen(
                    "A vault of this name answers for the tenant, but is not where it was.",
                    Actor.CUSTOMER,
                    "Verify with a connection to its subscription, and the key's new resource id.");
        }
        return draft.is(State.REVOKED, "KeyVaultVaultNotFound");
    }

    private DiagnosedLink judged(Draft draft, VaultProperties properties, ChallengeLook challenge) {
        if (!key.tenantId().value().equals(properties.tenantId())) {
            return draft.is(State.BROKEN, "AKV10032");
        }
        if (!Boolean.TRUE.equals(properties.enablePurgeProtection())
                || Boolean.FALSE.equals(properties.enableSoftDelete())) {
            return draft.is(State.BROKEN, "KeyVaultPolicyError");
        }
        if (!Boolean.TRUE.equals(properties.enableRbacAuthorization())) {
            return draft.is(State.BROKEN, "ForbiddenByPolicy");
        }
        if (VaultProvisioningState.REGISTERING_DNS.equals(properties.provisioningState())) {
            return draft.notYet(
                    "RegisteringDns", "Its name is being registered.", eye.now().plus(Duration.ofMinutes(1)));
        }
        if (VaultNetwork.isClosed(properties)) {
            return draft.is(
                    State.UNREACHABLE,
                    VaultNetwork.isPrivate(properties) ? "ForbiddenByConnection" : "ForbiddenByFirewall");
        }
        draft.saw(challenge.evidence());
        // Behind a firewall that lets the services in, what is heard from here tells nothing.
        return challenge.isOfTheTenant() || VaultNetwork.isRestricted(properties)
                ? draft.holds()
                : challenge.judged(draft);
    }

    private static String text(VaultProperties properties) {
        NetworkRuleSet rules = properties.networkAcls();
        return "enablePurgeProtection is " + properties.enablePurgeProtection() + ", enableRbacAuthorization is "
                + properties.enableRbacAuthorization() + ", publicNetworkAccess is " + properties.publicNetworkAccess()
                + (rules == null ? "" : ", networkAcls " + rules.defaultAction() + " with bypass " + rules.bypass())
                + ", tenantId is " + properties.tenantId();
    }
}

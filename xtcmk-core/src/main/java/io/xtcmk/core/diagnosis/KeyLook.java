package io.xtcmk.core.diagnosis;

import com.azure.resourcemanager.keyvault.fluent.models.KeyInner;
import io.xtcmk.core.azure.Answered;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.core.steps.KeyFitness;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The key, as Resource Manager tells it to its owner: what is to be used, and what a resource uses. */
final class KeyLook {
    private final Azure azure;
    private final Eye eye;
    private final AuthorizedKey key;
    private final List<SeenVersion> seen = new ArrayList<>();

    KeyLook(Azure azure, Eye eye, AuthorizedKey key) {
        this.azure = azure;
        this.eye = eye;
        this.key = key;
    }

    /** The versions that were seen: the one to use, and then the one that a resource uses, if that is another. */
    List<SeenVersion> seen() {
        return seen;
    }

    DiagnosedLink link(VaultLook vault, Optional<KeyIdentifier> inForce) {
        Draft draft = Draft.customers(
                Kind.KEY, eye.tenantId(), inForce.orElse(key.key()).toString());
        if (key.key().isManagedHsm()) {
            return draft.unseen(
                    "Resource Manager does not show the keys of a managed HSM.",
                    Actor.CUSTOMER,
                    "See az keyvault key show for the key.");
        }
        if (!vault.isThere() || vault.id().isEmpty()) {
            return eye.restsOn(draft, "key vault");
        }
        Optional<String> version = Optional.ofNullable(key.key().version());
        Optional<DiagnosedLink> asked =
                look(draft, vault.id().get(), version, fitness -> KeyVerdict.toUse(draft, fitness, eye.now()));
        if (asked.isPresent()) {
            return asked.get();
        }
        Optional<String> used = inForce.map(KeyIdentifier::version)
                .filter(v ->
                        seen.stream().noneMatch(known -> v.equals(known.id().version())));
        return used.flatMap(v ->
                        look(draft, vault.id().get(), Optional.of(v), fitness -> KeyVerdict.toUnwrap(draft, fitness)))
                .orElseGet(draft::holds);
    }

    /** What stands against a version, or the newest one; empty if nothing does. */
    private Optional<DiagnosedLink> look(
            Draft draft,
            ResourceId vault,
            Optional<String> version,
            Function<KeyFitness, Optional<DiagnosedLink>> verdict) {
        String name = key.key().keyName();
        Sight<Optional<KeyInner>> sight = eye.look(() -> version.isPresent()
                ? azure.vaults().findKeyVersion(vault.resourceGroup(), vault.name(), name, version.get())
                : azure.vaults().findKey(vault.resourceGroup(), vault.name(), name));
        if (sight.failure().isPresent()) {
            return Optional.of(draft.saw(sight, "-")
                    .failed(sight.failure().get(), Optional.of(LeastPrivilege.reader(vault.toString()))));
        }
        Optional<KeyInner> found = sight.value().flatMap(k -> k);
        if (found.isEmpty()) {
            return Optional.of(draft.saw(sight, "it is not there").is(State.REVOKED, "KeyNotFound"));
        }
        KeyIdentifier id = Answered.key(found.get().keyUriWithVersion());
        KeyFitness fitness = KeyFitness.of(found.get());
        seen.add(new SeenVersion(id, fitness.expires()));
        draft.saw(sight, "version " + id.version() + ": " + fitness);
        return verdict.apply(fitness);
    }
}

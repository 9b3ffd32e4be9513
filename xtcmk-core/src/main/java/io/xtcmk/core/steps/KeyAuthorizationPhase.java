package io.xtcmk.core.steps;

import io.xtcmk.KeyAuthorization.KeyPlane;
import io.xtcmk.KeyAuthorization.RoleScope;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.services.Place;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.KeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Phase 2: service principal beside vault and key, then the role that joins them. */
public final class KeyAuthorizationPhase {
    private KeyAuthorizationPhase() {}

    /**
     * What is asked for.
     *
     * @param clientId the application
     * @param vault the vault
     * @param retentionDays the vault's soft-delete retention; null for what there is, or the longest
     * @param keyName the key
     * @param spec the key's kind; null for any that is fit
     * @param tag a tag for the key, if one is wanted
     * @param scope on what the role is granted
     * @param plane by which door the key is made and looked at
     * @param recoverDeleted whether to recover a vault or key that is softly deleted
     */
    public record Wanted(
            ClientId clientId,
            Place vault,
            @Nullable Integer retentionDays,
            String keyName,
            @Nullable KeySpec spec,
            Optional<KeyTag> tag,
            RoleScope scope,
            KeyPlane plane,
            boolean recoverDeleted) {}

    public static Phase<AuthorizedKey> of(Azure azure, Wanted wanted, Patience patience) {
        ServicePrincipalStep principal = new ServicePrincipalStep(azure, wanted.clientId(), patience);
        VaultStep vault = new VaultStep(
                azure,
                wanted.vault(),
                wanted.retentionDays(),
                wanted.spec() != null && wanted.spec().hsm(),
                wanted.recoverDeleted(),
                patience);
        KeyStep.Asked asked = new KeyStep.Asked(
                wanted.keyName(), Optional.ofNullable(wanted.spec()), wanted.tag(), wanted.recoverDeleted());
        KeyStep key = wanted.plane() == KeyPlane.CONTROL
                ? new ControlPlaneKeyStep(azure, vault, asked, patience)
                : new DataPlaneKeyStep(azure, vault, asked, patience);
        RoleAssignmentStep role = new RoleAssignmentStep(azure, principal, vault, key, wanted.scope(), patience);
        List<Step<?>> steps = new ArrayList<>();
        steps.add(principal);
        vault.group().ifPresent(steps::add);
        steps.add(vault);
        steps.add(key);
        wanted.tag().ifPresent(tag -> steps.add(new KeyTagStep(azure, vault, key, tag, patience)));
        steps.add(role);
        return new Phase<>(
                steps,
                ledger -> new AuthorizedKey(
                        azure.connection().tenantId(),
                        wanted.clientId(),
                        ledger.value(key),
                        ledger.value(vault).id(),
                        ledger.value(principal),
                        ledger.value(role).id(),
                        ledger.value(role).at(),
                        key.kind().orElse(null),
                        ledger.outcomes()));
    }
}

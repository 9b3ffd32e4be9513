package io.xtcmk.core.steps;

import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.services.Place;
import io.xtcmk.model.FederatedApp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Phase 1: application and managed identity at the same time, then the credential between them. */
public final class FederatedAppPhase {
    private FederatedAppPhase() {}

    /**
     * What is asked for.
     *
     * @param uniqueName the application's unique name
     * @param displayName its display name, or null to leave it to the unique name
     * @param redirectUris where administrators are sent after consent
     * @param identity the managed identity
     * @param credentialName the credential's name
     */
    public record Wanted(
            String uniqueName,
            @Nullable String displayName,
            Set<String> redirectUris,
            Place identity,
            String credentialName) {}

    public static Phase<FederatedApp> of(Azure azure, Wanted wanted, Patience patience) {
        ApplicationStep application =
                new ApplicationStep(azure, wanted.uniqueName(), wanted.displayName(), wanted.redirectUris(), patience);
        ManagedIdentityStep identity = new ManagedIdentityStep(azure, wanted.identity());
        FederatedCredentialStep credential =
                new FederatedCredentialStep(azure, application, identity, wanted.credentialName(), patience);
        List<Step<?>> steps = new ArrayList<>();
        steps.add(application);
        identity.group().ifPresent(steps::add);
        steps.add(identity);
        steps.add(credential);
        return new Phase<>(steps, ledger -> result(azure, wanted, application, identity, credential, ledger));
    }

    private static FederatedApp result(
            Azure azure,
            Wanted wanted,
            ApplicationStep application,
            ManagedIdentityStep identity,
            FederatedCredentialStep credential,
            Ledger ledger) {
        return new FederatedApp(
                azure.connection().tenantId(),
                wanted.uniqueName(),
                ledger.value(application).objectId(),
                ledger.value(application).clientId(),
                ledger.value(identity),
                ledger.value(credential),
                trustedSince(azure.time().now(), application, credential, ledger),
                ledger.outcomes());
    }

    /**
     * When the credential was made: now; or, where a run before this one did not come to its end, not before the application
     * was.
     */
    private static @Nullable Instant trustedSince(
            Instant now, ApplicationStep application, FederatedCredentialStep credential, Ledger ledger) {
        if (ledger.isFresh(credential)) {
            return now;
        }
        Instant created = ledger.value(application).createdAt();
        return created != null && Patience.mayBeOnItsWay(created, now) ? created : null;
    }
}

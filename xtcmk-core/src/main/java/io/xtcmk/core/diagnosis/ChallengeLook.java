package io.xtcmk.core.diagnosis;

import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.Evidence;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.TenantId;
import java.util.List;
import java.util.Optional;

/** What the vault tells anybody: to which tenant it belongs. */
final class ChallengeLook {
    private final Sight<TenantId> sight;
    private final TenantId expected;

    ChallengeLook(Azure azure, Eye eye, AuthorizedKey key) {
        this.sight = eye.look(() -> azure.vaultTenants().of(key.key()));
        this.expected = key.tenantId();
    }

    boolean isOfTheTenant() {
        return sight.value().filter(expected::equals).isPresent();
    }

    boolean isOfAnotherTenant() {
        return sight.value().filter(tenant -> !tenant.equals(expected)).isPresent();
    }

    List<Evidence> evidence() {
        return List.of(sight.evidence("it is a vault of tenant " + sight.value().orElse(expected)));
    }

    /** The link where nothing else is known of it: that it answers is not enough to say that it is fit. */
    DiagnosedLink only(Draft draft) {
        draft.saw(evidence());
        return isOfTheTenant()
                ? draft.unseen(
                        "It answers, and is of the customer's tenant. Whether it is protected, and lets the services in,"
                                + " only its owner can see.",
                        Actor.CUSTOMER,
                        "Have the customer verify, or give a connection to the customer's tenant.")
                : judged(draft);
    }

    /** The link where it is not as it should be. */
    DiagnosedLink judged(Draft draft) {
        Optional<AzureFailure> failure = sight.failure();
        return failure.map(f -> draft.failed(f, Optional.empty())).orElseGet(() -> draft.is(State.BROKEN, "AKV10032"));
    }
}

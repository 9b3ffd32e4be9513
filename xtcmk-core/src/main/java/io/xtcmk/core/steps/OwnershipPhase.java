package io.xtcmk.core.steps;

import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.OwnershipTag;
import io.xtcmk.model.ProvenKey;
import java.util.List;

/** The proof that a key is a customer's: the vault's tenant, then the tag. */
public final class OwnershipPhase {
    private OwnershipPhase() {}

    /**
     * The phase.
     *
     * @param provider the provider's tenant
     * @param application the application in the customer's tenant
     * @param key the key
     * @param tag the tag that was issued for the customer
     * @param patience how long a fresh grant is waited for
     */
    public static Phase<ProvenKey> of(
            Azure provider, Azure application, AuthorizedKey key, OwnershipTag tag, Patience patience) {
        VaultTenantStep tenant = new VaultTenantStep(provider, key, false);
        OwnershipTagStep tagged = new OwnershipTagStep(application, key, tag, tenant, patience.grant(key.grantedAt()));
        return new Phase<>(
                List.of(tenant, tagged),
                ledger -> new ProvenKey(key, tag.reference(), provider.time().now()));
    }
}

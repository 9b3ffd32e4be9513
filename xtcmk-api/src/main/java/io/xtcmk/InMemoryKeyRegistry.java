package io.xtcmk;

import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.TenantId;
import java.util.HashMap;
import java.util.Map;

/** Two tables, one lock. */
final class InMemoryKeyRegistry implements KeyRegistry {
    private final Map<KeyIdentifier, String> holders = new HashMap<>();
    private final Map<String, TenantId> tenants = new HashMap<>();

    @Override
    public synchronized Answer claim(Claim claim) {
        Answer answer = peek(claim);
        if (answer == Answer.GRANTED) {
            holders.put(claim.key(), claim.reference());
            tenants.put(claim.reference(), claim.tenantId());
        }
        return answer;
    }

    @Override
    public synchronized Answer peek(Claim claim) {
        if (!holders.getOrDefault(claim.key(), claim.reference()).equals(claim.reference())) {
            return Answer.HELD_BY_ANOTHER;
        }
        return tenants.getOrDefault(claim.reference(), claim.tenantId()).equals(claim.tenantId())
                ? Answer.GRANTED
                : Answer.OTHER_TENANT;
    }

    @Override
    public synchronized void release(String reference) {
        tenants.remove(reference);
        holders.values().removeIf(reference::equals);
    }
}

package io.xtcmk.core.steps;

import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.model.Difference;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.KeySpec;
import io.xtcmk.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The key, by either door. One that is there is checked to be fit, and never changed. */
abstract class KeyStep implements Step<KeyIdentifier> {
    final Azure azure;
    final VaultStep vault;
    final String keyName;
    /** The kind of a key to be made. */
    final KeySpec spec;
    /** The tag that a key to be made gets, by its name; perhaps none. */
    final Map<String, String> tags;

    private final boolean asked;

    KeyStep(Azure azure, VaultStep vault, String keyName, @Nullable KeySpec spec, Optional<KeyTag> tag) {
        this.azure = azure;
        this.vault = vault;
        this.keyName = keyName;
        this.spec = spec == null ? KeySpec.rsa(3072) : spec;
        this.tags = tag.map(t -> Map.of(t.name(), t.value())).orElse(Map.of());
        this.asked = spec != null;
    }

    /** Looks at the newest version's tags. */
    abstract Optional<KeyTag.Tagged> tags(VaultStep.Vault where);

    @Override
    public final String name() {
        return "key";
    }

    @Override
    public final TenantId tenantId() {
        return azure.connection().tenantId();
    }

    @Override
    public final boolean isCustomers() {
        return true;
    }

    @Override
    public final String resource() {
        return vault.resource() + "/keys/" + keyName;
    }

    @Override
    public final List<Step<?>> needs() {
        return List.of(vault);
    }

    @Override
    public final String conflictFix() {
        return "Name another key, or make a new version of this one that is RSA, enabled, valid now and not expired, with the"
                + " operations wrapKey and unwrapKey; without a kind, any RSA key will do.";
    }

    final KeyIdentifier keyIn(VaultStep.Vault where) {
        return KeyIdentifier.of(where.url(), keyName);
    }

    final State<KeyIdentifier> compare(VaultStep.Vault where, KeyFitness fitness) {
        List<Difference> conflicts =
                new ArrayList<>(fitness.conflicts(azure.time().now()));
        if (asked && conflicts.isEmpty()) {
            conflicts.addAll(fitness.otherThan(spec));
        }
        return State.conflicts(keyIn(where), conflicts);
    }
}

package io.xtcmk.core;

import com.azure.core.credential.TokenCredential;
import io.xtcmk.KeyOwnership;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.steps.OwnershipPhase;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.IdentityClientId;
import io.xtcmk.model.OwnershipTag;
import io.xtcmk.model.ProvenKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The proof that a key is a customer's. */
final class CoreKeyOwnership extends BaseDefinition<KeyOwnership> implements KeyOwnership {
    private final AuthorizedKey key;
    private @Nullable OwnershipTag tag;
    private @Nullable TokenCredential managedIdentity;

    CoreKeyOwnership(Azure azure, AuthorizedKey key) {
        super(azure);
        this.key = key;
    }

    @Override
    KeyOwnership self() {
        return this;
    }

    @Override
    public KeyOwnership tag(OwnershipTag value) {
        OwnershipTag given = Names.notNull("tag", value);
        if (!given.tenantId().equals(key.tenantId())) {
            throw new InvalidInputException(
                    "tag",
                    "was issued for tenant " + given.tenantId(),
                    "use a tag that was issued for the key's tenant, " + key.tenantId());
        }
        this.tag = given;
        return this;
    }

    @Override
    public KeyOwnership managedIdentity(TokenCredential credential) {
        this.managedIdentity = Names.notNull("managedIdentity", credential);
        return this;
    }

    @Override
    public KeyOwnership managedIdentity(IdentityClientId identity) {
        this.managedIdentity = azure.managedIdentityHere(Names.notNull("managedIdentity", identity));
        return this;
    }

    @Override
    Phase<ProvenKey> planned() {
        complete("a proof of ownership", "tag", tag, "managedIdentity", managedIdentity);
        // Only the vaults of the customer's tenant are asked, so the provider's subscription does no harm.
        Azure application =
                azure.asApplication(key.clientId(), key.tenantId(), Objects.requireNonNull(managedIdentity));
        return OwnershipPhase.of(azure, application, key, Objects.requireNonNull(tag), patience());
    }

    @Override
    public ProvenKey prove() {
        return run("prove", planned());
    }

    @Override
    public Mono<ProvenKey> proveAsync() {
        return runAsync("prove", this::planned);
    }
}

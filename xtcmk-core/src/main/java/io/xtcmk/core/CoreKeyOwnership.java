package io.xtcmk.core;

import com.azure.core.credential.TokenCredential;
import io.xtcmk.KeyOwnership;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.steps.OwnershipPhase;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.AuthorizedKey;
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
    Phase<ProvenKey> planned() {
        complete("a proof of ownership", "tag", tag, "managedIdentity", managedIdentity);
        Azure application = new Azure(inCustomersTenant(Objects.requireNonNull(managedIdentity)));
        return OwnershipPhase.of(azure, application, key, Objects.requireNonNull(tag), patience());
    }

    /** The provider's way of travelling, as the application, into the customer's tenant; only its vaults are asked. */
    private TenantConnection inCustomersTenant(TokenCredential identity) {
        TenantConnection own = connection();
        FederatedAppCredentials credential = new FederatedAppCredentials();
        credential
                .clientId(key.clientId())
                .tenantId(key.tenantId())
                .managedIdentity(identity)
                .environment(own.environment())
                .clientOptions(own.clientOptions());
        TenantConnection.Builder builder = TenantConnection.builder()
                .tenantId(key.tenantId())
                .subscriptionId(own.subscriptionId())
                .environment(own.environment())
                .clientOptions(own.clientOptions())
                .httpLogOptions(own.httpLogOptions())
                .timeSource(own.timeSource());
        own.policies().forEach(builder::addPolicy);
        own.httpClient().ifPresent(client -> {
            credential.httpClient(client);
            builder.httpClient(client);
        });
        return builder.credential(credential.build()).build();
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

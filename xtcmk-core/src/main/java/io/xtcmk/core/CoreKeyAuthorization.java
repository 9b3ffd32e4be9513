package io.xtcmk.core;

import com.azure.core.management.Region;
import io.xtcmk.KeyAuthorization;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.services.Place;
import io.xtcmk.core.steps.KeyAuthorizationPhase;
import io.xtcmk.core.steps.KeyTag;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.KeySpec;
import io.xtcmk.model.OwnershipTag;
import io.xtcmk.model.ResourceId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Phase 2. */
final class CoreKeyAuthorization extends BaseDefinition<KeyAuthorization> implements KeyAuthorization {
    private static final String VAULT_TYPE = "Microsoft.KeyVault/vaults";

    private final ClientId clientId;
    private @Nullable Place vault;
    private @Nullable String keyName;
    private @Nullable KeySpec spec;
    private @Nullable Integer retentionDays;
    private @Nullable KeyTag tag;
    private RoleScope scope = RoleScope.KEY;
    private KeyPlane plane = KeyPlane.CONTROL;
    private boolean recoverDeleted;

    CoreKeyAuthorization(Azure azure, ClientId clientId) {
        super(azure);
        this.clientId = clientId;
    }

    @Override
    KeyAuthorization self() {
        return this;
    }

    @Override
    public KeyAuthorization keyVault(String resourceGroup, String vaultName, Region region) {
        ResourceId id = ResourceId.of(
                connection().subscriptionId(), Names.resourceGroup(resourceGroup), VAULT_TYPE, Names.vault(vaultName));
        this.vault = new Place(id, Names.notNull("region", region));
        return this;
    }

    @Override
    public KeyAuthorization keyVault(ResourceId id) {
        ResourceId given = own("keyVault", VAULT_TYPE, id);
        Names.resourceGroup(given.resourceGroup());
        Names.vault(given.name());
        this.vault = new Place(given, null);
        return this;
    }

    @Override
    public KeyAuthorization softDeleteRetention(int days) {
        if (days < 7 || days > 90) {
            throw new InvalidInputException("days", "is " + days, "use 7 to 90");
        }
        this.retentionDays = days;
        return this;
    }

    @Override
    public KeyAuthorization key(String name) {
        this.keyName = Names.key(name);
        this.spec = null;
        return this;
    }

    @Override
    public KeyAuthorization key(String name, KeySpec kind) {
        this.keyName = Names.key(name);
        this.spec = Names.notNull("spec", kind);
        return this;
    }

    @Override
    public KeyAuthorization ownershipTag(String value) {
        if (!OwnershipTag.isValue(Names.notNull("value", value))) {
            throw new InvalidInputException(
                    "value", "\"" + Names.shown(value) + "\" is not a tag's value", "give what the provider gave");
        }
        this.tag = new KeyTag(OwnershipTag.name(clientId), value);
        return this;
    }

    @Override
    public KeyAuthorization roleScope(RoleScope value) {
        this.scope = Names.notNull("scope", value);
        return this;
    }

    @Override
    public KeyAuthorization keyPlane(KeyPlane value) {
        this.plane = Names.notNull("plane", value);
        return this;
    }

    @Override
    public KeyAuthorization recoverDeleted() {
        this.recoverDeleted = true;
        return this;
    }

    @Override
    Phase<AuthorizedKey> planned() {
        complete("a key authorization", "keyVault", vault, "key", keyName);
        return KeyAuthorizationPhase.of(
                azure,
                new KeyAuthorizationPhase.Wanted(
                        clientId,
                        Objects.requireNonNull(vault),
                        retentionDays,
                        Objects.requireNonNull(keyName),
                        spec,
                        Optional.ofNullable(tag),
                        scope,
                        plane,
                        recoverDeleted),
                patience());
    }

    @Override
    public AuthorizedKey authorize() {
        return run("authorize", planned());
    }

    @Override
    public Mono<AuthorizedKey> authorizeAsync() {
        return runAsync("authorize", this::planned);
    }
}

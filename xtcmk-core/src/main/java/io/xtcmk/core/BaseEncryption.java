package io.xtcmk.core;

import com.azure.core.management.Region;
import io.xtcmk.KeyRegistry;
import io.xtcmk.MicrosoftKeyEncryption;
import io.xtcmk.ResourceEncryption;
import io.xtcmk.ResourceHealing;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.services.Blueprint;
import io.xtcmk.core.services.CustomerKeySetting;
import io.xtcmk.core.services.EncryptedService;
import io.xtcmk.core.services.Place;
import io.xtcmk.core.steps.EncryptionPhases;
import io.xtcmk.core.steps.EncryptionPhases.Claimant;
import io.xtcmk.core.steps.EncryptionPhases.Wanted;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ResourceId;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Phase 3, whatever the service. */
abstract class BaseEncryption<D extends ResourceEncryption<D>> extends BaseDefinition<D>
        implements ResourceEncryption<D> {
    final ResourceId id;
    private @Nullable FederatedApp app;
    private @Nullable AuthorizedKey key;
    private @Nullable String pinnedVersion;
    private @Nullable Claimant claim;
    private boolean acceptUnreachableVault;
    private @Nullable Region region;

    BaseEncryption(Azure azure, ResourceId id) {
        super(azure);
        this.id = id;
    }

    /** What is asked of the resource beside its key; checked against the key. */
    abstract Blueprint<?> blueprint(CustomerKeySetting setting);

    /** The resource's service. */
    abstract EncryptedService<?> service();

    @Override
    public final D federatedApp(FederatedApp value) {
        FederatedApp given = Names.notNull("federatedApp", value);
        if (!given.tenantId().equals(connection().tenantId())) {
            throw new InvalidInputException(
                    "federatedApp",
                    "is of tenant " + given.tenantId(),
                    "use the provider's own application; this connection is to tenant "
                            + connection().tenantId());
        }
        this.app = given;
        return self();
    }

    @Override
    public final D withCustomerKey(AuthorizedKey value) {
        AuthorizedKey given = Names.notNull("key", value);
        Keys.checkCloud(azure, given.key());
        this.key = given;
        return self();
    }

    @Override
    public final D pinKeyVersion(String version) {
        this.pinnedVersion = Keys.version(version);
        return self();
    }

    @Override
    public final D claimFor(String reference, KeyRegistry registry) {
        this.claim = new Claimant(Names.reference(reference), Names.notNull("registry", registry));
        return self();
    }

    @Override
    public final D acceptUnreachableVault() {
        this.acceptUnreachableVault = true;
        return self();
    }

    @Override
    public final D region(Region value) {
        this.region = Names.notNull("region", value);
        return self();
    }

    private Phase<EncryptedResource> phase(boolean create) {
        complete("an encryption with a customer's key", "federatedApp", app, "withCustomerKey", key);
        FederatedApp by = Objects.requireNonNull(app);
        AuthorizedKey with = Objects.requireNonNull(key);
        if (!with.clientId().equals(by.clientId())) {
            throw new InvalidInputException(
                    "key",
                    "is authorized for application " + with.clientId(),
                    "use a key that is authorized for the federated application, " + by.clientId());
        }
        checkKind(with);
        KeyIdentifier used =
                pinnedVersion == null ? with.key().versionless() : with.key().withVersion(pinnedVersion);
        Place place = new Place(id, region == null ? by.identity().region() : region);
        CustomerKeySetting setting = new CustomerKeySetting(used, by.identity().id(), by.clientId());
        return EncryptionPhases.encryption(
                azure,
                new Wanted(place, with, setting, Optional.ofNullable(claim), acceptUnreachableVault, create),
                blueprint(setting),
                patience(),
                by.trustedSince());
    }

    private void checkKind(AuthorizedKey with) {
        Set<Integer> sizes = new TreeSet<>(service().keySizes());
        with.knownSpec().filter(kind -> !sizes.contains(kind.bits())).ifPresent(kind -> {
            throw new InvalidInputException(
                    "key",
                    "is " + kind + ", which " + service().label() + " does not take",
                    "have the customer authorize an RSA key of "
                            + sizes.stream().map(String::valueOf).collect(Collectors.joining(" or ")) + " bits");
        });
    }

    /** Steps to create: the same looks as to update, and the resource group's too. */
    @Override
    final Phase<EncryptedResource> planned() {
        return phase(true);
    }

    /** What else a resource needs to be made. */
    void checkComplete() {}

    private Phase<EncryptedResource> creation() {
        Phase<EncryptedResource> phase = phase(true);
        checkComplete();
        return phase;
    }

    @Override
    public final EncryptedResource create() {
        return run("create", creation());
    }

    @Override
    public final Mono<EncryptedResource> createAsync() {
        return runAsync("create", this::creation);
    }

    @Override
    public final EncryptedResource update() {
        return run("update", phase(false));
    }

    @Override
    public final Mono<EncryptedResource> updateAsync() {
        return runAsync("update", () -> phase(false));
    }

    @Override
    public final MicrosoftKeyEncryption withMicrosoftKeys() {
        return new CoreMicrosoftKeyEncryption(azure, service(), id);
    }

    @Override
    public final ResourceHealing healing() {
        return new CoreResourceHealing(azure, service(), id);
    }
}

package io.xtcmk.core;

import com.azure.core.management.Region;
import io.xtcmk.FederatedAppDefinition;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.services.Place;
import io.xtcmk.core.steps.FederatedAppPhase;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.ResourceId;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Phase 1. */
final class CoreFederatedAppDefinition extends BaseDefinition<FederatedAppDefinition>
        implements FederatedAppDefinition {
    private static final String IDENTITY_TYPE = "Microsoft.ManagedIdentity/userAssignedIdentities";

    private final String uniqueName;
    private final Set<String> redirectUris = new LinkedHashSet<>();
    private @Nullable String displayName;
    private @Nullable Place identity;
    private @Nullable String credentialName;

    CoreFederatedAppDefinition(Azure azure, String uniqueName) {
        super(azure);
        this.uniqueName = uniqueName;
    }

    @Override
    FederatedAppDefinition self() {
        return this;
    }

    @Override
    public FederatedAppDefinition displayName(String name) {
        this.displayName = Names.displayName(name);
        return this;
    }

    @Override
    public FederatedAppDefinition redirectUri(URI uri) {
        redirectUris.add(Names.redirectUri(uri));
        return this;
    }

    @Override
    public FederatedAppDefinition managedIdentity(String resourceGroup, String name, Region region) {
        ResourceId id = ResourceId.of(
                connection().subscriptionId(), Names.resourceGroup(resourceGroup), IDENTITY_TYPE, Names.identity(name));
        this.identity = new Place(id, Names.notNull("region", region));
        return this;
    }

    @Override
    public FederatedAppDefinition managedIdentity(ResourceId id) {
        ResourceId given = own("managedIdentity", IDENTITY_TYPE, id);
        Names.resourceGroup(given.resourceGroup());
        Names.identity(given.name());
        this.identity = new Place(given, null);
        return this;
    }

    @Override
    public FederatedAppDefinition credentialName(String name) {
        this.credentialName = Names.credential(name);
        return this;
    }

    @Override
    Phase<FederatedApp> planned() {
        complete("a federated application", "managedIdentity", identity);
        Place place = Objects.requireNonNull(identity);
        String credential = credentialName == null ? defaultName(place) : credentialName;
        return FederatedAppPhase.of(
                azure,
                new FederatedAppPhase.Wanted(uniqueName, displayName, Set.copyOf(redirectUris), place, credential),
                patience());
    }

    /** The identity's name, which may be eight characters longer than a credential's. */
    private static String defaultName(Place identity) {
        String name = identity.id().name();
        return name.length() <= 120 ? name : name.substring(0, 120);
    }

    @Override
    public FederatedApp createFederatedApp() {
        return run("createFederatedApp", planned());
    }

    @Override
    public Mono<FederatedApp> createFederatedAppAsync() {
        return runAsync("createFederatedApp", this::planned);
    }
}

package io.xtcmk.core.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpPipeline;
import com.azure.core.management.profile.AzureProfile;
import io.xtcmk.TenantConnection;
import io.xtcmk.TimeSource;
import io.xtcmk.core.engine.Retry;
import io.xtcmk.core.engine.Telemetry;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.IdentityClientId;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.TenantId;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** Everything that can be asked of one tenant. Cheap to make: clients are built when they are first needed. */
public final class Azure {
    private final TenantConnection connection;
    private final Clouds cloud;
    private final Failures failures;
    private final Retry retry;
    private final Pipelines pipelines;
    private final Lazy<Telemetry> telemetry;
    private final Lazy<Arm> arm = new Lazy<>(this::connectArm);
    private final Lazy<GraphDirectory> graph = new Lazy<>(this::connectGraph);
    private final Lazy<ResourceGroups> resourceGroups = new Lazy<>(() -> new ResourceGroups(arm()));
    private final Lazy<ManagedIdentities> managedIdentities = new Lazy<>(() -> new ManagedIdentities(arm()));
    private final Lazy<Vaults> vaults = new Lazy<>(() -> new Vaults(arm()));
    private final Lazy<Roles> roles = new Lazy<>(() -> new Roles(arm()));
    private final ConcurrentMap<Class<?>, Object> clients = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, VaultKeys> vaultKeys = new ConcurrentHashMap<>();

    public Azure(TenantConnection connection) {
        this.connection = connection;
        this.cloud = Clouds.of(connection.environment());
        this.failures = new Failures(connection.timeSource());
        this.retry = new Retry(connection.timeSource());
        this.telemetry = new Lazy<>(() -> new Telemetry(connection.clientOptions()));
        this.pipelines = new Pipelines(connection, failures);
    }

    public TenantConnection connection() {
        return connection;
    }

    public Clouds cloud() {
        return cloud;
    }

    public Retry retry() {
        return retry;
    }

    public TimeSource time() {
        return connection.timeSource();
    }

    public Telemetry telemetry() {
        return telemetry.get();
    }

    public GraphDirectory graph() {
        return graph.get();
    }

    public ResourceGroups resourceGroups() {
        return resourceGroups.get();
    }

    public ManagedIdentities managedIdentities() {
        return managedIdentities.get();
    }

    public Vaults vaults() {
        return vaults.get();
    }

    public Roles roles() {
        return roles.get();
    }

    /**
     * A service's own client of Resource Manager, made when it is first asked for.
     *
     * @param type the client's class
     * @param maker makes it
     */
    public <C> C client(Class<C> type, Function<Arm, C> maker) {
        return type.cast(clients.computeIfAbsent(type, first -> maker.apply(arm())));
    }

    public VaultTenants vaultTenants() {
        return pipelines.vaultTenants();
    }

    /** The keys of a vault or managed HSM. */
    public VaultKeys vaultKeys(String vaultUrl) {
        String host = URI.create(vaultUrl).getHost().toLowerCase(Locale.ROOT);
        return vaultKeys.computeIfAbsent(
                host, h -> new VaultKeys("https://" + h + "/", pipelines.pipeline(cloud.keys(h)), failures));
    }

    /**
     * An application in a customer's tenant, as which a managed identity goes there.
     *
     * @param clientId the application
     * @param tenantId the customer's tenant
     * @param identity the managed identity's credential
     */
    public Azure asApplication(ClientId clientId, TenantId tenantId, TokenCredential identity) {
        TenantConnection.Builder builder = TenantConnection.builder()
                .tenantId(tenantId)
                .subscriptionId(connection.subscriptionId())
                .credential(new ApplicationCredential(
                        new TokenService(pipelines.secret(), cloud.authority(), failures),
                        cloud,
                        failures,
                        clientId,
                        tenantId,
                        identity))
                .environment(connection.environment())
                .clientOptions(connection.clientOptions())
                .httpLogOptions(connection.httpLogOptions())
                .timeSource(connection.timeSource());
        connection.httpClient().ifPresent(builder::httpClient);
        connection.executor().ifPresent(builder::executor);
        connection.policies().forEach(builder::addPolicy);
        return new Azure(builder.build());
    }

    /** The managed identity that is available where the program runs. */
    public TokenCredential managedIdentityHere(IdentityClientId clientId) {
        return new IdentityHere(pipelines.secret(), cloud, failures, clientId);
    }

    /** Asks for the token with which keys are got and used: true, or the refusal. */
    public boolean signInForKeys(KeyIdentifier key) {
        pipelines.signIn(cloud.keys(key.vaultHost()));
        return true;
    }

    private Arm arm() {
        return arm.get();
    }

    private Arm connectArm() {
        HttpPipeline pipeline = pipelines.pipeline(cloud.arm());
        AzureProfile profile = new AzureProfile(
                connection.tenantId().toString(), connection.subscriptionId().toString(), cloud.environment());
        return new Arm(pipeline, profile, failures, new LongRunning(pipeline, cloud.arm(), failures, retry));
    }

    private GraphDirectory connectGraph() {
        return new GraphDirectory(pipelines.pipeline(cloud.graph()), cloud.graphUrl(), failures);
    }
}

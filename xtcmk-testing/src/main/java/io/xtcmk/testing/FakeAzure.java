package io.xtcmk.testing;

import com.azure.core.http.HttpClient;
import com.azure.core.management.AzureEnvironment;
import io.xtcmk.testing.arm.ArmRoutes;
import io.xtcmk.testing.arm.ArmService;
import io.xtcmk.testing.arm.DeletedVaultRoutes;
import io.xtcmk.testing.arm.ManagementLocks;
import io.xtcmk.testing.arm.ResourceGroups;
import io.xtcmk.testing.arm.RoleAssignments;
import io.xtcmk.testing.arm.RoleDefinitions;
import io.xtcmk.testing.arm.Subscriptions;
import io.xtcmk.testing.arm.UserAssignedIdentities;
import io.xtcmk.testing.arm.VaultKeyRoutes;
import io.xtcmk.testing.arm.VaultRoutes;
import io.xtcmk.testing.cmk.CustomerKeys;
import io.xtcmk.testing.entra.EntraService;
import io.xtcmk.testing.graph.GraphService;
import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Dispatcher;
import io.xtcmk.testing.http.Errands;
import io.xtcmk.testing.http.FakeHttpClient;
import io.xtcmk.testing.http.Operations;
import io.xtcmk.testing.http.Service;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.imds.ImdsService;
import io.xtcmk.testing.imds.Workload;
import io.xtcmk.testing.keyvault.KeyVaultService;
import io.xtcmk.testing.served.Pace;
import io.xtcmk.testing.sql.SqlServers;
import io.xtcmk.testing.storage.BlobService;
import io.xtcmk.testing.storage.StorageAccounts;
import io.xtcmk.testing.storage.StoredBlobs;
import io.xtcmk.testing.world.Settings;
import io.xtcmk.testing.world.Table;
import io.xtcmk.testing.world.World;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A whole Azure in memory, as far as cross-tenant customer-managed keys need it: Entra, Microsoft Graph, Azure Resource
 * Manager, Key Vault, Storage, SQL and managed identities, with any number of tenants. It refuses for Azure's reasons,
 * encrypts with real keys, and never sends a byte anywhere.
 *
 * <pre>{@code
 * FakeAzure azure = FakeAzure.create();
 * TenantConnection contoso = azure.tenant("contoso").connection();
 * }</pre>
 *
 * <p>Safe to use from several threads. Needs no closing.
 */
public final class FakeAzure {
    /** Any instant would do; it must only be the same in every run. */
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private static final long SEED = 1;

    private final FakeClock clock;
    private final World world;
    private final Tokens tokens;
    private final Operations operations;
    private final Dispatcher dispatcher;
    private final Errands errands;
    private volatile HttpClient httpClient;

    private FakeAzure(Instant start) {
        clock = new FakeClock(start);
        world = new World(clock, SEED);
        tokens = new Tokens(world);
        operations = new Operations(world);
        dispatcher = new Dispatcher(world, services());
        errands = new Errands(clock.proxies());
        httpClient = new FakeHttpClient(dispatcher);
        clock.queuesAt(world::isAwaitedBy);
    }

    /**
     * An empty Azure: no tenants, the clock at the same instant in every run.
     *
     * @return a new fake
     */
    public static FakeAzure create() {
        return at(EPOCH);
    }

    static FakeAzure at(Instant start) {
        return new FakeAzure(start);
    }

    /**
     * An empty Azure for clients outside this JVM, behind a proxy on loopback. It stands at the machine's time, and its
     * long-running operations are over when a client first asks about them.
     *
     * @return the server, with its {@link FakeAzureServer#azure() Azure}; to be closed
     * @throws IllegalStateException if {@code xtcmk-testing-server} is not on the class or module path
     */
    public static FakeAzureServer start() {
        return FakeAzureServer.start(0, Duration.ZERO, FakeAzureServer.LOG);
    }

    /**
     * Lets clients outside this JVM, in any language, reach this Azure by a proxy on loopback. From now on its clock goes
     * on with the machine's, beside what tests do to it.
     *
     * @return the server, on a port that was free; to be closed
     * @throws IllegalStateException if {@code xtcmk-testing-server} is not on the class or module path
     */
    public FakeAzureServer serve() {
        return new FakeAzureServer(this, Pace.machines(clock), 0, Duration.ZERO, FakeAzureServer.LOG);
    }

    /**
     * Serves this Azure on loopback to clients of this JVM, and leaves its clock as it is: time passes as tests and
     * {@link FakeAzureServer#onClock clients on the clock} wait on it, and not by itself.
     *
     * @return the server, on a port that was free; to be closed
     */
    public FakeAzureServer serveOnItsClock() {
        return new FakeAzureServer(this, Pace.clocks(clock), 0, Duration.ZERO, FakeAzureServer.LOG);
    }

    private List<Service> services() {
        CustomerKeys customerKeys = new CustomerKeys(world, tokens, this::internal);
        return List.of(
                new EntraService(world, tokens),
                new GraphService(world, tokens),
                new ImdsService(world, tokens),
                new ArmService(world, tokens, operations, providers(customerKeys)),
                new KeyVaultService(world, tokens, operations),
                new BlobService(world, tokens, operations, customerKeys));
    }

    private List<ArmRoutes> providers(CustomerKeys customerKeys) {
        return List.of(
                new Subscriptions(world),
                new ResourceGroups(operations),
                new UserAssignedIdentities(world),
                new RoleDefinitions(),
                new RoleAssignments(world),
                new ManagementLocks(world),
                new VaultRoutes(world),
                new VaultKeyRoutes(world),
                new DeletedVaultRoutes(world, operations),
                new StorageAccounts(world, operations, customerKeys),
                new SqlServers(world, operations, customerKeys));
    }

    /** The dispatcher comes after its services, of which some call others through it. */
    private Answer internal(String method, URI url, Map<String, String> headers, byte[] body) {
        return dispatcher.internal(method, url, headers, body);
    }

    /**
     * A tenant of the public cloud, made at first asking, with one subscription and one administrator.
     *
     * @param name a short name such as {@code contoso}; the same name is the same tenant
     * @return the tenant
     */
    public FakeTenant tenant(String name) {
        return tenant(name, AzureEnvironment.AZURE);
    }

    /**
     * A tenant of a cloud, made at first asking, with one subscription and one administrator.
     *
     * @param name a short name such as {@code contoso}; the same name is the same tenant
     * @param cloud the cloud, as one of azure-core-management's environments; counts at the first asking
     * @return the tenant
     */
    public FakeTenant tenant(String name, AzureEnvironment cloud) {
        return world.locked(() -> {
            Table<FakeTenant> tenants = world.table(FakeTenant.class);
            Optional<FakeTenant> known = tenants.find(name);
            FakeTenant tenant = known.orElseGet(() -> new FakeTenant(this, name, cloud));
            tenants.put(name, tenant);
            return tenant;
        });
    }

    /**
     * The clock on which everything in this Azure happens.
     *
     * @return the clock
     */
    public FakeClock clock() {
        return clock;
    }

    /**
     * The transport that ends in this Azure, for any client over azure-core.
     *
     * @return the in-process client, or the one that has been put in its place
     */
    public HttpClient httpClient() {
        return httpClient;
    }

    /**
     * Puts another transport in the place of the in-process one, for all connections and credentials that this Azure gives
     * out from now on: one over the sockets of {@link #serveOnItsClock}, or one that does something to requests on their
     * way.
     *
     * @param client the client; it must end in this Azure
     * @return this
     */
    public FakeAzure httpClient(HttpClient client) {
        this.httpClient = client;
        return this;
    }

    Errands errands() {
        return errands;
    }

    /**
     * The calls answered so far, oldest first; of very many the latest ten thousand.
     *
     * @return the calls, secrets masked
     */
    public List<RecordedCall> calls() {
        return dispatcher.calls();
    }

    /**
     * Has a listener hear of every further call, one at a time and in the order of {@link #calls()}. A call returns when the
     * listener has heard of it. The listener may itself call this Azure: what is called while it works, by whatever thread,
     * does not wait for it, and it hears of that next.
     *
     * @param listener hears
     * @return ends it
     */
    public Runnable onCall(Consumer<RecordedCall> listener) {
        return dispatcher.onCall(listener);
    }

    /** Forgets the calls answered so far. */
    public void clearCalls() {
        dispatcher.clearCalls();
    }

    /**
     * Makes each answer of a route take its time on the clock.
     *
     * @param method GET, PUT, ...
     * @param template the route's path template, as in the table of what is supported
     * @param duration how long
     * @return this
     * @throws IllegalArgumentException if the fake has no such route, or the duration is negative
     */
    public FakeAzure latency(String method, String template, Duration duration) {
        dispatcher.latency(method, template, notNegative(duration));
        return this;
    }

    /**
     * All of this Azure as it is now: tenants, resources, keys, roles, operations under way, the clock's time and how long
     * things take. Not in it: calls, faults and latencies of routes, which are the test's.
     *
     * @return the snapshot; it holds for this Azure only
     */
    public FakeSnapshot snapshot() {
        return world.locked(() -> new FakeSnapshot(
                this,
                world.tables(),
                world.now(),
                world.ids().drawn(),
                world.settings().copy()));
    }

    /**
     * Has all be as it was. What was made since is gone, and what is made next gets the same ids as then. Waits for tasks
     * of the clock's {@linkplain FakeClock#executor() executor} that are about to end.
     *
     * @param snapshot from {@link #snapshot()} of this Azure
     * @throws IllegalArgumentException if it is another Azure's
     * @throws IllegalStateException if somebody works or waits on the clock
     */
    public void restore(FakeSnapshot snapshot) {
        if (snapshot.azure() != this) {
            throw new IllegalArgumentException("snapshot is of another FakeAzure; restore it there");
        }
        clock.awaitRunningTasks();
        world.locked(() -> {
            clock.reset(snapshot.time());
            world.restore(snapshot.tables());
            world.ids().resume(snapshot.idsDrawn());
            world.settings().set(snapshot.settings());
            dispatcher.catchUp();
            return null;
        });
    }

    /**
     * Has something go wrong.
     *
     * @param fault what, where and when
     * @return the fault at work, which tells whether it has struck
     * @throws IllegalArgumentException if the fault is bound to a route that the fake does not have; the message names
     *     those nearest
     */
    public InjectedFault inject(Fault fault) {
        return dispatcher.inject(fault);
    }

    /**
     * The faults that have not struck as often as they should. A test that injects faults and leaves some here has not
     * tested what it meant to.
     *
     * @return the faults, in the order of their injection
     */
    public List<InjectedFault> pendingFaults() {
        return dispatcher.pendingFaults();
    }

    /**
     * Until a new application or service principal is known to the rest of its directory and to other tenants. None by
     * default.
     *
     * @param duration how long
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FakeAzure directoryReplication(Duration duration) {
        return set(duration, (settings, d) -> settings.directoryReplication = d);
    }

    /**
     * Until a new or changed federated identity credential is known to the token endpoint. None by default.
     *
     * @param duration how long
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FakeAzure credentialPropagation(Duration duration) {
        return set(duration, (settings, d) -> settings.credentialPropagation = d);
    }

    /**
     * Until a new role assignment has its effect, and a removed one has it no more. None by default.
     *
     * @param duration how long; Azure documents up to ten minutes
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FakeAzure rolePropagation(Duration duration) {
        return set(duration, (settings, d) -> settings.rolePropagation = d);
    }

    /**
     * Until a new vault's name resolves. Ten seconds by default.
     *
     * @param duration how long
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FakeAzure vaultDns(Duration duration) {
        return set(duration, (settings, d) -> settings.vaultDns = d);
    }

    /**
     * How long a storage account's creation takes. Seventeen seconds by default.
     *
     * @param duration how long
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FakeAzure storageCreation(Duration duration) {
        return set(duration, (settings, d) -> settings.storageCreate = d);
    }

    /**
     * How long a long-running operation on an Azure SQL server takes. Forty seconds by default.
     *
     * @param duration how long
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FakeAzure sqlOperation(Duration duration) {
        return set(duration, (settings, d) -> settings.sqlOperation = d);
    }

    /**
     * How long a resource group's deletion takes. Fifteen seconds by default.
     *
     * @param duration how long
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FakeAzure groupDeletion(Duration duration) {
        return set(duration, (settings, d) -> settings.groupDeletion = d);
    }

    /**
     * How long a storage account goes on with the customer's key once it has unwrapped it, whatever the customer does.
     * Not at all by default; Azure documents no figure.
     *
     * @param duration how long
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FakeAzure storageKeyCache(Duration duration) {
        return set(duration, (settings, d) -> settings.keyCache = d);
    }

    /**
     * How long the databases of an Azure SQL server stay closed when they have lost their key for ten to thirty minutes and
     * it is back. Not at all by default; Azure documents up to an hour.
     *
     * @param duration how long
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FakeAzure sqlSelfHealing(Duration duration) {
        return set(duration, (settings, d) -> settings.sqlSelfHealing = d);
    }

    /**
     * Has all things take their time at once, as they do in Azure: thirty seconds until a directory is replicated and a
     * vault's name resolves, two minutes until a federated identity credential is known, five until a role has its
     * effect (Azure documents up to ten), half an hour until databases open again whose key is back, ten seconds until all
     * who read know that a resource group is gone; and refuses callers who ask too much too fast. Each can be set
     * otherwise afterwards, but for the last.
     *
     * @return this
     */
    public FakeAzure realistic() {
        return directoryReplication(Duration.ofSeconds(30))
                .credentialPropagation(Duration.ofMinutes(2))
                .rolePropagation(Duration.ofMinutes(5))
                .vaultDns(Duration.ofSeconds(30))
                .sqlSelfHealing(Duration.ofMinutes(30))
                .set(Duration.ofSeconds(10), (settings, d) -> settings.groupMemory = d)
                .throttling(true);
    }

    /**
     * Whether callers who ask too much too fast are refused: Resource Manager's token buckets, and the limits of the
     * managed identity and storage providers, Microsoft Graph and Key Vault, in their real sizes. What is used comes back
     * as this Azure's clock goes on. Not so by default; answers always tell what would be left.
     *
     * @param on whether they are refused
     * @return this
     */
    public FakeAzure throttling(boolean on) {
        return world.locked(() -> {
            world.settings().throttling = on;
            return this;
        });
    }

    /**
     * Has lists come in pages of at most so many items, for tests of clients that must follow the links. By default each
     * service has its own largest page: 1000 at Resource Manager, 100 at Microsoft Graph (999 if asked), 25 at Key Vault.
     *
     * @param items how many
     * @return this
     * @throws IllegalArgumentException if there are none
     */
    public FakeAzure largestPage(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("items must be positive, but is " + items);
        }
        return world.locked(() -> {
            world.settings().largestPage = items;
            return this;
        });
    }

    private FakeAzure set(Duration duration, BiConsumer<Settings, Duration> setting) {
        Duration checked = notNegative(duration);
        return world.locked(() -> {
            setting.accept(world.settings(), checked);
            return this;
        });
    }

    static Duration notNegative(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration must not be negative, but is " + duration);
        }
        return duration;
    }

    /**
     * A program that runs in this Azure with user-assigned managed identities.
     *
     * @param identityResourceIds the identities' resource ids
     * @return the program's surroundings
     */
    public FakeWorkload workload(String... identityResourceIds) {
        return world.locked(() -> {
            Workload workload = new Workload(world.ids().hex32(), List.of(identityResourceIds));
            world.table(Workload.class).put(workload.id(), workload);
            return new FakeWorkload(this, workload);
        });
    }

    /**
     * Assigns a user-assigned managed identity to whoever calls over {@link #httpClient()}, for tests of a program that
     * finds its identity at the metadata service.
     *
     * @param identityResourceId the identity's resource id
     * @return this
     */
    public FakeAzure attachIdentity(String identityResourceId) {
        world.locked(() -> {
            List<String> attached = new ArrayList<>(world.table(Workload.class)
                    .find(Workload.ANYONE)
                    .map(Workload::identityIds)
                    .orElse(List.of()));
            attached.removeIf(identityResourceId::equalsIgnoreCase);
            attached.add(identityResourceId);
            world.table(Workload.class).put(Workload.ANYONE, new Workload(Workload.ANYONE, List.copyOf(attached)));
            return null;
        });
        return this;
    }

    /**
     * A blob as it lies on the disk: encrypted, under a key that the customer's key protects.
     *
     * @param account the storage account's name
     * @param container the container's name
     * @param blob the blob's name
     * @return the encrypted bytes, or empty if there is no such blob
     */
    public Optional<byte[]> blobAtRest(String account, String container, String blob) {
        return StoredBlobs.atRest(world, account, container, blob);
    }

    List<Service> supported() {
        return dispatcher.services();
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    World world() {
        return world;
    }

    /** The whole of it, for people: who and what there is, a line each, without secrets. */
    @Override
    public String toString() {
        return world.locked(() -> Description.of(world));
    }

    Tokens tokens() {
        return tokens;
    }

    Operations operations() {
        return operations;
    }
}

package io.xtcmk.testing;

import com.azure.core.http.HttpClient;
import com.azure.core.util.logging.ClientLogger;
import io.xtcmk.testing.imds.Workload;
import io.xtcmk.testing.served.ClientFiles;
import io.xtcmk.testing.served.Pace;
import io.xtcmk.testing.served.ServedWorld;
import io.xtcmk.testing.spi.SocketServer;
import io.xtcmk.testing.spi.SocketServerProvider;
import io.xtcmk.testing.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * A {@link FakeAzure} behind an HTTPS forward proxy on loopback, for clients in any language. A client is told two things:
 * the proxy ({@code HTTPS_PROXY}) and a certificate authority to trust, made at this server's start; it goes on using
 * Azure's real host names. Whatever is not Azure's is refused at once, and nothing is ever sent on.
 *
 * <p>Time passes as on the machine, unless the server is one of {@link FakeAzure#serveOnItsClock}. Listens on loopback
 * only, and has nothing that is worth being stolen: the authority's private key never leaves this JVM's memory.
 */
public final class FakeAzureServer implements AutoCloseable {
    /** Complaints go where the messages of Microsoft's clients go. */
    static final Consumer<String> LOG = new ClientLogger(FakeAzureServer.class)::warning;

    private final FakeAzure azure;
    private final SocketServer server;

    FakeAzureServer(FakeAzure azure, Pace pace, int port, Duration latency, Consumer<String> complaints) {
        this.azure = azure;
        ServedWorld world = new ServedWorld(azure.dispatcher(), azure.errands(), pace, complaints);
        this.server = provider().listen(world, port, latency);
    }

    private static SocketServerProvider provider() {
        return ServiceLoader.load(SocketServerProvider.class, FakeAzureServer.class.getClassLoader())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "the sockets are missing: add io.xtcmk:xtcmk-testing-server beside xtcmk-testing (test scope)"));
    }

    /**
     * Serves an empty Azure that stands at the machine's time, and whose long-running operations are over when a client
     * first polls them.
     *
     * @param port the proxy's port on loopback, or 0 for any that is free
     * @param latency real time that each answer takes at least
     * @param complaints receives what a user of the server should see, a line each, such as requests that it does not play
     * @return the server, with its {@link #azure() Azure}; to be closed
     * @throws IllegalStateException if {@code xtcmk-testing-server} is not on the class or module path
     */
    public static FakeAzureServer start(int port, Duration latency, Consumer<String> complaints) {
        FakeAzure azure = FakeAzure.at(Pace.machineTime())
                .vaultDns(Duration.ZERO)
                .storageCreation(Duration.ZERO)
                .sqlOperation(Duration.ZERO)
                .groupDeletion(Duration.ZERO);
        FakeAzureServer server = new FakeAzureServer(azure, Pace.machines(azure.clock()), port, latency, complaints);
        // What a client says is from now on, such as a secret's validity, must not begin later here.
        Pace.setToMachineTime(azure.clock());
        return server;
    }

    /**
     * The Azure that it serves.
     *
     * @return the fake
     */
    public FakeAzure azure() {
        return azure;
    }

    /**
     * The proxy's port on loopback.
     *
     * @return the port
     */
    public int port() {
        return server.port();
    }

    /**
     * What clients are to have as {@code HTTPS_PROXY}, and as {@code HTTP_PROXY} where they ask the metadata service.
     *
     * @return {@code http://127.0.0.1:port}
     */
    public URI proxy() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /**
     * The certificate authority that clients are to trust.
     *
     * @return its certificate
     */
    public X509Certificate certificate() {
        return server.certificate();
    }

    /**
     * TLS for clients in this JVM, trusting this server's authority and nobody else.
     *
     * @return a new context
     */
    public SSLContext sslContext() {
        return ClientFiles.trusting(certificate());
    }

    /**
     * An HTTP client of this JVM, for tests on the fake's clock: while a thread waits for an answer over its socket, the
     * clock counts the thread as working, or as pausing where the fake pauses. Give it to {@link FakeAzure#httpClient
     * (HttpClient) the fake}, and all that its tenants connect travels over sockets, in as many seconds of the fake's clock
     * as in process.
     *
     * @param client sends by {@link #proxy() this proxy}, trusts {@link #certificate() this authority}, and opens as many
     *     connections as there are requests at once; Vert.x opens five to a host, unless told otherwise
     * @return a client that reads each answer to its end before it returns it
     */
    public HttpClient onClock(HttpClient client) {
        return azure.errands().sending(client);
    }

    /**
     * Writes what clients in other processes need into a folder: {@code ca.pem}, the same as {@code ca.p12} for Java, and
     * {@code env.sh}, which exports {@link #environment}.
     *
     * @param folder made if need be
     * @param provider the tenant named {@code PROVIDER_} there
     * @param customer the tenant named {@code CUSTOMER_} there
     * @return the environment that was written
     */
    public Map<String, String> writeTo(Path folder, FakeTenant provider, FakeTenant customer) {
        Map<String, String> environment = environment(folder, provider, customer);
        try {
            ClientFiles.write(folder, server.certificate(), server.certificatePem(), environment);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder + ": " + e, e);
        }
        return environment;
    }

    /**
     * The environment variables with which Microsoft's tools, and most others, find this Azure: proxy, certificate
     * authority, managed identities, and an administrator's sign-in for each of two tenants.
     *
     * @param folder where {@link #writeTo} has put the files that they name
     * @param provider the tenant named {@code PROVIDER_} there
     * @param customer the tenant named {@code CUSTOMER_} there
     * @return names and values
     */
    public Map<String, String> environment(Path folder, FakeTenant provider, FakeTenant customer) {
        Map<String, String> environment = new LinkedHashMap<>(ClientFiles.environment(folder, proxy()));
        environment.put("IDENTITY_ENDPOINT", proxy() + "/msi/token");
        environment.put("IDENTITY_HEADER", machine());
        environment.putAll(administrator("PROVIDER", provider));
        environment.putAll(administrator("CUSTOMER", customer));
        return environment;
    }

    /** Here there is one machine, on which any identity may be used. */
    private String machine() {
        World world = azure.world();
        return world.locked(() -> {
            Workload machine = world.table(Workload.class)
                    .first(w -> w.hasAll() && !w.id().equals(Workload.ANYONE))
                    .orElseGet(() -> Workload.withAll(world.ids().hex32()));
            world.table(Workload.class).put(machine.id(), machine);
            world.table(Workload.class).put(Workload.ANYONE, Workload.withAll(Workload.ANYONE));
            return machine.id();
        });
    }

    private static Map<String, String> administrator(String prefix, FakeTenant tenant) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(prefix + "_TENANT_ID", tenant.tenantId().toString());
        names.put(prefix + "_SUBSCRIPTION_ID", tenant.subscriptionId().toString());
        names.put(prefix + "_CLIENT_ID", tenant.administrator().clientId().toString());
        names.put(prefix + "_CLIENT_SECRET", tenant.administrator().clientSecret());
        return names;
    }

    /** Stops listening and ends all connections. The Azure behind it stays as it is. */
    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return "FakeAzureServer at " + proxy();
    }
}

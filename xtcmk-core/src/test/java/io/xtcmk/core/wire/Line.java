package io.xtcmk.core.wire;

import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakeAzureServer;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a scenario's requests reach the fake: in process, or over TLS and sockets by one of azure-core's HTTP clients. The
 * system property {@code xtcmk.transport} says which: {@code in-process}, which is the default, {@code netty},
 * {@code okhttp}, {@code jdk-httpclient} or {@code vertx}.
 */
public final class Line implements AutoCloseable {
    private final Optional<FakeAzureServer> server;

    private Line(Optional<FakeAzureServer> server) {
        this.server = server;
    }

    /** The line of this run. */
    public static Line to(FakeAzure azure) {
        return to(azure, chosen());
    }

    /** A line over sockets, or none. */
    public static Line to(FakeAzure azure, Optional<Wired> client) {
        return new Line(client.map(wired -> {
            FakeAzureServer server = azure.serveOnItsClock();
            azure.httpClient(server.onClock(wired.client(server)));
            return server;
        }));
    }

    /** Whether the scenarios of this run go over sockets. */
    public static boolean isOfSockets() {
        return chosen().isPresent();
    }

    private static Optional<Wired> chosen() {
        String name = System.getProperty("xtcmk.transport", "in-process");
        if (name.equals("in-process")) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Wired.values())
                .filter(wired -> wired.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("xtcmk.transport is " + name
                        + ": use in-process, or one of " + Arrays.toString(Wired.values()))));
    }

    /** The port of the proxy, on loopback; 0 where all is in process. */
    public int proxy() {
        return server.map(FakeAzureServer::port).orElse(0);
    }

    /** Ends the server, if there is one. */
    @Override
    public void close() {
        server.ifPresent(FakeAzureServer::close);
    }
}

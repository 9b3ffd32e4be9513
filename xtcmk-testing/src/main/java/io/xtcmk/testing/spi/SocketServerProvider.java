package io.xtcmk.testing.spi;

import java.time.Duration;

/** Serves a fake Azure over sockets; found by {@link java.util.ServiceLoader}. */
public interface SocketServerProvider {

    /**
     * Starts to listen on loopback.
     *
     * @param azure what to serve
     * @param port the port, or 0 for any that is free
     * @param latency real time that each answer takes at least
     * @return the server, which the caller closes
     * @throws java.io.UncheckedIOException if the port is taken
     */
    SocketServer listen(ServedAzure azure, int port, Duration latency);
}

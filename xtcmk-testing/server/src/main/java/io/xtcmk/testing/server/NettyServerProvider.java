package io.xtcmk.testing.server;

import io.xtcmk.testing.spi.ServedAzure;
import io.xtcmk.testing.spi.SocketServer;
import io.xtcmk.testing.spi.SocketServerProvider;
import java.time.Duration;

/** Found by {@link java.util.ServiceLoader}, which is why it is public. */
public final class NettyServerProvider implements SocketServerProvider {

    /** Made by the service loader. */
    public NettyServerProvider() {}

    @Override
    public SocketServer listen(ServedAzure azure, int port, Duration latency) {
        return new ProxyServer(azure, port, latency);
    }
}

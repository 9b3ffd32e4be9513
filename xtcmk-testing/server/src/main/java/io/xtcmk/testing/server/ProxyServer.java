package io.xtcmk.testing.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.xtcmk.testing.spi.ServedAzure;
import io.xtcmk.testing.spi.SocketServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A forward proxy on loopback, behind which is the fake's world and nothing else. */
final class ProxyServer implements SocketServer {
    private static final int PATIENCE_SECONDS = 5;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Authority authority;
    private final ExecutorService threads;
    private final EventLoopGroup eventLoops;
    private final Wiring wiring;
    private final Channel channel;

    /**
     * Starts to listen.
     *
     * @param azure what to serve
     * @param port the port, or 0 for any that is free
     * @param latency real time that each answer takes at least
     */
    ProxyServer(ServedAzure azure, int port, Duration latency) {
        authority = new Authority(azure.hostNames());
        String name = "fake-azure-" + COUNT.incrementAndGet();
        // One a request: those that wait on the clock must not keep the one that the clock waits for from being
        // answered. Connections are limited, and each has one request at a time.
        threads = Executors.newCachedThreadPool(task -> daemon(task, name + "-answers"));
        eventLoops = new MultiThreadIoEventLoopGroup(
                1, (ThreadFactory) task -> daemon(task, name + "-sockets"), NioIoHandler.newFactory());
        wiring = new Wiring(new Backend(azure, threads, latency), authority);
        try {
            channel = new ServerBootstrap()
                    .group(eventLoops)
                    .channel(NioServerSocketChannel.class)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(wiring)
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .syncUninterruptibly()
                    .channel();
        } catch (RuntimeException | Error e) {
            stop();
            throw e;
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public String certificatePem() {
        return authority.certificatePem();
    }

    @Override
    public X509Certificate certificate() {
        return authority.certificate();
    }

    @Override
    public void close() {
        // To be closed again is harmless.
        if (!eventLoops.isShuttingDown()) {
            channel.close().syncUninterruptibly();
            wiring.hangUp();
            stop();
        }
    }

    /** Those who answer first: they hand on to the event loop. */
    private void stop() {
        threads.shutdownNow();
        try {
            // One that waits has been told not to; one that works is soon done.
            var unused = threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}

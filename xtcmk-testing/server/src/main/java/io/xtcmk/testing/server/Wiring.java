package io.xtcmk.testing.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.TimeUnit;

/** Which handlers a connection has: those of a proxy at first, those of an HTTPS server inside a tunnel. */
final class Wiring extends ChannelInitializer<Channel> {
    private static final int MAX_BODY_BYTES = 64 << 20;
    private static final int MAX_HEADER_BYTES = 64 << 10;
    static final int IDLE_SECONDS = 300;
    static final int HANDSHAKE_MILLIS = 10_000;
    /** More than any client, or many at once, keeps open. */
    static final int MAX_CONNECTIONS = 512;

    /** Those that are open. */
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    private final Backend backend;
    private final Authority authority;

    Wiring(Backend backend, Authority authority) {
        this.backend = backend;
        this.authority = authority;
    }

    @Override
    protected void initChannel(Channel channel) {
        connections.add(channel);
        if (connections.size() > MAX_CONNECTIONS) {
            Replies.hangUp(channel);
        } else {
            wire(channel);
        }
    }

    /** Ends all connections, and waits for it: what ends later than its event loop has nobody to tell. */
    void hangUp() {
        connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }

    private void wire(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast("idle", new IdleStateHandler(0, 0, IDLE_SECONDS));
        pipeline.addLast("codec", codec());
        pipeline.addLast("aggregator", new HttpObjectAggregator(MAX_BODY_BYTES, true));
        // Before the keep-alive handler, which would close the connection after CONNECT's answer without a length.
        pipeline.addLast("connect", new ConnectHandler(backend, this));
        pipeline.addLast("keepAlive", new HttpServerKeepAliveHandler());
        pipeline.addLast("world", new WorldHandler(backend, "http", null));
    }

    /** Makes a connection, whose CONNECT has been answered, that of an HTTPS or HTTP server. */
    void tunnel(Channel channel, String scheme, String host) {
        if (scheme.equals("https")) {
            encrypt(channel, host);
        } else {
            channel.pipeline().remove("connect");
            channel.pipeline().replace("world", "innerWorld", new WorldHandler(backend, scheme, host));
        }
    }

    private void encrypt(Channel channel, String host) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.remove("world");
        pipeline.remove("keepAlive");
        pipeline.remove("connect");
        pipeline.remove("aggregator");
        SslHandler ssl = authority.serverContext().newHandler(channel.alloc());
        ssl.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
        pipeline.addLast("ssl", ssl);
        pipeline.addLast("innerCodec", codec());
        pipeline.addLast("innerAggregator", new HttpObjectAggregator(MAX_BODY_BYTES, true));
        pipeline.addLast("innerKeepAlive", new HttpServerKeepAliveHandler());
        pipeline.addLast("innerWorld", new WorldHandler(backend, "https", host));
        // Last: it hands on what it has already read of the TLS handshake.
        pipeline.remove("codec");
    }

    private static HttpServerCodec codec() {
        return new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_HEADER_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES));
    }
}

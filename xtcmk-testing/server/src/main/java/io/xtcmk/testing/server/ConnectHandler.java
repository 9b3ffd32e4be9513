package io.xtcmk.testing.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.Optional;

/** Opens tunnels to the hosts that the fake plays, itself being their other end, and refuses all others at once. */
final class ConnectHandler extends ChannelInboundHandlerAdapter {
    /** Azure's services, and the metadata service, to which clients that tunnel everything come so too. */
    private static final Map<String, String> SCHEMES = Map.of("443", "https", "80", "http");

    private final Backend backend;
    private final Wiring wiring;

    ConnectHandler(Backend backend, Wiring wiring) {
        this.backend = backend;
        this.wiring = wiring;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof FullHttpRequest request && request.method().equals(HttpMethod.CONNECT)) {
            String target = request.uri();
            ReferenceCountUtil.release(message);
            connect(context, target);
        } else {
            context.fireChannelRead(message);
        }
    }

    private void connect(ChannelHandlerContext context, String target) {
        int colon = target.lastIndexOf(':');
        String host = colon < 0 ? target : target.substring(0, colon);
        String scheme = SCHEMES.getOrDefault(target.substring(colon + 1), "");
        Optional<String> problem = scheme.isEmpty()
                ? Optional.of("the fake's services listen on the ports of https and http only, not at " + target)
                : backend.unreachable(scheme, host);
        problem.ifPresentOrElse(
                sentence -> Replies.refuse(context, HttpResponseStatus.BAD_GATEWAY, sentence),
                () -> open(context, scheme, host));
    }

    /** The handlers change between the answer and the client's first byte, which may come at once. */
    private void open(ChannelHandlerContext context, String scheme, String host) {
        Channel channel = context.channel();
        channel.config().setAutoRead(false);
        HttpResponseStatus established = new HttpResponseStatus(200, "Connection established");
        context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, established, Unpooled.EMPTY_BUFFER))
                .addListener(written -> {
                    if (written.isSuccess()) {
                        wiring.tunnel(channel, scheme, host);
                        channel.config().setAutoRead(true);
                    } else {
                        Replies.hangUp(channel);
                    }
                });
    }
}

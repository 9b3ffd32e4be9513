package io.xtcmk.testing.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.xtcmk.testing.spi.ServedAzure.ServedAnswer;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Has the fake answer a connection's requests, one after the other. Of use to one connection only. */
final class WorldHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    /** More than any client sends before it waits for an answer. */
    private static final int MAX_WAITING = 100;

    private final Backend backend;
    private final String scheme;
    private final @Nullable String host;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private boolean busy;

    /**
     * A handler.
     *
     * @param backend answers
     * @param scheme http or https
     * @param host the host to which the tunnel leads; null outside of tunnels
     */
    WorldHandler(Backend backend, String scheme, @Nullable String host) {
        this.backend = backend;
        this.scheme = scheme;
        this.host = host;
    }

    private record Request(HttpMethod method, URI url, Map<String, String> headers, ByteBuf body) {}

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
        if (!message.decoderResult().isSuccess()) {
            Replies.refuse(context, HttpResponseStatus.BAD_REQUEST, "this is not an HTTP request");
        } else if (waiting.size() >= MAX_WAITING) {
            Replies.hangUp(context.channel());
        } else {
            read(context, message);
        }
    }

    private void read(ChannelHandlerContext context, FullHttpRequest message) {
        Request request;
        try {
            request = request(message);
        } catch (IllegalArgumentException e) {
            Replies.refuse(context, HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
            return;
        }
        accept(context, request);
    }

    private void accept(ChannelHandlerContext context, Request request) {
        backend.unreachable(request.url().getScheme(), request.url().getHost())
                .ifPresentOrElse(sentence -> Replies.refuse(context, HttpResponseStatus.BAD_GATEWAY, sentence), () -> {
                    waiting.add(request);
                    next(context);
                });
    }

    /**
     * The request.
     *
     * @throws IllegalArgumentException if its target is not a URL; the message names the character that is illegal there
     */
    private Request request(FullHttpRequest message) {
        Map<String, String> headers = new LinkedHashMap<>();
        message.headers()
                .names()
                .forEach(name ->
                        headers.put(name, String.join(", ", message.headers().getAll(name))));
        URI url = backend.url(url(message));
        if (url.getHost() == null) {
            throw new IllegalArgumentException("the request's URL has no host");
        }
        return new Request(message.method(), url, headers, Unpooled.copiedBuffer(message.content()));
    }

    /**
     * Inside a tunnel the target is a path, which is never put behind the host's name unless it begins with a slash: it
     * could make another name of it. A proxy is sent the whole URL; the metadata endpoint of App Service, a path.
     */
    private String url(FullHttpRequest message) {
        String target = message.uri();
        if (host != null) {
            String origin = scheme + "://" + host;
            String path = target.regionMatches(true, 0, origin + "/", 0, origin.length() + 1)
                    ? target.substring(origin.length())
                    : target;
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("the request's target is neither a path nor a URL of " + origin);
            }
            return origin + path;
        }
        return target.startsWith("/") ? scheme + "://" + message.headers().get(HttpHeaderNames.HOST) + target : target;
    }

    private void next(ChannelHandlerContext context) {
        Request request = busy ? null : waiting.poll();
        // Nothing more is read before what was read is answered, so that no client piles up bodies here.
        context.channel().config().setAutoRead(!busy && request == null);
        if (request != null) {
            busy = true;
            backend.submit(context.executor(), () -> answer(context, request));
        }
    }

    /** On a thread that may wait. What comes of it is the connection's own thread's business again. */
    private void answer(ChannelHandlerContext context, Request request) {
        try {
            ServedAnswer answer = backend.answer(
                    request.method().name(), request.url(), request.headers(), ByteBufUtil.getBytes(request.body()));
            onItsOwnThread(context, () -> reply(context, answer));
        } catch (UncheckedIOException e) {
            onItsOwnThread(context, () -> disturb(context, e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            onItsOwnThread(context, () -> Replies.hangUp(context.channel()));
        }
    }

    private static void onItsOwnThread(ChannelHandlerContext context, Runnable work) {
        try {
            context.executor().execute(work);
        } catch (RejectedExecutionException e) {
            // The server has been closed, and with it the connection.
        }
    }

    private void reply(ChannelHandlerContext context, ServedAnswer answer) {
        ChannelFuture written = context.writeAndFlush(Replies.of(answer));
        if (answer.isCutShort()) {
            written.addListener(ChannelFutureListener.CLOSE);
        } else {
            written.addListener(done -> {
                busy = false;
                next(context);
            });
        }
    }

    /** What happens to the connection where a client over azure-core would see an I/O exception. */
    private void disturb(ChannelHandlerContext context, @Nullable Throwable trouble) {
        if (trouble instanceof UnknownHostException) {
            Replies.refuse(context, HttpResponseStatus.BAD_GATEWAY, trouble.toString());
        } else if (trouble instanceof SocketTimeoutException && backend.clientsGiveUp()) {
            // Who is to run into a time-out gets no answer, but is heard when it leaves.
            context.channel().config().setAutoRead(true);
        } else {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            Replies.hangUp(context.channel());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            Replies.hangUp(context.channel());
        } else if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            backend.complain("a client broke off the TLS handshake for " + host
                    + "; it probably does not trust this fake's certificate authority: " + handshake.cause());
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A peer that is gone, or speaks no TLS or HTTP: nothing to tell it, and nobody else's concern.
        Replies.hangUp(context.channel());
    }
}

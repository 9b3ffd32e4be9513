package io.xtcmk.testing.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.xtcmk.testing.spi.ServedAzure.ServedAnswer;
import java.nio.charset.StandardCharsets;

/** Answers as Netty writes them. */
final class Replies {
    private Replies() {}

    /** Answers with a sentence, in the proxy's own name, and closes. */
    static void refuse(ChannelHandlerContext context, HttpResponseStatus status, String sentence) {
        byte[] text = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(text));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, text.length)
                .set(HttpHeaderNames.CONNECTION, "close");
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    /** Ends a connection; that it had ended already is no trouble. */
    static void hangUp(Channel channel) {
        var unused = channel.close();
    }

    /** The fake's answer, framed as HTTP/1.1 sends it. */
    static FullHttpResponse of(ServedAnswer framed) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(framed.status()),
                Unpooled.wrappedBuffer(framed.body()));
        framed.headers().forEach(response.headers()::set);
        return response;
    }
}

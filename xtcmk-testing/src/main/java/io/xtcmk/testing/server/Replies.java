package io.xtcmk.testing.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.xtcmk.testing.http.Answer;
import java.nio.charset.StandardCharsets;

/** Answers as Netty writes them. */
final class Replies {
    private Replies() {}

    /** Answers with a sentence, in the proxy's own name, and closes. */
    static void refuse(ChannelHandlerContext context, HttpResponseStatus status, String sentence) {
        FullHttpResponse response = of(
                Answer.of(
                        status.code(), "text/plain; charset=utf-8", (sentence + "\n").getBytes(StandardCharsets.UTF_8)),
                HttpMethod.GET);
        response.headers().set(HttpHeaderNames.CONNECTION, "close");
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    /** Ends a connection; that it had ended already is no trouble. */
    static void hangUp(Channel channel) {
        var unused = channel.close();
    }

    /** The fake's answer to a request of this method. */
    static FullHttpResponse of(Answer answer, HttpMethod method) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                method.equals(HttpMethod.HEAD) ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body()));
        HttpHeaders headers = response.headers();
        answer.headers().forEach(headers::set);
        // An answer to HEAD has told the length of what it does not bring; 204 and 304 never bring anything.
        boolean bringsNothing = answer.status() == 204 || answer.status() == 304;
        if (!bringsNothing && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        }
        return response;
    }

    /** Whether an answer promises more than it brings, so that only the connection's end can tell. */
    static boolean isCutShort(Answer answer, HttpMethod method) {
        String promised = answer.headers().get("Content-Length");
        return promised != null && !method.equals(HttpMethod.HEAD) && Long.parseLong(promised) > answer.body().length;
    }
}

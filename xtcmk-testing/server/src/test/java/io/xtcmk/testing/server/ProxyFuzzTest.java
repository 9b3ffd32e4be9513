package io.xtcmk.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import io.xtcmk.testing.FakeClock;
import io.xtcmk.testing.entra.EntraService;
import io.xtcmk.testing.graph.GraphService;
import io.xtcmk.testing.http.Dispatcher;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.imds.ImdsService;
import io.xtcmk.testing.served.Pace;
import io.xtcmk.testing.served.ServedWorld;
import io.xtcmk.testing.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes come to the proxy, or through a tunnel: they are answered in HTTP or dropped, without harm. In pieces, as
 * sockets bring them.
 */
// HTTP ends its lines with CR and LF.
@SuppressWarnings("StringConcatToTextBlock")
class ProxyFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 15_000);
    private static final long SEED = Long.getLong("fuzz.seed", 42);
    private static final List<String> TO_THE_PROXY = List.of(
            "CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: graph.microsoft.com:443\r\n\r\n",
            "CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: imds\r\n\r\nGET /metadata/one HTTP/1.1\r\nHost: imds\r\n\r\n",
            "GET http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=x HTTP/1.1\r\n"
                    + "Host: 169.254.169.254\r\nMetadata: true\r\n\r\n",
            "POST http://169.254.169.254/a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "0\r\n\r\nGET http://169.254.169.254/smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /metadata/two HTTP/1.1\r\nHost: 169.254.169.254\r\n\r\n");
    private static final List<String> IN_A_TUNNEL = List.of(
            "GET /v1.0/applications?$filter=appId%20eq%20'x' HTTP/1.1\r\nHost: graph.microsoft.com\r\n"
                    + "Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJ0aWQiOiJ4In0.c2ln\r\n\r\n",
            "POST /v1.0/applications HTTP/1.1\r\nHost: graph.microsoft.com\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n3\r\n1 }\r\n0\r\n\r\n",
            "PATCH /v1.0/applications(uniqueName='a') HTTP/1.1\r\nHost: graph.microsoft.com\r\nContent-Length: 2\r\n\r\n{}",
            "GET https://graph.microsoft.com/v1.0/me HTTP/1.1\r\nHost: graph.microsoft.com\r\n\r\n");

    private final List<String> complaints = new ArrayList<>();
    private final Backend backend = backend();
    private final Authority authority = new Authority(Set.of("*.vault.azure.net"));

    private Backend backend() {
        FakeClock clock = new FakeClock(Instant.parse("2026-01-01T00:00:00Z"));
        World world = new World(clock, 1);
        Tokens tokens = new Tokens(world);
        Dispatcher dispatcher = new Dispatcher(
                world,
                List.of(
                        new EntraService(world, tokens),
                        new GraphService(world, tokens),
                        new ImdsService(world, tokens)));
        return new Backend(
                new ServedWorld(dispatcher, NoErrands.errands(), Pace.machines(clock), complaints::add),
                atOnce(),
                Duration.ZERO);
    }

    private static ExecutorService atOnce() {
        return new AbstractExecutorService() {
            @Override
            public void execute(Runnable task) {
                task.run();
            }

            @Override
            public void shutdown() {}

            @Override
            public List<Runnable> shutdownNow() {
                return List.of();
            }

            @Override
            public boolean isShutdown() {
                return false;
            }

            @Override
            public boolean isTerminated() {
                return false;
            }

            @Override
            public boolean awaitTermination(long timeout, TimeUnit unit) {
                return true;
            }
        };
    }

    private void fuzz(String name, List<String> seeds, Supplier<EmbeddedChannel> connections) {
        Garbler garbler = new Garbler(SEED, seeds);
        long began = System.nanoTime();
        int answered = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = garbler.next();
            String what = String.format("%s, seed %d, input %d: %s", name, SEED, i, Garbler.shown(bytes));
            String answers = answers(connections.get(), bytes, garbler, what);
            assertThat(answers).as(what).matches("(?s)|HTTP/1\\.[01] \\d{3} .*|\\x15\\x03.*");
            answered += answers.isEmpty() ? 0 : 1;
        }
        assertThat(complaints).noneMatch(line -> line.contains("FaultOfTheFake"));
        System.out.printf(
                "fuzz: %-22s %7d inputs, %6d answered, %5d ms%n",
                name, INPUTS, answered, (System.nanoTime() - began) / 1_000_000);
    }

    private static String answers(EmbeddedChannel channel, byte[] bytes, Garbler garbler, String what) {
        StringBuilder answers = new StringBuilder();
        try {
            for (int at = 0; at < bytes.length && channel.isOpen(); ) {
                int end = Math.min(bytes.length, at + 1 + garbler.below(bytes.length));
                channel.writeInbound(Unpooled.copiedBuffer(bytes, at, end - at));
                at = end;
            }
            channel.checkException();
        } catch (Throwable e) {
            throw new AssertionError(what, e);
        }
        for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out instanceof ByteBuf buffer) {
                answers.append(buffer.toString(StandardCharsets.ISO_8859_1));
            }
            ReferenceCountUtil.release(out);
        }
        channel.finishAndReleaseAll();
        return answers.toString();
    }

    @Test
    void bytesToTheProxy() {
        fuzz("bytes to the proxy", TO_THE_PROXY, () -> new EmbeddedChannel(new Wiring(backend, authority)));
    }

    @Test
    void bytesInATunnel() {
        fuzz(
                "bytes in a tunnel",
                IN_A_TUNNEL,
                () -> new EmbeddedChannel(new ChannelHandler[] {
                    new HttpServerCodec(),
                    new HttpObjectAggregator(1 << 20),
                    new WorldHandler(backend, "https", "graph.microsoft.com")
                }));
    }
}

package io.xtcmk.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.xtcmk.testing.FakeClock;
import io.xtcmk.testing.entra.EntraService;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that say nothing are not waited for without end. On Netty's time, which a test sets. */
class PatienceTest {
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final FakeClock clock = new FakeClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final World world = new World(clock, 1);
    private final Tokens tokens = new Tokens(world);
    private final Dispatcher dispatcher =
            new Dispatcher(world, List.of(new EntraService(world, tokens), new ImdsService(world, tokens)));
    private final Backend backend = new Backend(
            new ServedWorld(dispatcher, NoErrands.errands(), Pace.machines(clock), line -> {}), threads, Duration.ZERO);
    private final Wiring wiring = new Wiring(backend, new Authority(Set.of("*.vault.azure.net")));
    private final List<EmbeddedChannel> channels = new ArrayList<>();

    @AfterEach
    void stop() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
        threads.shutdownNow();
    }

    private EmbeddedChannel connection() {
        EmbeddedChannel channel = new EmbeddedChannel(DefaultChannelId.newInstance());
        channel.freezeTime();
        channel.pipeline().addLast(wiring);
        channels.add(channel);
        return channel;
    }

    private static void pass(EmbeddedChannel channel, long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private static void send(EmbeddedChannel channel, String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    @Test
    void silentConnection_isClosed() {
        EmbeddedChannel channel = connection();

        pass(channel, TimeUnit.SECONDS.toMillis(Wiring.IDLE_SECONDS) - 1_000);
        assertThat(channel.isOpen()).isTrue();
        pass(channel, 2_000);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void halfARequest_isNotWaitedForLonger() {
        EmbeddedChannel channel = connection();
        send(channel, "GET http://169.254.169.254/ HTTP/1.1\r\nHos");

        pass(channel, TimeUnit.SECONDS.toMillis(Wiring.IDLE_SECONDS) + 1_000);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void handshakeThatDoesNotCome_isNotWaitedForLong() {
        EmbeddedChannel channel = connection();
        send(channel, "CONNECT login.microsoftonline.com:443 HTTP/1.1\r\n\r\n");
        ByteBuf established = channel.readOutbound();
        assertThat(established.toString(StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200 ");
        established.release();

        pass(channel, Wiring.HANDSHAKE_MILLIS - 1_000);
        assertThat(channel.isOpen()).isTrue();
        pass(channel, 2_000);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void connectionsBeyondTheMost_areClosed_untilOthersEnd() {
        for (int i = 0; i < Wiring.MAX_CONNECTIONS; i++) {
            connection();
        }
        assertThat(channels).allMatch(EmbeddedChannel::isOpen);
        assertThat(connection().isOpen()).isFalse();

        var unused = channels.get(0).close();
        assertThat(connection().isOpen()).isTrue();
    }
}

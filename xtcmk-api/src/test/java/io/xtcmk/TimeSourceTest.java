package io.xtcmk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alarms: of the machine's clock, and as any other time source has them by default. */
class TimeSourceTest {
    private static TimeSource source(String kind) {
        return kind.equals("system") ? TimeSource.system() : new ByDefault();
    }

    /** Has of its own only what it must have. */
    private static final class ByDefault implements TimeSource {
        @Override
        public Instant now() {
            return TimeSource.system().now();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            TimeSource.system().pause(duration);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"system", "default"})
    void alarm_rings_atOnceIfItsTimeIsOver(String kind) throws InterruptedException {
        TimeSource time = source(kind);
        CountDownLatch rung = new CountDownLatch(2);
        time.at(time.now().minusSeconds(1), rung::countDown);
        time.at(time.now().plusMillis(1), rung::countDown);
        assertThat(rung.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"system", "default"})
    void alarm_calledOff_doesNotRing(String kind) throws InterruptedException {
        TimeSource time = source(kind);
        AtomicBoolean rung = new AtomicBoolean();
        Runnable off = time.at(time.now().plusSeconds(3600), () -> rung.set(true));
        off.run();
        off.run();
        CountDownLatch other = new CountDownLatch(1);
        time.at(time.now(), other::countDown);
        assertThat(other.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(rung).isFalse();
    }
}

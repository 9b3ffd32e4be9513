package io.xtcmk.testing.served;

import io.xtcmk.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Keeps the fake's clock going with the machine's: a client outside this JVM waits in real time, so for as long as a
 * world is served its time passes by itself. Nobody sees the clock but by a request, so it is set when one comes.
 */
public final class Pace {
    private final FakeClock clock;
    private long before = System.nanoTime();

    /** For a clock that the machine moves from now on. */
    public Pace(FakeClock clock) {
        this.clock = clock;
    }

    /** The machine's time, for a world that starts with it. */
    public static Instant machineTime() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Makes up for the time that it took to make a world and its server. */
    public static void setToMachineTime(FakeClock clock) {
        Duration behind = Duration.between(clock.now(), Instant.now());
        if (!behind.isNegative()) {
            clock.advance(behind);
        }
    }

    /** Lets the time pass that has passed since this was last called. */
    synchronized void catchUp() {
        long now = System.nanoTime();
        clock.advance(Duration.ofNanos(now - before));
        before = now;
    }
}

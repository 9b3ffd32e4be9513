package io.xtcmk.testing.served;

import io.xtcmk.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How a served world's time passes. As a rule the fake's clock goes on with the machine's: a client outside this JVM waits
 * in real time. Nobody sees the clock but by a request, so it is set when one comes. For clients in this JVM that wait on
 * the fake's clock, the clock is left to them.
 */
public final class Pace {
    private final FakeClock clock;
    private final boolean isMachines;
    private long before = System.nanoTime();

    private Pace(FakeClock clock, boolean isMachines) {
        this.clock = clock;
        this.isMachines = isMachines;
    }

    /** Time passes as on the machine. */
    public static Pace machines(FakeClock clock) {
        return new Pace(clock, true);
    }

    /** Time passes as it does without a server. */
    public static Pace clocks(FakeClock clock) {
        return new Pace(clock, false);
    }

    /** Whether a client that waits runs into its own time-out. */
    boolean isMachines() {
        return isMachines;
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
        if (!isMachines) {
            return;
        }
        long now = System.nanoTime();
        clock.advance(Duration.ofNanos(now - before));
        before = now;
    }
}

package io.xtcmk.core.engine;

import java.time.Duration;

/** Pauses that grow: one second, two, four, up to half a minute. */
final class Backoff {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Duration next = Duration.ofSeconds(1);

    Duration next() {
        Duration now = next;
        Duration twice = next.multipliedBy(2);
        next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
        return now;
    }
}

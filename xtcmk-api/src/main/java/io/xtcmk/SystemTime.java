package io.xtcmk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The only place in the library that reads the machine's clock or sleeps. */
enum SystemTime implements TimeSource {
    INSTANCE;

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE / 2);

    @Override
    public Instant now() {
        return CLOCK.instant();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before a pause of " + duration);
        }
        if (!duration.isNegative() && !duration.isZero()) {
            Thread.sleep(millis(duration));
        }
    }

    /** Never shorter than asked: a part of a millisecond counts as a whole one. */
    private static long millis(Duration duration) {
        return duration.compareTo(LONGEST) > 0
                ? LONGEST.toMillis()
                : duration.plusNanos(999_999).toMillis();
    }

    @Override
    public String toString() {
        return "system time";
    }
}

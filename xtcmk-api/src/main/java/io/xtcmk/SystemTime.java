package io.xtcmk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

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

    /** All share one thread that watches the time: there may be as many alarms as there are calls. */
    @Override
    public Runnable at(Instant when, Runnable task) {
        long millis = Math.max(0, millis(Duration.between(now(), when)));
        ScheduledFuture<?> alarm = Watch.KEEPER.schedule(() -> daemon(task).start(), millis, TimeUnit.MILLISECONDS);
        return () -> alarm.cancel(false);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "xtcmk-alarm");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins when the first alarm is set. */
    private static final class Watch {
        static final ScheduledThreadPoolExecutor KEEPER = keeper();

        private static ScheduledThreadPoolExecutor keeper() {
            ScheduledThreadPoolExecutor keeper = new ScheduledThreadPoolExecutor(1, SystemTime::daemon);
            keeper.setRemoveOnCancelPolicy(true);
            return keeper;
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

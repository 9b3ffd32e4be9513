package io.xtcmk;

import java.time.Duration;
import java.time.Instant;

/** A thread that pauses until it is time. */
final class Alarm {
    private Alarm() {}

    static Runnable set(TimeSource time, Instant when, Runnable task) {
        Thread thread = new Thread(() -> ring(time, when, task), "xtcmk-alarm");
        thread.setDaemon(true);
        thread.start();
        return thread::interrupt;
    }

    private static void ring(TimeSource time, Instant when, Runnable task) {
        try {
            time.pause(Duration.between(time.now(), when));
        } catch (InterruptedException calledOff) {
            return;
        }
        task.run();
    }
}

package io.xtcmk.testing.benchmarks;

import java.time.Duration;

/**
 * What something took. The time of processors says more than the clock's where other programs want them too.
 *
 * @param time by the clock
 * @param processors of all processors, for all threads of the process since its start
 */
record Took(double time, double processors) {

    /** A process's time of processors in nanoseconds. */
    static long processors(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    @Override
    public String toString() {
        return time + " " + processors;
    }

    static Took parse(String text) {
        String[] parts = text.split(" ", -1);
        return new Took(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
    }
}

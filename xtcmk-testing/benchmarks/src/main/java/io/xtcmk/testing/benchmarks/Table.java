package io.xtcmk.testing.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Measured values by name, printed as medians. */
final class Table {
    private final String title;
    private final String unit;
    private final Map<String, List<Took>> rows = new LinkedHashMap<>();

    Table(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    void add(String name, Took value) {
        rows.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    void add(String name, List<Took> values) {
        values.forEach(value -> add(name, value));
    }

    void print() {
        System.out.printf(Locale.ROOT, "%n%s%n", title);
        rows.forEach((name, values) -> {
            double[] times = sorted(values, Took::time);
            System.out.printf(
                    Locale.ROOT,
                    "  %-52s %8.1f %s (%.1f to %.1f), of processors %.1f %s%n",
                    name,
                    median(times),
                    unit,
                    times[0],
                    times[times.length - 1],
                    median(sorted(values, Took::processors)),
                    unit);
        });
    }

    private static double[] sorted(List<Took> values, ToDoubleFunction<Took> part) {
        return values.stream().mapToDouble(part).sorted().toArray();
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}

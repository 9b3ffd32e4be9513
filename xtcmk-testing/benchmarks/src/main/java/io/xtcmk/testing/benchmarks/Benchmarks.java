package io.xtcmk.testing.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Prints how soon the fake and WireMock are there, in a test's JVM and as programs, and how fast they answer once warm.
 * Whatever is cold is a JVM of its own each time; the candidates take turns, so that a busy machine is as unkind to each.
 */
final class Benchmarks {
    private final int runs;
    private final Path standalone;
    private final Path folder;

    private Benchmarks(int runs, Path standalone, Path folder) {
        this.runs = runs;
        this.standalone = standalone;
        this.folder = folder;
    }

    /**
     * Measures and prints.
     *
     * @param arguments how often, the fake's standalone jar, a folder to write into
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Benchmarks(Integer.parseInt(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2])).run();
    }

    private void run() throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%nJava %s, %d processors, load average at the start %.1f; medians of %d, lowest to highest%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                load(),
                runs);
        Table cold = new Table("Created in a test's JVM until the first answer", "ms");
        for (int run = 0; run < runs; run++) {
            for (FirstAnswer.Of of : FirstAnswer.Of.values()) {
                cold.add(of.title(), Fork.ofThisClassPath(FirstAnswer.class, of.name()));
            }
        }
        cold.print();

        Table programs = new Table("Started as a program until the first answer", "ms");
        Programs started = new Programs(standalone, folder);
        for (int run = 0; run < runs; run++) {
            programs.add("the fake, HTTPS by proxy", started.fake());
            programs.add("WireMock standalone, HTTP", started.wireMock(false));
            programs.add("WireMock standalone, HTTPS", started.wireMock(true));
        }
        programs.print();

        Table warm = new Table("An answer, warm", "us");
        for (WarmAnswers.Of of : WarmAnswers.Of.values()) {
            warm.add(of.title(), Fork.ofThisClassPath(WarmAnswers.class, of.name(), Integer.toString(runs)));
        }
        warm.print();
        System.out.printf(Locale.ROOT, "%nload average at the end %.1f%n", load());
    }

    private static double load() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return system.getSystemLoadAverage();
    }
}

package io.xtcmk.testing.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JVMs of their own. */
final class Fork {
    private static final String RESULT = "result ";

    private Fork() {}

    /** What a program of this class path has to say by {@link #tell}. */
    static List<Took> ofThisClassPath(Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(java(), "-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed: " + output);
        }
        return output.lines()
                .filter(line -> line.startsWith(RESULT))
                .map(line -> Took.parse(line.substring(RESULT.length())))
                .toList();
    }

    /** Tells the forking JVM a value. */
    static void tell(Took value) {
        System.out.println(RESULT + value);
    }

    /** A program in a jar. */
    static ProcessBuilder ofJar(Path jar, String... arguments) {
        List<String> command = new ArrayList<>(List.of(java(), "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}

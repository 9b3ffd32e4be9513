package io.xtcmk.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program, in a process of its own. */
class StandaloneTest {
    @Test
    void program_writesFiles_saysReady_andEndsWell(@TempDir Path folder) throws Exception {
        Path traffic = folder.resolve("traffic.jsonl");
        Process program = start("--dir", folder.resolve("fake").toString(), "--traffic", traffic.toString());
        try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).startsWith("fake Azure behind the proxy http://127.0.0.1:");
            assertThat(out.readLine()).isEqualTo("ready");
            assertThat(folder.resolve("fake")).isDirectoryContaining(p -> p.endsWith("env.sh"));
            assertThat(traffic).exists();
        } finally {
            program.destroy();
        }

        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(program.exitValue()).isZero();
    }

    @Test
    void wrongArguments_areNamed_withTheUsage() throws Exception {
        assertThat(run("--port", "80a")).contains("exit 2", "--port", "80a", "Usage:");
        assertThat(run("--dir", "x", "--port", "70000")).contains("exit 2", "a port is a number from 0 to 65535");
        assertThat(run("--dir", "x", "--latency", "soon")).contains("exit 2", "'soon' is not a time");
        assertThat(run()).contains("exit 2", "Missing required option: '--dir=DIR'");
    }

    @Test
    void folderThatCannotBeMade_isNamed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        assertThat(run("--dir", file.toString())).contains("exit 1", "cannot start: cannot write to " + file);
    }

    @Test
    void times_areReadInTheUsualForms() {
        Standalone.TimeConverter converter = new Standalone.TimeConverter();

        assertThat(converter.convert("20ms")).isEqualTo(Duration.ofMillis(20));
        assertThat(converter.convert("1.5s")).isEqualTo(Duration.ofMillis(1500));
        assertThat(converter.convert("2m")).isEqualTo(Duration.ofMinutes(2));
        assertThat(converter.convert("PT0.02S")).isEqualTo(Duration.ofMillis(20));
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        Process program = start(arguments);
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output + "exit " + program.waitFor();
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Standalone.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}

package io.xtcmk.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program as a process of its own, which asks a stand-in of the Azure CLI to which nobody is signed in. No request leaves
 * the machine: DefaultAzureCredential is restricted to the CLI.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the Azure CLI's stand-in is a shell script")
class SignInTest {
    private static final String TENANT = UUID.randomUUID().toString();
    private static final String SUBSCRIPTION = UUID.randomUUID().toString();

    @TempDir
    Path directory;

    /** For a tenant, the CLI would take its default account; with both options, it refuses. */
    @Test
    void cliIsAskedForTheSubscription_thenDefaultAzureCredential_andTheUserSeesWhyNeitherWorks() throws Exception {
        Process process = start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output)
                .contains("It failed at step", "No credential can be used where this runs")
                .contains("AzureCliCredential authentication unavailable. Please run 'az login' to set up account.")
                .doesNotContain("\tat ", "Exception in thread");
        List<String> asked = Files.readAllLines(directory.resolve("asked"));
        assertThat(asked).allMatch(line -> line.startsWith("account get-access-token"));
        assertThat(asked.get(0)).contains("--subscription " + SUBSCRIPTION).doesNotContain("--tenant");
        assertThat(asked)
                .anySatisfy(
                        line -> assertThat(line).contains("--tenant " + TENANT).doesNotContain("--subscription"))
                .noneMatch(line -> line.contains("--tenant") && line.contains("--subscription"));
    }

    private Process start() throws Exception {
        Path cli = Files.createDirectories(directory.resolve("bin")).resolve("az");
        Files.writeString(cli, """
                #!/bin/sh
                echo "$@" >>'%s'
                echo "ERROR: Please run 'az login' to setup account." >&2
                exit 1
                """.formatted(directory.resolve("asked")));
        Files.setPosixFilePermissions(cli, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Phase1.class.getName())
                .redirectErrorStream(true);
        program.environment().keySet().removeIf(name -> name.startsWith("XTCMK_") || name.startsWith("AZURE_"));
        program.environment()
                .putAll(Map.of(
                        "PATH",
                        cli.getParent() + ":" + System.getenv("PATH"),
                        "AZURE_TOKEN_CREDENTIALS",
                        "AzureCliCredential",
                        "XTCMK_DIRECTORY",
                        directory.toString(),
                        "XTCMK_PROVIDER_TENANT_ID",
                        TENANT,
                        "XTCMK_PROVIDER_SUBSCRIPTION_ID",
                        SUBSCRIPTION));
        return program.start();
    }
}

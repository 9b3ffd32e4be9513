package io.xtcmk.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever wants Azure and makes a mistake must not get the fake, nor the other way round. No run gets as far as a request. */
class SettingsTest {
    private static final String PROVIDER = UUID.randomUUID().toString();
    private static final Map<String, String> BOTH = Map.of(
            "XTCMK_PROVIDER_TENANT_ID", PROVIDER,
            "XTCMK_PROVIDER_SUBSCRIPTION_ID", UUID.randomUUID().toString(),
            "XTCMK_CUSTOMER_TENANT_ID", UUID.randomUUID().toString(),
            "XTCMK_CUSTOMER_SUBSCRIPTION_ID", UUID.randomUUID().toString());

    @TempDir
    Path directory;

    @AfterEach
    void clear() {
        Set<String> ours = System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("XTCMK_"))
                .collect(Collectors.toSet());
        ours.forEach(System::clearProperty);
    }

    private record Ended(int status, String output) {}

    private Ended run(Program program, Map<String, String> settings) {
        clear();
        settings.forEach(System::setProperty);
        System.setProperty("XTCMK_DIRECTORY", directory.toString());
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        int status = program.run(new PrintStream(written, true, StandardCharsets.UTF_8));
        return new Ended(status, written.toString(StandardCharsets.UTF_8));
    }

    private static void assertRefused(Ended ended, String... words) {
        assertThat(ended.output()).contains("It cannot run with these settings").contains(words);
        assertThat(ended.status()).isEqualTo(1);
    }

    private static Map<String, String> without(String name) {
        Map<String, String> settings = new HashMap<>(BOTH);
        settings.remove(name);
        return settings;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "XTCMK_PROVIDER_TENANT_ID",
                "XTCMK_PROVIDER_SUBSCRIPTION_ID",
                "XTCMK_CUSTOMER_TENANT_ID",
                "XTCMK_CUSTOMER_SUBSCRIPTION_ID"
            })
    void missingId_isNamed(String missing) {
        Ended ended = run(WholeStory.PROGRAM, without(missing));

        assertRefused(ended, missing + " is not set.");
        assertThat(ended.output()).doesNotContain("Runs on").containsOnlyOnce(" is not set.");
    }

    @Test
    void everyMissingId_isNamedAtOnce() {
        assertRefused(
                run(Phase1.PROGRAM, Map.of("XTCMK_CUSTOMER_TENANT_ID", PROVIDER)),
                "XTCMK_PROVIDER_TENANT_ID is not set.",
                "XTCMK_PROVIDER_SUBSCRIPTION_ID is not set.",
                "XTCMK_CUSTOMER_SUBSCRIPTION_ID is not set.");
    }

    @Test
    void phase2_needsTheCustomersIdsOnly_andTheFileOfPhase1() {
        Map<String, String> customers = without("XTCMK_PROVIDER_TENANT_ID");
        customers.remove("XTCMK_PROVIDER_SUBSCRIPTION_ID");

        assertRefused(run(Phase2.PROGRAM, customers), "there is no ", "federated-app.json: run Phase1 first");
    }

    @Test
    void emptyId_isNamed() {
        assertRefused(
                run(Phase1.PROGRAM, Map.of("XTCMK_PROVIDER_TENANT_ID", "", "XTCMK_PROVIDER_SUBSCRIPTION_ID", " ")),
                "XTCMK_PROVIDER_TENANT_ID is empty.",
                "XTCMK_PROVIDER_SUBSCRIPTION_ID is empty.");
    }

    @Test
    void misspeltName_isNamedWithTheNearest() {
        assertRefused(
                run(Phase1.PROGRAM, Map.of("XTCMK_PROVIDER_TENNANT_ID", PROVIDER)),
                "XTCMK_PROVIDER_TENNANT_ID is not a setting of the samples. Did you mean XTCMK_PROVIDER_TENANT_ID?");
    }

    @Test
    void wrongValue_isShown() {
        Map<String, String> copied = new HashMap<>(BOTH);
        copied.put("XTCMK_PROVIDER_TENANT_ID", "...");

        assertRefused(run(Phase1.PROGRAM, copied), "XTCMK_PROVIDER_TENANT_ID must be a GUID, but is \"...\"");
        assertRefused(run(Phase1.PROGRAM, Map.of("XTCMK_CLOUD", "germany")), "XTCMK_CLOUD must be public");
    }

    @Test
    void filesOfARunOnTheFake_areNotTakenForAzures() {
        assertThat(run(Phase1.PROGRAM, Map.of()).status()).isZero();
        assertThat(run(Phase2.PROGRAM, Map.of()).status()).isZero();

        for (Program program : List.of(Phase2.PROGRAM, Phase3.PROGRAM)) {
            assertRefused(run(program, BOTH), "federated-app.json was made on the fake", "run Phase1 on Azure first");
        }
    }

    @Test
    void filesOfARunOnAzure_areNotTakenForTheFakes_norOverwritten() throws IOException {
        Path file = azuresApp();
        String before = Files.readString(file);

        for (Program program : List.of(Phase1.PROGRAM, Phase2.PROGRAM, Phase3.PROGRAM)) {
            assertRefused(run(program, Map.of()), "federated-app.json is of a run on Azure", "XTCMK_DIRECTORY");
        }
        assertThat(file).hasContent(before);
    }

    @Test
    void fileOfAnotherTenant_isRefused() throws IOException {
        azuresApp();

        assertRefused(
                run(Phase3.PROGRAM, BOTH),
                "federated-app.json is of tenant ",
                "XTCMK_PROVIDER_TENANT_ID is " + PROVIDER);
    }

    @Test
    void fileThatIsNoJson_isRefused() throws IOException {
        Files.writeString(directory.resolve("federated-app.json"), "<html>");

        assertRefused(run(Phase3.PROGRAM, BOTH), "federated-app.json is not what a run of the samples leaves");
        assertRefused(run(Phase1.PROGRAM, Map.of()), "federated-app.json is not what a run of the samples leaves");
    }

    private Path azuresApp() throws IOException {
        run(Phase1.PROGRAM, Map.of());
        Path file = directory.resolve("federated-app.json");
        return Files.writeString(file, Files.readString(file).replace("\"madeOn\":\"fake\"", "\"madeOn\":\"azure\""));
    }
}

package io.xtcmk.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.CrossTenantCmkException.AzureAnswer;
import io.xtcmk.exception.CrossTenantCmkException.Failure;
import io.xtcmk.model.TenantId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each program as somebody starts it, on the fake. */
class ProgramsTest {
    @TempDir
    Path directory;

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setProperty("XTCMK_DIRECTORY", directory.toString());
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(console);
        System.clearProperty("XTCMK_DIRECTORY");
    }

    private String output() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private String kept(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    @Test
    void phase1_keepsTheFederatedApp() throws IOException {
        Phase1.main(new String[0]);

        assertThat(output())
                .containsPattern("contoso +application +contoso-cmk +created")
                .containsPattern("contoso +federatedIdentityCredential +contoso-cmk/id-cmk +created");
        assertThat(kept("federated-app.json")).contains("\"madeOn\":\"fake\"", "\"name\":\"contoso-cmk\"");
    }

    @Test
    void phase2_keepsTheAuthorizedKey() throws IOException {
        Phase2.main(new String[0]);

        assertThat(output())
                .contains("phase 1 has just been run on it")
                .containsPattern("fabrikam +roleAssignment +on kv-fabrikam/contoso-cmk +created");
        assertThat(kept("authorized-key.json")).contains("\"madeOn\":\"fake\"", "https://kv-fabrikam.vault");
    }

    @Test
    void phase3_encryptsAccountAndServer() {
        Phase3.main(new String[0]);

        assertThat(output())
                .containsPattern("stfabrikam +is encrypted with https://kv-fabrikam.vault.azure.net/keys/contoso-cmk")
                .containsPattern(
                        "sql-fabrikam +is encrypted with https://kv-fabrikam.vault.azure.net/keys/contoso-cmk");
    }

    @Test
    void wholeStory_provesTheKeyAndDrawsTheChain() throws IOException {
        WholeStory.main(new String[0]);

        assertThat(output())
                .containsPattern("sqlServer +sql-fabrikam +unchanged")
                .contains("the text is not among them")
                .containsPattern("reads +refused: HTTP 403 KeyVaultEncryptionKeyNotFound")
                .containsPattern("The chain is broken at: key \\(revoked\\)")
                .contains("customer: Enable the key")
                .contains("in force a day later")
                .doesNotContain("SLF4J", "Exception", "\tat ");
        assertThat(versionAfter("in force a day later"))
                .isEqualTo(versionAfter("new version"))
                .isNotEqualTo(versionAfter("in force before"));
        assertThat(Files.readString(directory.resolve("chain.mmd")))
                .startsWith("flowchart LR")
                .contains("stfabrikam", "sql-fabrikam", "id-cmk", "kv-fabrikam/contoso-cmk");
    }

    private String versionAfter(String words) {
        return output().lines()
                .filter(line -> line.strip().startsWith(words))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void failure_isToldWithAllItsFacts() {
        CrossTenantCmkException failure = new CrossTenantCmkException(
                new Failure(
                        "no",
                        "storageAccount",
                        new TenantId(new UUID(0, 1)),
                        "stfabrikam",
                        new AzureAnswer(403, "AuthorizationFailed", "you may not", "r-1"),
                        "a role is missing",
                        Actor.PROVIDER,
                        "assign it",
                        List.of()),
                null);

        int status = new Program("test", (azure, screen) -> {
                    throw failure;
                })
                .run(System.out);

        assertThat(status).isEqualTo(1);
        assertThat(output())
                .contains("It failed at step storageAccount", "403 AuthorizationFailed", "a role is missing")
                .contains("provider", "assign it")
                .doesNotContain("\tat ");
    }
}

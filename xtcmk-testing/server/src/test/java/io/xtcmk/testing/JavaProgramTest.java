package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.resourcemanager.authorization.models.BuiltInRole;
import com.azure.resourcemanager.keyvault.models.Vault;
import com.azure.resourcemanager.msi.models.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another JVM, which has nothing of the fake but the environment that the fake writes for it. */
class JavaProgramTest {
    private final FluentStory story = new FluentStory();
    private Identity identity;

    @AfterEach
    void stop() {
        story.close();
    }

    @Test
    void program_signsInInEveryWay_andUsesTheKey(@TempDir Path folder) throws Exception {
        Map<String, String> environment = environment(folder);

        List<String> lines = run(environment, folder, "netty.NettyAsyncHttpClientProvider");

        assertThat(lines)
                .containsAll(identityLines())
                .contains(
                        "ClientSecretCredential "
                                + story.customer.administrator().clientId(),
                        "ClientAssertionCredential " + story.customer.tenantId(),
                        "WorkloadIdentityCredential " + environment.get("APPLICATION"),
                        "CryptographyClient remote true",
                        "CryptographyClient local true",
                        "KeyAsyncClient pages [25, 6]",
                        "KeyAsyncClient rotation P2Y 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "netty.NettyAsyncHttpClientProvider",
                "okhttp.OkHttpAsyncClientProvider",
                "jdk.httpclient.JdkHttpClientProvider"
            })
    void program_onAVirtualMachine_hasItsIdentity(String client, @TempDir Path folder) throws Exception {
        Map<String, String> environment = environment(folder);
        environment.keySet().removeAll(List.of("IDENTITY_ENDPOINT", "IDENTITY_HEADER"));

        assertThat(run(environment, folder, client)).containsAll(identityLines());
    }

    private Map<String, String> environment(Path folder) {
        identity = story.identity();
        String application = story.application(identity);
        Vault vault = story.vault();
        FluentStory.key(vault);
        story.assign(story.installed(application), BuiltInRole.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER, vault);
        Map<String, String> environment =
                new LinkedHashMap<>(story.server.writeTo(folder, story.provider, story.customer));
        environment.put("JAVA_TOOL_OPTIONS", environment.get("XTCMK_JAVA_OPTS"));
        environment.put("IDENTITY", identity.clientId());
        environment.put("APPLICATION", application);
        environment.put("VAULT", vault.vaultUri().replaceFirst("/$", ""));
        return environment;
    }

    private List<String> identityLines() {
        return List.of(
                "ManagedIdentityCredential " + identity.principalId(),
                "DefaultAzureCredential " + identity.principalId());
    }

    /** The class path of this test, which has Microsoft's clients on it. */
    private static List<String> run(Map<String, String> environment, Path folder, String client)
            throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-DAZURE_HTTP_CLIENT_IMPLEMENTATION=com.azure.core.http." + client,
                        "-cp",
                        System.getProperty("java.class.path"),
                        JavaProgram.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true);
        program.environment().putAll(environment);
        Process running = program.start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}

package io.xtcmk.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.CrossTenantCmk;
import io.xtcmk.ProviderTenant;
import io.xtcmk.core.errors.ErrorCatalogue;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.Plan;
import io.xtcmk.model.PlannedStep;
import io.xtcmk.model.RequiredRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The README's Java compiles, and its tables are those of the code. Run with {@code -DupdateReadme=true} to write the
 * tables anew.
 */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path SNIPPETS = Path.of("src/test/java/io/xtcmk/samples/Snippets.java");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void javaBlocks_areCompiledSnippets() throws IOException {
        String compiled = squeezed(Files.readString(SNIPPETS));
        List<String> blocks = JAVA.matcher(Files.readString(README))
                .results()
                .map(MatchResult::group)
                .map(block -> block.replaceFirst("```java\n", "").replaceFirst("```$", ""))
                .toList();

        assertThat(blocks).hasSizeGreaterThan(5).allSatisfy(block -> {
            String plain = block.replaceAll("(?m)^import .*$", "");
            assertThat(compiled).contains(squeezed(plain));
        });
    }

    /** Without white space, which a formatter sets as it likes. */
    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void errorTable_isTheCatalogue() throws IOException {
        StringBuilder table = new StringBuilder("| Code | Likely cause | Who acts | What to do |\n|---|---|---|---|\n");
        ErrorCatalogue.services().forEach((service, entries) -> {
            table.append("| **").append(service).append("** | | | |\n");
            entries.forEach(entry -> table.append(line(entry)));
        });
        assertTable("errors", table.toString());
    }

    private static String line(ErrorCatalogue.Entry entry) {
        return "| `" + entry.code() + "` | " + entry.cause() + " | "
                + entry.who().name().toLowerCase(Locale.ROOT) + " | " + entry.fix() + " |\n";
    }

    @Test
    void diagnosis_isWhatIsPrinted() throws IOException {
        Azure azure = Azure.open();
        FederatedApp app = Phase1.createFederatedApp(azure, Screen.silent());
        AuthorizedKey key = Phase2.authorize(azure, app.clientId(), Screen.silent());
        EncryptedResource account = Phase3.storage(azure, app, key, Screen.silent());
        azure.fake().orElseThrow().tenant("fabrikam").enableApplication(app.clientId(), false);

        Diagnosis diagnosis = CrossTenantCmk.provider(azure.provider())
                .verification(account)
                .customer(azure.customer())
                .verify();

        String printed = diagnosis
                .toString()
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "{id}")
                .replaceAll("[0-9a-f]{32}", "{version}")
                .replace(System.lineSeparator(), "\n");
        assertTable("diagnosis", "```text\n" + printed + "\n```\n");
    }

    @Test
    void permissionsTable_isWhatThePlansSay() throws IOException {
        Azure azure = Azure.open();
        Set<String> lines = new LinkedHashSet<>();
        ProviderTenant provider = CrossTenantCmk.provider(azure.provider());
        add(
                lines,
                "1",
                provider.application("contoso-cmk")
                        .managedIdentity("rg-identities", "id-cmk", azure.region())
                        .plan());
        FederatedApp app = Phase1.createFederatedApp(azure, Screen.silent());
        add(
                lines,
                "2",
                CrossTenantCmk.customer(azure.customer())
                        .application(app.clientId())
                        .keyVault("rg-keys", "kv-fabrikam", azure.region())
                        .key("contoso-cmk")
                        .plan());
        AuthorizedKey key = Phase2.authorize(azure, app.clientId(), Screen.silent());
        add(
                lines,
                "3",
                provider.storage("rg-data", "stfabrikam")
                        .federatedApp(app)
                        .withCustomerKey(key)
                        .plan());
        add(
                lines,
                "3",
                provider.sql("rg-data", "sql-fabrikam")
                        .federatedApp(app)
                        .withCustomerKey(key)
                        .entraAdministrator(io.xtcmk.SqlServerEncryption.PrincipalType.GROUP, "dba", new UUID(0, 1))
                        .plan());
        letRotate(azure, key);
        add(lines, "-", CrossTenantCmk.customer(azure.customer()).key(key).plan());

        assertTable(
                "permissions", "| Phase | Step | Role | Kind | On |\n|---|---|---|---|---|\n" + String.join("", lines));
    }

    private static void letRotate(Azure azure, AuthorizedKey key) {
        String vault = key.knownVaultId().orElseThrow().toString();
        azure.letSignedInUser(azure.customer(), "Key Vault Crypto Officer", vault, Screen.silent());
        azure.fake().orElseThrow().clock().advance(Duration.ofMinutes(10));
    }

    private static void add(Set<String> lines, String phase, Plan plan) {
        for (PlannedStep step : plan.steps()) {
            for (RequiredRole role : step.roles()) {
                lines.add(String.format(
                        "| %s | %s | %s | %s | %s |%n",
                        phase,
                        step.step(),
                        role.name(),
                        role.kind() == RequiredRole.Kind.ENTRA ? "Entra" : "Azure",
                        place(role.scope())));
            }
        }
    }

    private static String place(String scope) {
        String[] segments = scope.split("/", -1);
        if (scope.equals("/")) {
            return "the tenant";
        }
        if (segments.length <= 3) {
            return "the subscription";
        }
        if (segments.length <= 5) {
            return "the resource group " + segments[segments.length - 1];
        }
        return segments[segments.length - 2] + "/" + segments[segments.length - 1];
    }

    private static void assertTable(String name, String table) throws IOException {
        String readme = Files.readString(README);
        Matcher found = Pattern.compile("<!-- " + name + ":begin -->\n(.*?)<!-- " + name + ":end -->", Pattern.DOTALL)
                .matcher(readme);
        assertThat(found.find()).as("the README has a place for " + name).isTrue();
        if (Boolean.getBoolean("updateReadme")) {
            Files.writeString(README, readme.substring(0, found.start(1)) + table + readme.substring(found.end(1)));
        } else {
            assertThat(found.group(1))
                    .as("run mvn test with -DupdateReadme=true to write the table anew")
                    .isEqualTo(table);
        }
    }
}

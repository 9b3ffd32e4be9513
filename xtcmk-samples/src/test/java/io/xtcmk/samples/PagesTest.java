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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Java of the documentation's pages compiles, their links lead somewhere, and their tables are those of the code. Run
 * with {@code -DupdatePages=true} to write the tables again.
 */
class PagesTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> COMPILED = List.of(
            "src/test/java/io/xtcmk/samples/Snippets.java",
            "src/test/java/io/xtcmk/samples/RecipesTest.java",
            "src/test/java/io/xtcmk/samples/OnboardingTest.java",
            "src/consumers/module-info.java");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @MethodSource("pages")
    void javaBlocks_areCompiled(Path page) throws IOException {
        StringBuilder compiled = new StringBuilder();
        for (String file : COMPILED) {
            compiled.append(squeezed(Files.readString(Path.of(file))));
        }
        List<String> blocks = JAVA.matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1).replaceAll("(?m)^import .*$", ""))
                .map(PagesTest::squeezed)
                .toList();

        assertThat(blocks).allSatisfy(block -> assertThat(compiled).contains(block));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_leadSomewhere(Path page) throws IOException {
        for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
            if (!link.group(1).startsWith("https:")) {
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                assertThat(target).exists();
                if (link.group(2) != null) {
                    assertThat(anchors(target)).contains(link.group(2));
                }
            }
        }
    }

    /** As code hosts derive them from headings. */
    private static List<String> anchors(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    static List<Path> pages() throws IOException {
        List<Path> folders = new ArrayList<>(List.of(ROOT, ROOT.resolve(".github")));
        for (String module : List.of("api", "core", "testing", "samples")) {
            folders.add(ROOT.resolve("xtcmk-" + module));
        }
        List<Path> pages = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.toString().endsWith(".md"))
                            .sorted()
                            .forEach(pages::add);
                }
            }
        }
        return pages;
    }

    @Test
    void pages_areAllFound() throws IOException {
        assertThat(pages()).hasSizeGreaterThan(8).contains(ROOT.resolve("README.md"));
    }

    /** A visitor reads it in five minutes. */
    @Test
    void readme_isShort() throws IOException {
        assertThat(Files.size(ROOT.resolve("README.md"))).isLessThan(13_000);
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
        assertTable("xtcmk-core/ERRORS.md", "errors", table.toString());
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
        assertTable("xtcmk-api/GUIDE.md", "diagnosis", "```text\n" + printed + "\n```\n");
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
                "xtcmk-core/PERMISSIONS.md",
                "permissions",
                "| Phase | Step | Role | Kind | On |\n|---|---|---|---|---|\n" + String.join("", lines));
    }

    private static void letRotate(Azure azure, AuthorizedKey key) {
        String vault = key.knownVaultId().orElseThrow().toString();
        azure.letSignedInUser(Side.CUSTOMER, "Key Vault Crypto Officer", vault, Screen.silent());
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

    private static void assertTable(String file, String name, String table) throws IOException {
        Path path = ROOT.resolve(file);
        String page = Files.readString(path);
        Matcher found = Pattern.compile("<!-- " + name + ":begin -->\n(.*?)<!-- " + name + ":end -->", Pattern.DOTALL)
                .matcher(page);
        assertThat(found.find()).as("%s has a place for %s", file, name).isTrue();
        if (Boolean.getBoolean("updatePages")) {
            Files.writeString(path, page.substring(0, found.start(1)) + table + page.substring(found.end(1)));
        } else {
            assertThat(found.group(1))
                    .as("run mvn test with -DupdatePages=true to write the table again")
                    .isEqualTo(table);
        }
    }
}

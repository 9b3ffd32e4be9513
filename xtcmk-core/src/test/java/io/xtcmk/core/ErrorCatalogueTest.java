package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.core.errors.ErrorCatalogue;
import io.xtcmk.core.errors.ErrorCatalogue.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The one table of what codes mean. */
class ErrorCatalogueTest {
    private static final Path FAKE = Path.of("..", "xtcmk-testing", "src", "main", "java", "io", "xtcmk", "testing");
    private static final List<Pattern> CODES = List.of(
            Pattern.compile("AzureError\\.of\\(\\s*\\d{3},\\s*\"([A-Z]\\w+)\""),
            Pattern.compile("AzureError\\.of\\(\\s*\\d{3},\\s*\"\\w+\",\\s*\"([A-Z]\\w+)\""),
            Pattern.compile("badRequest\\(\\s*\"([A-Z]\\w+)\""));
    private static final Pattern NUMBER = Pattern.compile("(?:badClient|noMatchFor|of)\\([^;\"]*?(\\d{5,7}),");

    /** What of the fake this library's verbs meet. */
    private static final Set<String> MET = Set.of(
            "entra/Aadsts",
            "entra/TokenEndpoint",
            "entra/FederatedExchange",
            "graph/Applications",
            "graph/FederatedCredentials",
            "graph/GraphErrors",
            "graph/GraphService",
            "graph/Permissions",
            "graph/ServicePrincipals",
            "arm/Arm",
            "arm/ArmAuthentication",
            "arm/ResourceGroups",
            "arm/RoleAssignments",
            "arm/Scopes",
            "arm/UserAssignedIdentities",
            "arm/VaultKeyRoutes",
            "arm/VaultRoutes",
            "arm/VaultRules",
            "keyvault/CryptoRoutes",
            "keyvault/KeyErrors",
            "keyvault/KeyRoutes",
            "keyvault/KeyVaultService",
            "keyvault/VaultGate",
            "storage/AccountEncryption",
            "storage/StorageAccounts",
            "storage/StorageErrors",
            "sql/EncryptionProtectors",
            "sql/Protection",
            "sql/ServerKeys",
            "sql/ServerRequest",
            "sql/SqlErrors",
            "sql/SqlServers",
            "cmk/AttachedIdentities",
            "http/AzureError");

    /** Beside each of these the service sends another code that says it more exactly. */
    private static final Set<String> GENERAL = Set.of("BadRequest", "Conflict", "Forbidden", "Unauthorized");

    /** What this library never asks for, or takes for an answer without failing. */
    private static final Set<String> NEVER_MET = Set.of(
            "AccountNameInvalid",
            "BadParameter",
            "ConflictingDatabaseOperation",
            "InvalidEncryptionProtectorName",
            "InvalidKeyName",
            "InvalidKeyType",
            "InvalidKeyUpsertRequest",
            "InvalidResourceGroup",
            "InvalidRoleDefinitionId",
            "InvalidUpsertKeyType",
            "LocationRequired",
            "PasswordTooLong",
            "RoleAssignmentExists",
            "RoleAssignmentNotFound",
            "StorageAccountIsNotProvisioned",
            "VaultNameNotValid");

    /** Of token requests other than client credentials with an assertion or a secret. */
    private static final Set<String> NEVER_MET_NUMBERS = Set.of("AADSTS900144", "AADSTS901002", "AADSTS9001023");

    private static List<Entry> entries() {
        return ErrorCatalogue.services().values().stream().flatMap(List::stream).toList();
    }

    @Test
    void everyLine_isWhole() {
        assertThat(entries()).allSatisfy(entry -> {
            assertThat(entry.code()).matches("\\w+");
            assertThat(entry.cause()).endsWith(".").doesNotContain("|");
            assertThat(entry.fix()).endsWith(".").doesNotContain("|");
            assertThat(ErrorCatalogue.find(entry.code())).contains(entry);
        });
        System.out.println("the catalogue has " + entries().size() + " codes of "
                + ErrorCatalogue.services().size() + " services");
    }

    @Test
    void everyCodeOfTheFake_isInIt_ifItCanBeMet() throws IOException {
        Set<String> unknown = new TreeSet<>();
        for (String source : sources()) {
            codes(source).filter(code -> ErrorCatalogue.find(code).isEmpty()).forEach(unknown::add);
        }
        unknown.removeAll(GENERAL);
        unknown.removeAll(NEVER_MET);
        unknown.removeAll(NEVER_MET_NUMBERS);

        assertThat(unknown)
                .as("add them to the catalogue, or here if nobody can meet them")
                .isEmpty();
    }

    private static List<String> sources() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String part : MET) {
            texts.add(Files.readString(FAKE.resolve(part + ".java")));
        }
        return texts;
    }

    private static Stream<String> codes(String source) {
        Stream<String> words = CODES.stream()
                .flatMap(pattern -> pattern.matcher(source).results())
                .map(match -> match.group(1));
        Stream<String> numbers = source.contains("Aadsts.") || source.contains("class Aadsts")
                ? NUMBER.matcher(source).results().map((MatchResult match) -> "AADSTS" + match.group(1))
                : Stream.empty();
        return Stream.concat(words, numbers);
    }
}

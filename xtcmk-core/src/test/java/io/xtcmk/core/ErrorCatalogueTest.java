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
    private static final Path FAKE = Path.of("..", "xtcmk-testing", "src", "main", "java");
    private static final List<Pattern> CODES = List.of(
            Pattern.compile("AzureError\\.of\\(\\s*\\d{3},\\s*\"([A-Z]\\w+)\""),
            Pattern.compile("AzureError\\.of\\(\\s*\\d{3},\\s*\"\\w+\",\\s*\"([A-Z]\\w+)\""),
            Pattern.compile("badRequest\\(\\s*\"([A-Z]\\w+)\""));
    private static final Pattern NUMBER = Pattern.compile("(?:badClient|noMatchFor|of)\\([^;\"]*?(\\d{5,7}),");

    /** Beside each of these the service sends another code that says it more exactly. */
    private static final Set<String> GENERAL =
            Set.of("BadRequest", "Conflict", "Forbidden", "Unauthorized", "ServerBusy", "AuthenticationFailed");

    /** What this library never asks for, or takes for an answer without failing. */
    private static final Set<String> NEVER_MET = Set.of(
            "AccountNameInvalid",
            "AuthorizationPermissionMismatch",
            "AzureKeyVaultKeyInUse",
            "BadParameter",
            "BlobAlreadyExists",
            "BlobNotFound",
            "ConditionNotMet",
            "ConflictingDatabaseOperation",
            "ContainerAlreadyExists",
            "ContainerNotFound",
            "DatabaseIsNotOnline",
            "DeletedVaultNotFound",
            "DenyPublicEndpointEnabled",
            "FirewallRuleInvalidRange",
            "FirewallRuleNameTooLong",
            "FirewallRuleNotIPv4Address",
            "InvalidEncryptionProtectorName",
            "InvalidHeaderValue",
            "InvalidKeyName",
            "InvalidKeyType",
            "InvalidKeyUpsertRequest",
            "InvalidLockName",
            "InvalidParameterValue",
            "InvalidRange",
            "InvalidRequestContent",
            "InvalidResourceGroup",
            "InvalidResourceName",
            "InvalidRoleDefinitionId",
            "InvalidServerFirewallRuleResourceParameters",
            "InvalidSkipToken",
            "InvalidTopQuery",
            "InvalidUpsertKeyType",
            "KeyBasedAuthenticationNotPermitted",
            "LocationRequired",
            "LockNotFound",
            "MethodNotAllowed",
            "MissingApiVersionParameter",
            "OperationNotFound",
            "OutOfRangeQueryParameterValue",
            "PasswordTooLong",
            "Request_UnsupportedQuery",
            "RoleAssignmentExists",
            "RoleAssignmentNotFound",
            "RoleDefinitionDoesNotExist",
            "TooManyFirewallRules",
            "VaultNameNotValid");

    /** Of token requests other than client credentials with an assertion or a secret. */
    private static final Set<String> NEVER_MET_NUMBERS =
            Set.of("AADSTS70003", "AADSTS900144", "AADSTS901002", "AADSTS1002012", "AADSTS9001023", "AADSTS900561");

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
        try (Stream<Path> files = Files.walk(FAKE)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(java).hasSizeGreaterThan(100);
            List<String> texts = new ArrayList<>();
            for (Path file : java) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
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

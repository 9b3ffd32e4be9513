package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpRequest;
import com.azure.core.management.Region;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import com.azure.resourcemanager.keyvault.models.KeyCreateParameters;
import com.azure.resourcemanager.keyvault.models.VaultCreateOrUpdateParameters;
import com.azure.resourcemanager.sql.fluent.models.EncryptionProtectorInner;
import com.azure.resourcemanager.sql.fluent.models.ServerInner;
import com.azure.resourcemanager.sql.fluent.models.ServerKeyInner;
import com.azure.resourcemanager.sql.models.ServerUpdate;
import com.azure.resourcemanager.storage.models.StorageAccountCreateParameters;
import com.azure.resourcemanager.storage.models.StorageAccountUpdateParameters;
import com.microsoft.graph.models.Application;
import com.microsoft.graph.models.FederatedIdentityCredential;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.core.services.sql.SqlServers;
import io.xtcmk.core.services.storage.StorageAccounts;
import io.xtcmk.testing.http.RequestSyntax;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each call through Microsoft's inner clients, with names that need care in a URL: what is sent is legal, and is read as the
 * name that was given. The calls do not check names: who calls them does.
 */
class LegalRequestsTest {
    private static final UUID ID = UUID.fromString("33333333-3333-3333-3333-333333333333");
    private static final Region REGION = Region.EUROPE_WEST;
    private static final List<String> NAMES = List.of(
            "rg-plain",
            "rg(1)",
            "rg.a..b",
            "rg-größe",
            "rg-鍵",
            "rg-😀",
            "o'neil",
            "a&b",
            "a+b",
            "100%",
            "a#b",
            "a b",
            "a%20b",
            "a=b;c,d",
            "\"<{[|]}>\\^`");

    private final Wire wire = new Wire();
    private final Azure azure = new Azure(wire.connection());

    private static Map<String, BiConsumer<Azure, String>> calls() {
        Map<String, BiConsumer<Azure, String>> calls = new LinkedHashMap<>();
        calls.put(
                "role assign",
                (azure, name) -> azure.roles()
                        .assign(
                                "/subscriptions/s/resourceGroups/" + name,
                                ID,
                                new RoleAssignmentCreateParameters()
                                        .withRoleDefinitionId("r")
                                        .withPrincipalId("p")));
        calls.put(
                "role list", (azure, name) -> azure.roles().assignments("/subscriptions/s/resourceGroups/" + name, ID));
        calls.put("role find", (azure, name) -> azure.roles().find("/subscriptions/s/resourceGroups/" + name, ID));
        calls.put("group", (azure, name) -> azure.resourceGroups().create(name, REGION));
        calls.put("identity find", (azure, name) -> azure.managedIdentities().find(name, name));
        calls.put("identity create", (azure, name) -> azure.managedIdentities().create(name, name, REGION));
        calls.put("vault find", (azure, name) -> azure.vaults().find(name, name));
        calls.put(
                "vault create",
                (azure, name) -> azure.vaults()
                        .create(
                                name,
                                name,
                                new VaultCreateOrUpdateParameters()
                                        .withLocation("x")
                                        .withProperties(new com.azure.resourcemanager.keyvault.models.VaultProperties()
                                                .withTenantId(ID)
                                                .withSku(new com.azure.resourcemanager.keyvault.models.Sku()
                                                        .withName(
                                                                com.azure.resourcemanager.keyvault.models.SkuName
                                                                        .STANDARD)))));
        calls.put("vault key", (azure, name) -> azure.vaults().findKey(name, name, name));
        calls.put("vault key version", (azure, name) -> azure.vaults().findKeyVersion(name, name, name, name));
        calls.put(
                "vault key create",
                (azure, name) -> azure.vaults()
                        .createKeyIfMissing(
                                name,
                                name,
                                name,
                                new KeyCreateParameters()
                                        .withProperties(
                                                new com.azure.resourcemanager.keyvault.fluent.models.KeyProperties())));
        calls.put("storage find", (azure, name) -> StorageAccounts.of(azure).find(name, name));
        calls.put(
                "storage create",
                (azure, name) -> StorageAccounts.of(azure)
                        .create(
                                name,
                                name,
                                new StorageAccountCreateParameters()
                                        .withLocation("x")
                                        .withKind(com.azure.resourcemanager.storage.models.Kind.STORAGE_V2)
                                        .withSku(new com.azure.resourcemanager.storage.models.Sku()
                                                .withName(
                                                        com.azure.resourcemanager.storage.models.SkuName
                                                                .STANDARD_LRS))));
        calls.put(
                "storage update",
                (azure, name) -> StorageAccounts.of(azure).update(name, name, new StorageAccountUpdateParameters()));
        calls.put("sql find", (azure, name) -> SqlServers.of(azure).find(name, name));
        calls.put("sql create", (azure, name) -> {
            ServerInner server = new ServerInner();
            server.withLocation("x");
            SqlServers.of(azure).createOrUpdate(name, name, server);
        });
        calls.put("sql update", (azure, name) -> SqlServers.of(azure).update(name, name, new ServerUpdate()));
        calls.put("sql protector", (azure, name) -> SqlServers.of(azure).protector(name, name));
        calls.put(
                "sql set protector",
                (azure, name) -> SqlServers.of(azure).setProtector(name, name, new EncryptionProtectorInner()));
        calls.put("sql databases", (azure, name) -> SqlServers.of(azure).inaccessibleDatabases(name, name));
        calls.put("sql revalidate", (azure, name) -> SqlServers.of(azure).revalidate(name, name));
        calls.put("sql key", (azure, name) -> SqlServers.of(azure).findKey(name, name, name));
        calls.put(
                "sql create key",
                (azure, name) -> SqlServers.of(azure).createKey(name, name, name, new ServerKeyInner()));
        calls.put("graph find", (azure, name) -> azure.graph().application(name));
        calls.put("graph upsert", (azure, name) -> azure.graph().upsertApplication(name, new Application()));
        calls.put("graph update", (azure, name) -> azure.graph().updateApplication(name, new Application()));
        calls.put("graph deleted", (azure, name) -> azure.graph().deletedAt(name));
        calls.put("graph credentials", (azure, name) -> azure.graph().credentials(name));
        calls.put(
                "graph credential",
                (azure, name) -> azure.graph().upsertCredential(name, name, new FederatedIdentityCredential()));
        return calls;
    }

    static Stream<Arguments> callsAndNames() {
        return calls().keySet().stream().flatMap(call -> NAMES.stream().map(name -> Arguments.of(call, name)));
    }

    @ParameterizedTest
    @MethodSource("callsAndNames")
    void name_isReadAsItWasGiven(String call, String name) {
        wire.answer(200, "{}");

        try {
            calls().get(call).accept(azure, name);
        } catch (AzureFailure noMatterWhatItMakesOfTheAnswer) {
            assertThat(noMatterWhatItMakesOfTheAnswer.code()).isNotEqualTo(OwnCodes.CLIENT);
        }

        String url = wire.requests.get(0).getUrl().toString();
        assertThat(RequestSyntax.problemOfUrl(url)).as(url).isEmpty();
        String quoted = call.startsWith("graph") && url.contains("='") ? name.replace("'", "''") : name;
        assertThat(decoded(URI.create(url).getRawPath())).contains(quoted);
        assertThat(URI.create(url).getRawFragment()).isNull();
    }

    private static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Test
    void filter_isEscaped() {
        wire.answer(200, "{\"value\":[]}");

        azure.roles().assignments("/subscriptions/s", ID);

        assertThat(wire.asked().get(0))
                .contains("/subscriptions/s/providers/Microsoft.Authorization/roleAssignments?")
                .contains("$filter=principalId%20eq%20%27" + ID + "%27");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$skiptoken=a b|$skiptoken=a%20b",
                "$skiptoken={a}|$skiptoken=%7Ba%7D",
                "$skiptoken=a|$skiptoken=a",
                "$skiptoken=a%20b|$skiptoken=a%20b",
                "$skiptoken=100%|$skiptoken=100%25",
                "$skiptoken=a#b|$skiptoken=a%23b",
                "$skiptoken=größe|$skiptoken=gr%C3%B6%C3%9Fe",
                "$filter=a eq 'b'&x=1+1|$filter=a%20eq%20'b'&x=1+1"
            })
    void linkToTheNextPage_isFollowed_withWhatIsIllegalEscaped(String given, String sent) {
        String next = "https://management.azure.com/subscriptions/s/page?api-version=1&" + given;
        wire.answer(200, "{\"value\":[],\"nextLink\":\"" + next + "\"}").answer(200, "{\"value\":[]}");

        azure.roles().assignments("/subscriptions/s", ID);

        assertThat(wire.asked().get(1))
                .isEqualTo("GET https://management.azure.com/subscriptions/s/page?api-version=1&" + sent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$skiptoken=a b|$skiptoken=a%20b",
                "$skiptoken={a}|$skiptoken=%7Ba%7D",
                "$skiptoken=100%|$skiptoken=100%25"
            })
    void graphsLinkToTheNextPage_isFollowed_withWhatIsIllegalEscaped(String given, String sent) {
        String next = "https://graph.microsoft.com/v1.0/applications/a/federatedIdentityCredentials?" + given;
        wire.answer(200, "{\"value\":[],\"@odata.nextLink\":\"" + next + "\"}").answer(200, "{\"value\":[]}");

        azure.graph().credentials("a");

        assertThat(wire.asked().get(1)).contains(sent);
        assertThat(RequestSyntax.problemOfUrl(wire.requests.get(1).getUrl().toString()))
                .isEmpty();
    }

    /** A backslash, a blank or a user's name in front of a host is read as one host here and as another there. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "evil.example\\.vault.azure.net",
                "evil.example .vault.azure.net",
                "ä.vault.azure.net",
                "a^.vault.azure.net"
            })
    void host_thatIsNone_getsNoToken(String host) {
        Audience audience = Audience.suffix("https://vault.azure.net/.default", ".vault.azure.net");

        // From JDK 25 on, java.net.URL itself refuses most of these hosts: there is no request to give a token to.
        assertThatThrownBy(() -> audience.check(new HttpRequest(
                        com.azure.core.http.HttpMethod.GET, new java.net.URL("https://" + host + "/keys"))))
                .isInstanceOfAny(AzureFailure.class, java.net.MalformedURLException.class);
    }
}

package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.xtcmk.CrossTenantCmk;
import io.xtcmk.FederatedAppDefinition;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.ResourceId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is not ours stays as it is, byte for byte: resources on which somebody has set everything that can be set, from
 * Microsoft's keys to a customer's, to another one, and back.
 */
class EverythingElseStaysTest extends EncryptionScenario {
    /** The newest api-versions, with properties that the clients do not know yet. */
    private static final String STORAGE = "2026-04-01";

    private static final String SQL = "2025-01-01";

    /** A server tells of its administrators only when it is asked about them. */
    private static final String SQL_WHOLE = SQL + "&$expand=administrators/activedirectory";

    private final FederatedApp app = phase1();
    private final AuthorizedKey key = phase2(app);

    /** An api-version is answered with the properties of a newer one. */
    @Override
    boolean isRealistic() {
        return false;
    }

    /** Filled in by hand; that nothing is forgotten is checked where Azure's published types are at hand. */
    @ParameterizedTest
    @CsvSource({
        "storage-account, microsoft.storage.storageaccounts",
        "sql-server,      microsoft.sql.servers",
    })
    void everyWritableProperty_isFilledIn(String body, String type) {
        assumeTrue(Files.isDirectory(FilledIn.TYPES), "Azure's published types are not at hand");
        Set<String> missing = new TreeSet<>(FilledIn.writable(type));
        missing.removeAll(FilledIn.paths(FilledIn.body(body)));

        // Those that say with which key and by whom are what the test itself changes.
        missing.removeIf(
                path -> path.matches("name|identity.*|properties\\.encryption\\.(keyvaultproperties|identity).*"
                        + "|properties\\.(primaryUserAssignedIdentityId|federatedClientId|keyId)"));
        assertThat(missing).isEmpty();
    }

    private Map<String, Object> identities(String... ids) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String id : ids) {
            all.put(id, object());
        }
        return object("type", "SystemAssigned,UserAssigned", "userAssignedIdentities", all);
    }

    private Map<String, Object> filledIn(String name, String... identities) {
        groupIn(contoso, "rg-data");
        Map<String, Object> body = FilledIn.body(name);
        body.put("identity", identities(identities));
        return body;
    }

    @Test
    void storageAccount() {
        String other = identity("id-other");
        Map<String, Object> asked = filledIn("storage-account", other);
        Reply before = made(contoso, accountId, STORAGE, asked);
        assertThat(FilledIn.paths(tree(before))).containsAll(FilledIn.paths(asked));
        String rest = restOfAccount(before);

        storage(app, key).update();
        assertThat(restOfAccount(arm(contoso, accountId, STORAGE))).isEqualTo(rest);

        storage(app, anotherKey(app, "kv-fabrikam-2", "second")).update();
        assertThat(restOfAccount(arm(contoso, accountId, STORAGE))).isEqualTo(rest);

        storage(app, key).pinKeyVersion(version()).update();
        assertThat(restOfAccount(arm(contoso, accountId, STORAGE))).isEqualTo(rest);

        storage(app, key).withMicrosoftKeys().update();
        Reply back = arm(contoso, accountId, STORAGE);
        assertThat(restOfAccount(back)).isEqualTo(rest);
        assertThat(back.at("properties.encryption")).isEqualTo(before.at("properties.encryption"));
        assertThat(identitiesOf(back))
                .as("an account has room for one")
                .containsExactly(app.identity().id().toString());
    }

    private String restOfAccount(Reply account) {
        return rest(
                account,
                "properties.encryption.keySource",
                "properties.encryption.keyvaultproperties",
                "properties.encryption.identity",
                "identity.userAssignedIdentities");
    }

    @Test
    void sqlServer() {
        String[] others = {identity("id-one"), identity("id-two")};
        Map<String, Object> asked = filledIn("sql-server", others);
        Map<String, Object> properties = tree(asked, "properties");
        properties.put("primaryUserAssignedIdentityId", others[0]);
        made(contoso, serverId, SQL, asked);
        Reply before = arm(contoso, serverId, SQL_WHOLE);
        Set<String> told = new TreeSet<>(FilledIn.paths(asked));
        // Nobody is told a password, and how a server came to be is no property of it.
        told.removeAll(Set.of("properties.administratorLoginPassword", "properties.createMode"));
        assertThat(FilledIn.paths(tree(before))).containsAll(told);
        Reply database = made(
                contoso,
                serverId + "/databases/orders",
                SQL,
                object("location", "westeurope", "tags", object("cost", "43"), "sku", object("name", "S1")));
        String rest = restOfServer(before);

        sql(app, key).update();
        assertThat(restOfServer(arm(contoso, serverId, SQL_WHOLE))).isEqualTo(rest);

        sql(app, anotherKey(app, "kv-fabrikam-2", "second")).autoRotation(true).update();
        assertThat(restOfServer(arm(contoso, serverId, SQL_WHOLE))).isEqualTo(rest);
        assertThat(serverKeys()).hasSize(3);

        sql(app, key).pinKeyVersion(version()).update();
        assertThat(restOfServer(arm(contoso, serverId, SQL_WHOLE))).isEqualTo(rest);

        sql(app, key).withMicrosoftKeys().update();
        Reply back = arm(contoso, serverId, SQL_WHOLE);
        assertThat(restOfServer(back)).isEqualTo(rest);
        assertThat(identitiesOf(back)).contains(others);
        assertThat(serverKeys()).hasSize(3);
        assertThat(arm(contoso, serverId + "/databases/orders", SQL).text()).isEqualTo(database.text());
    }

    private String restOfServer(Reply server) {
        return rest(
                server,
                "properties.primaryUserAssignedIdentityId",
                "properties.federatedClientId",
                "properties.keyId",
                "identity.userAssignedIdentities." + app.identity().id());
    }

    /** The one that Azure manages, and each customer's that was ever used. */
    private List<?> serverKeys() {
        return arm(contoso, serverId + "/keys", SQL).list("value");
    }

    @Test
    void anotherApplicationOnTheServer() {
        String other = identity("id-one");
        Map<String, Object> asked = filledIn("sql-server", other);
        tree(asked, "properties").put("primaryUserAssignedIdentityId", other);
        made(contoso, serverId, SQL, asked);
        String rest = restOfServer(arm(contoso, serverId, SQL_WHOLE));
        sql(app, key).update();
        FederatedApp second = CrossTenantCmk.provider(provider())
                .application("contoso-cmk-2")
                .managedIdentity(app.identity().id())
                .createFederatedApp();

        sql(second, anotherKey(second, "kv-fabrikam", "second")).update();

        assertThat(restOfServer(arm(contoso, serverId, SQL_WHOLE))).isEqualTo(rest);
    }

    @Test
    void application() {
        String path = "/applications(uniqueName='contoso-cmk')";
        Reply changed = graph(
                contoso,
                "PATCH",
                path,
                object(
                        "displayName", "By hand",
                        "description", "kept",
                        "notes", "kept",
                        "serviceManagementReference", "4711",
                        "tags", List.of("kept"),
                        "identifierUris", List.of("api://" + app.clientId()),
                        "groupMembershipClaims", "SecurityGroup",
                        "isFallbackPublicClient", true,
                        "optionalClaims", object("idToken", List.of(object("name", "auth_time"))),
                        "api", object("requestedAccessTokenVersion", 2),
                        "info", object("supportUrl", "https://contoso.example/help"),
                        "publicClient", object("redirectUris", List.of("myapp://back")),
                        "spa", object("redirectUris", List.of("https://contoso.example/spa")),
                        "web",
                                object(
                                        "homePageUrl",
                                        "https://contoso.example",
                                        "logoutUrl",
                                        "https://contoso.example/bye",
                                        "redirectUris",
                                        List.of("https://contoso.example/back"),
                                        "implicitGrantSettings",
                                        object("enableIdTokenIssuance", true, "enableAccessTokenIssuance", true))));
        assertThat(changed.status()).as(changed.text()).isEqualTo(204);
        String rest = rest(graph(contoso, path), "displayName", "web.redirectUris", "web.redirectUriSettings");
        FederatedAppDefinition definition = phase1On(provider())
                .displayName("Contoso encryption")
                .redirectUri(URI.create("https://contoso.example/consented"));

        definition.createFederatedApp();

        assertThat(rest(graph(contoso, path), "displayName", "web.redirectUris", "web.redirectUriSettings"))
                .isEqualTo(rest);
        assertThat(graph(contoso, path).list("web.redirectUris").stream().map(String::valueOf))
                .containsExactlyInAnyOrder("https://contoso.example/back", "https://contoso.example/consented");
    }

    /** Vault, key, identity, credential, service principal and role of a first run are not touched by a second. */
    @Test
    void whatIsAdopted() {
        String credentials = "/applications/" + app.objectId() + "/federatedIdentityCredentials";
        graph(contoso, "PATCH", credentials + "/id-cmk", object("description", "kept"));
        graph(
                fabrikam,
                "PATCH",
                "/servicePrincipals/" + key.servicePrincipalId(),
                object("notes", "kept", "tags", List.of("HideApp"), "appRoleAssignmentRequired", true));
        vaultPatched(object(
                "enabledForDeployment",
                true,
                "enabledForDiskEncryption",
                true,
                "enabledForTemplateDeployment",
                true,
                "publicNetworkAccess",
                "Enabled",
                "networkAcls",
                object("bypass", "AzureServices", "defaultAction", "Allow", "ipRules", List.of())));
        List<String> before = adopted(credentials);

        assertThat(phase1().outcomes()).allMatch(o -> o.change().name().equals("UNCHANGED"));
        assertThat(phase2(app).outcomes()).allMatch(o -> o.change().name().equals("UNCHANGED"));

        assertThat(adopted(credentials)).isEqualTo(before);
    }

    private void vaultPatched(Map<String, Object> properties) {
        Reply reply = rest(
                fabrikam,
                "PATCH",
                "https://management.azure.com" + vaultId + "?api-version=2023-07-01",
                object("tags", object("cost", "44"), "properties", properties));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    private List<String> adopted(String credentials) {
        ResourceId identity = app.identity().id();
        return List.of(
                arm(contoso, identity.toString(), "2024-11-30").text(),
                graph(contoso, credentials).text(),
                graph(fabrikam, "/servicePrincipals/" + key.servicePrincipalId())
                        .text(),
                arm(fabrikam, vaultId, "2023-07-01").text(),
                arm(fabrikam, vaultId + "/keys/contoso-cmk", "2023-07-01").text(),
                arm(fabrikam, String.valueOf(key.roleAssignmentId()), "2022-04-01")
                        .text());
    }

    private static List<String> identitiesOf(Reply reply) {
        return ((Map<?, ?>) Objects.requireNonNull(reply.at("identity.userAssignedIdentities")))
                .keySet().stream().map(String::valueOf).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(Map<String, Object> body, String name) {
        return (Map<String, Object>) Objects.requireNonNull(body.get(name));
    }

    private static Map<String, Object> tree(Reply reply) {
        return without(whole(reply));
    }

    /** What a GET answers, as it stands there, without the members that are ours. */
    private static String rest(Reply reply, String... ours) {
        Object body = Objects.requireNonNull(whole(reply));
        for (String path : ours) {
            remove(body, path);
        }
        return new String(FilledIn.text(body), StandardCharsets.UTF_8);
    }

    private static void remove(@Nullable Object body, String path) {
        if (!(body instanceof Map<?, ?> map)) {
            return;
        }
        if (map.keySet().removeIf(name -> path.equalsIgnoreCase(String.valueOf(name)))) {
            return;
        }
        int dot = path.indexOf('.');
        if (dot > 0) {
            remove(map.get(path.substring(0, dot)), path.substring(dot + 1));
        }
    }
}

package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.TokenCredential;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.Region;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.CustomerTenant;
import io.xtcmk.FederatedAppCredentialBuilder;
import io.xtcmk.FederatedAppDefinition;
import io.xtcmk.KeyAuthorization;
import io.xtcmk.ProviderTenant;
import io.xtcmk.SqlServerEncryption;
import io.xtcmk.SqlServerEncryption.PrincipalType;
import io.xtcmk.StorageEncryption;
import io.xtcmk.TenantConnection;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.ApplicationObjectId;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.IdentityClientId;
import io.xtcmk.model.ManagedIdentity;
import io.xtcmk.model.PrincipalId;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.SubscriptionId;
import io.xtcmk.model.TenantId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no service would take is refused where it is given, by argument and rule, and nothing is sent. */
class BadInputTest extends Scenario {
    private static final TenantId CONTOSO = new TenantId(UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001"));
    private static final TenantId FABRIKAM = new TenantId(UUID.fromString("bbbbbbbb-0000-4000-8000-000000000001"));
    private static final SubscriptionId SUBSCRIPTION =
            new SubscriptionId(UUID.fromString("cccccccc-0000-4000-8000-000000000001"));
    private static final ClientId APPLICATION = new ClientId(UUID.fromString("dddddddd-0000-4000-8000-000000000001"));
    private static final String LONG = "a".repeat(300);
    private static final String SUBSCRIPTIONS = "/subscriptions/";

    record Bad(String what, String argument, ThrowingCallable call) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static TenantConnection connection(TenantId tenant, AzureEnvironment cloud) {
        return TenantConnection.builder()
                .tenantId(tenant)
                .subscriptionId(SUBSCRIPTION)
                .environment(cloud)
                .credential(context -> {
                    throw new AssertionError("a token was asked for");
                })
                .httpClient(request -> {
                    throw new AssertionError("a request was sent: " + request.getUrl());
                })
                .build();
    }

    private static ProviderTenant provides() {
        return CrossTenantCmk.provider(connection(CONTOSO, AzureEnvironment.AZURE));
    }

    private static CustomerTenant owns() {
        return CrossTenantCmk.customer(connection(FABRIKAM, AzureEnvironment.AZURE));
    }

    private static FederatedAppDefinition app() {
        return provides().application("contoso-cmk");
    }

    private static KeyAuthorization authorization() {
        return owns().application(APPLICATION);
    }

    private static StorageEncryption storage() {
        return provides().storage("rg-data", "stfabrikam");
    }

    private static SqlServerEncryption sql() {
        return provides().sql("rg-data", "sql-fabrikam");
    }

    private static FederatedApp federatedApp(TenantId tenant, ClientId clientId) {
        ResourceId id = ResourceId.of(
                SUBSCRIPTION, "rg-identities", "Microsoft.ManagedIdentity/userAssignedIdentities", "id-cmk");
        return new FederatedApp(
                tenant,
                "contoso-cmk",
                new ApplicationObjectId(UUID.randomUUID()),
                clientId,
                new ManagedIdentity(
                        id,
                        Region.EUROPE_WEST,
                        new IdentityClientId(UUID.randomUUID()),
                        new PrincipalId(UUID.randomUUID())),
                "id-cmk",
                null,
                List.of());
    }

    private static AuthorizedKey key(TenantId tenant, ClientId clientId, String host) {
        return AuthorizedKey.of(tenant, clientId, "https://" + host + "/keys/contoso-cmk");
    }

    private static final String VAULT_HOST = "kv-fabrikam.vault.azure.net";
    private static final String GOVERNMENT_HOST = "kv-fabrikam.vault.usgovcloudapi.net";

    /** Turned writing, characters without width, halves of characters: what is shown is not what is there. */
    private static final List<String> HIDING = List.of(
            "a\u202eb", "a\u2066b", "a\u200bb", "a\u200db", "a\ufeffb", "a\u00adb", "a\u3164b", "a\ud800b", "a\udc00b");

    private interface Taking {
        void take(String text);
    }

    /** What no name may be: null, blank, with a control character, with a slash, or too long. */
    private static void names(List<Bad> all, String method, String argument, Taking taking) {
        List<String> texts = new ArrayList<>();
        texts.add(null);
        texts.addAll(List.of("", "  ", "a\nb", "a\u0000b", "a/../b", "a?b=c", "a%2Fb", "a\u2028b", LONG));
        texts.addAll(HIDING);
        texts.forEach(text -> all.add(new Bad(
                method + "(" + (text == null ? null : text.length() > 50 ? "300 letters" : escaped(text)) + ")",
                argument,
                () -> taking.take(text))));
    }

    private static String escaped(String text) {
        return "\"" + text.replaceAll("[^\\x20-\\x7e]", "^") + "\"";
    }

    private static void bad(List<Bad> all, String what, String argument, ThrowingCallable call) {
        all.add(new Bad(what, argument, call));
    }

    static List<Bad> entry() {
        List<Bad> all = new ArrayList<>();
        bad(all, "provider(null)", "connection", () -> CrossTenantCmk.provider(null));
        bad(all, "customer(null)", "connection", () -> CrossTenantCmk.customer(null));
        URI back = URI.create("https://saas.contoso.com/back");
        bad(all, "consent(null, uri)", "clientId", () -> CrossTenantCmk.consent(null, back));
        bad(all, "consent(id, null)", "redirectUri", () -> CrossTenantCmk.consent(APPLICATION, null));
        bad(all, "customer.application(null)", "clientId", () -> owns().application(null));
        bad(all, "customer.key(null)", "key", () -> owns().key(null));
        bad(all, "key of another tenant", "key", () -> owns().key(key(CONTOSO, APPLICATION, VAULT_HOST)));
        bad(all, "key of another cloud", "key", () -> owns().key(key(FABRIKAM, APPLICATION, GOVERNMENT_HOST)));
        names(all, "application", "uniqueName", text -> provides().application(text));
        names(all, "storage.group", "resourceGroup", text -> provides().storage(text, "stfabrikam"));
        names(all, "storage.account", "accountName", text -> provides().storage("rg", text));
        names(all, "sql.group", "resourceGroup", text -> provides().sql(text, "sql-fabrikam"));
        names(all, "sql.server", "serverName", text -> provides().sql("rg", text));
        for (String account : List.of("st", "st-fabrikam", "STFABRIKAM", "a".repeat(25))) {
            bad(
                    all,
                    "storage(rg, " + account + ")",
                    "accountName",
                    () -> provides().storage("rg", account));
        }
        for (String server : List.of("-sql", "sql-", "SQL", "a".repeat(64), "sql_1")) {
            bad(all, "sql(rg, " + server + ")", "serverName", () -> provides().sql("rg", server));
        }
        bad(all, "group with a dot last", "resourceGroup", () -> provides().sql("rg.", "sql-fabrikam"));
        return all;
    }

    static List<Bad> federatedAppDefinitions() {
        List<Bad> all = new ArrayList<>();
        for (String text : new String[] {null, "", " ", "a\nb", LONG}) {
            bad(
                    all,
                    "displayName(" + (text == null ? null : text.length()) + ")",
                    "displayName",
                    () -> app().displayName(text));
        }
        HIDING.forEach(
                text -> bad(all, "displayName(" + escaped(text) + ")", "displayName", () -> app().displayName(text)));
        bad(
                all,
                "redirect URI that hides something",
                "redirectUri",
                () -> app().redirectUri(URI.create("https://contoso.example/a\u202eb")));
        names(all, "credentialName", "credentialName", text -> app().credentialName(text));
        bad(all, "credentialName(ab)", "credentialName", () -> app().credentialName("ab"));
        names(all, "identity.group", "resourceGroup", t -> app().managedIdentity(t, "id-cmk", Region.EUROPE_WEST));
        names(all, "identity.name", "managedIdentity", t -> app().managedIdentity("rg", t, Region.EUROPE_WEST));
        bad(all, "identity.region(null)", "region", () -> app().managedIdentity("rg", "id-cmk", null));
        bad(all, "managedIdentity(null)", "managedIdentity", () -> app().managedIdentity(null));
        String identity = "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/";
        bad(
                all,
                "identity of another type",
                "managedIdentity",
                () -> app().managedIdentity(inGroup(SUBSCRIPTION, "/providers/Microsoft.KeyVault/vaults/kv-a")));
        bad(
                all,
                "identity of another subscription",
                "managedIdentity",
                () -> app().managedIdentity(inGroup(new SubscriptionId(UUID.randomUUID()), identity + "id-cmk")));
        bad(
                all,
                "identity with an impossible name",
                "managedIdentity",
                () -> app().managedIdentity(inGroup(SUBSCRIPTION, identity + "a")));
        bad(all, "redirectUri(null)", "redirectUri", () -> app().redirectUri(null));
        for (String uri : List.of(
                "http://saas.contoso.com/back",
                "https://user@saas.contoso.com/back",
                "https://saas.contoso.com/back#fragment",
                "https://*.contoso.com/back",
                "/back",
                "urn:ietf:wg:oauth:2.0:oob",
                "https://saas.contoso.com/" + LONG)) {
            bad(all, "redirectUri(" + uri + ")", "redirectUri", () -> app().redirectUri(URI.create(uri)));
        }
        definition(all, "federated app", app()::onStep, app()::propagationTimeout);
        return all;
    }

    private static ResourceId inGroup(SubscriptionId subscription, String rest) {
        return ResourceId.of(SUBSCRIPTIONS + subscription + "/resourceGroups/rg" + rest);
    }

    private interface Listening {
        void listen(java.util.function.Consumer<io.xtcmk.model.StepOutcome> listener);
    }

    private interface Waiting {
        void within(Duration duration);
    }

    private static void definition(List<Bad> all, String what, Listening listening, Waiting waiting) {
        bad(all, what + ": onStep(null)", "listener", () -> listening.listen(null));
        bad(all, what + ": propagationTimeout(null)", "timeout", () -> waiting.within(null));
        bad(all, what + ": propagationTimeout(-1 s)", "timeout", () -> waiting.within(Duration.ofSeconds(-1)));
        bad(
                all,
                what + ": propagationTimeout(for ever)",
                "timeout",
                () -> waiting.within(Duration.ofSeconds(Long.MAX_VALUE)));
    }

    static List<Bad> keyAuthorizations() {
        List<Bad> all = new ArrayList<>();
        names(all, "vault.group", "resourceGroup", t -> authorization().keyVault(t, "kv-fabrikam", Region.EUROPE_WEST));
        names(all, "vault.name", "vaultName", t -> authorization().keyVault("rg", t, Region.EUROPE_WEST));
        for (String name : List.of("kv", "1kv", "kv--a", "kv-", "kv_a", "k".repeat(25))) {
            bad(all, "vault " + name, "vaultName", () -> authorization().keyVault("rg", name, Region.EUROPE_WEST));
        }
        bad(all, "vault.region(null)", "region", () -> authorization().keyVault("rg", "kv-fabrikam", null));
        bad(all, "keyVault(null)", "keyVault", () -> authorization().keyVault(null));
        bad(
                all,
                "vault of another type",
                "keyVault",
                () -> authorization().keyVault(inGroup(SUBSCRIPTION, "/providers/Microsoft.KeyVault/managedHSMs/hsm")));
        bad(
                all,
                "vault of another subscription",
                "keyVault",
                () -> authorization()
                        .keyVault(inGroup(
                                new SubscriptionId(UUID.randomUUID()), "/providers/Microsoft.KeyVault/vaults/kv-a")));
        bad(
                all,
                "vault with an impossible name",
                "vaultName",
                () -> authorization().keyVault(inGroup(SUBSCRIPTION, "/providers/Microsoft.KeyVault/vaults/k_v")));
        names(all, "key", "keyName", text -> authorization().key(text));
        names(all, "key with a kind", "keyName", t -> authorization().key(t, io.xtcmk.model.KeySpec.rsa(2048)));
        bad(all, "key(name, null)", "spec", () -> authorization().key("contoso-cmk", null));
        bad(all, "rsa(1024)", "bits", () -> io.xtcmk.model.KeySpec.rsa(1024));
        for (int days : new int[] {Integer.MIN_VALUE, 0, 6, 91}) {
            bad(
                    all,
                    "softDeleteRetention(" + days + ")",
                    "days",
                    () -> authorization().softDeleteRetention(days));
        }
        bad(all, "roleScope(null)", "scope", () -> authorization().roleScope(null));
        bad(all, "keyPlane(null)", "plane", () -> authorization().keyPlane(null));
        definition(all, "authorization", authorization()::onStep, authorization()::propagationTimeout);
        var rotation = owns().key(key(FABRIKAM, APPLICATION, VAULT_HOST));
        definition(all, "rotation", rotation::onStep, rotation::propagationTimeout);
        return all;
    }

    static List<Bad> encryptions() {
        List<Bad> all = new ArrayList<>();
        bad(all, "storage.federatedApp(null)", "federatedApp", () -> storage().federatedApp(null));
        bad(
                all,
                "app of another tenant",
                "federatedApp",
                () -> storage().federatedApp(federatedApp(FABRIKAM, APPLICATION)));
        bad(all, "withCustomerKey(null)", "key", () -> storage().withCustomerKey(null));
        bad(
                all,
                "key of another cloud",
                "key",
                () -> storage().withCustomerKey(key(FABRIKAM, APPLICATION, GOVERNMENT_HOST)));
        bad(
                all,
                "key for another application",
                "key",
                () -> storage()
                        .federatedApp(federatedApp(CONTOSO, APPLICATION))
                        .withCustomerKey(key(FABRIKAM, new ClientId(UUID.randomUUID()), VAULT_HOST))
                        .create());
        names(all, "pinKeyVersion", "version", text -> storage().pinKeyVersion(text));
        bad(all, "region(null)", "region", () -> storage().region(null));
        names(all, "sku", "sku", text -> storage().sku(text));
        definition(all, "storage", storage()::onStep, storage()::propagationTimeout);
        definition(all, "sql", sql()::onStep, sql()::propagationTimeout);
        var microsoft = storage().withMicrosoftKeys();
        definition(all, "Microsoft's keys", microsoft::onStep, microsoft::propagationTimeout);
        names(all, "sql login", "login", text -> sql().administrator(text, "Passw0rd-of-a-test"));
        for (String login : List.of("sa", "Admin", "root", "1st", "dbo")) {
            bad(all, "login " + login, "login", () -> sql().administrator(login, "Passw0rd-of-a-test"));
        }
        for (String password : new String[] {null, "", "  ", "short1A", "onlylowercase", "Holds-keeper-1", LONG}) {
            bad(all, "some password", "password", () -> sql().administrator("keeper", password));
        }
        UUID id = UUID.randomUUID();
        bad(all, "administrator of no type", "type", () -> sql().entraAdministrator(null, "dbas", id));
        bad(all, "administrator of no name", "login", () -> sql().entraAdministrator(PrincipalType.GROUP, null, id));
        bad(
                all,
                "administrator of a name with a line break",
                "login",
                () -> sql().entraAdministrator(PrincipalType.GROUP, "a\nb", id));
        HIDING.forEach(text -> bad(
                all,
                "administrator of the name " + escaped(text),
                "login",
                () -> sql().entraAdministrator(PrincipalType.GROUP, text, id)));
        bad(
                all,
                "administrator of no id",
                "objectId",
                () -> sql().entraAdministrator(PrincipalType.GROUP, "dbas", null));
        return all;
    }

    static List<Bad> builders() {
        List<Bad> all = new ArrayList<>();
        FederatedAppCredentialBuilder credential = CrossTenantCmk.federatedAppCredential();
        bad(all, "credential.clientId(null)", "clientId", () -> credential.clientId(null));
        bad(all, "credential.tenantId(null)", "tenantId", () -> credential.tenantId(null));
        bad(
                all,
                "credential.managedIdentity(null)",
                "managedIdentity",
                () -> credential.managedIdentity((TokenCredential) null));
        bad(
                all,
                "credential.managedIdentity(null id)",
                "managedIdentity",
                () -> credential.managedIdentity((IdentityClientId) null));
        bad(all, "credential.timeSource(null)", "timeSource", () -> credential.timeSource(null));
        bad(all, "credential.environment(null)", "environment", () -> credential.environment(null));
        bad(all, "credential.httpClient(null)", "httpClient", () -> credential.httpClient(null));
        bad(all, "credential.clientOptions(null)", "clientOptions", () -> credential.clientOptions(null));
        TenantConnection.Builder connection = TenantConnection.builder();
        bad(all, "connection.tenantId(null)", "tenantId", () -> connection.tenantId(null));
        bad(all, "connection.subscriptionId(null)", "subscriptionId", () -> connection.subscriptionId(null));
        bad(all, "connection.credential(null)", "credential", () -> connection.credential(null));
        bad(all, "connection.environment(null)", "environment", () -> connection.environment(null));
        bad(all, "connection.httpClient(null)", "httpClient", () -> connection.httpClient(null));
        bad(all, "connection.addPolicy(null)", "policy", () -> connection.addPolicy(null));
        bad(all, "connection.clientOptions(null)", "clientOptions", () -> connection.clientOptions(null));
        bad(all, "connection.httpLogOptions(null)", "httpLogOptions", () -> connection.httpLogOptions(null));
        bad(all, "connection.timeSource(null)", "timeSource", () -> connection.timeSource(null));
        bad(all, "connection.executor(null)", "executor", () -> connection.executor(null));
        for (String text : new String[] {null, "", "contoso.com", "00000000-0000-0000-0000-000000000000", "x\ny"}) {
            bad(all, "TenantId.of(" + text + ")", "tenantId", () -> TenantId.of(text));
            bad(all, "ClientId.of(" + text + ")", "clientId", () -> ClientId.of(text));
            bad(all, "SubscriptionId.of(" + text + ")", "subscriptionId", () -> SubscriptionId.of(text));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource({"entry", "federatedAppDefinitions", "keyAuthorizations", "encryptions", "builders"})
    void isRefusedWithArgumentAndRule(Bad bad) {
        InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, bad.call());

        assertThat(refused).as(bad.what()).isNotNull();
        assertThat(refused.argument()).isEqualTo(bad.argument());
        assertThat(refused.problem()).isNotBlank();
        assertThat(refused.fix()).isNotBlank();
        assertThat(refused.getMessage())
                .contains(bad.argument(), refused.fix())
                .doesNotContain("\n", "\r", "\u0000", "\u2028")
                .hasSizeLessThan(700);
    }

    record Incomplete(String what, List<String> missing, ThrowingCallable call) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Incomplete> incomplete() {
        StorageEncryption storage = storage();
        SqlServerEncryption sql = sql().federatedApp(federatedApp(CONTOSO, APPLICATION))
                .withCustomerKey(key(FABRIKAM, APPLICATION, VAULT_HOST));
        return List.of(
                new Incomplete("createFederatedApp", List.of("managedIdentity"), app()::createFederatedApp),
                new Incomplete(
                        "createFederatedAppAsync",
                        List.of("managedIdentity"),
                        () -> app().createFederatedAppAsync().block()),
                new Incomplete("federated app's plan", List.of("managedIdentity"), app()::plan),
                new Incomplete("authorize", List.of("keyVault", "key"), authorization()::authorize),
                new Incomplete(
                        "authorizeAsync",
                        List.of("keyVault", "key"),
                        () -> authorization().authorizeAsync().block()),
                new Incomplete("authorization's plan", List.of("keyVault", "key"), authorization()::plan),
                new Incomplete(
                        "authorization's planAsync",
                        List.of("keyVault", "key"),
                        () -> authorization().planAsync().block()),
                new Incomplete("storage's create", List.of("federatedApp", "withCustomerKey"), storage::create),
                new Incomplete("storage's update", List.of("federatedApp", "withCustomerKey"), storage::update),
                new Incomplete("storage's plan", List.of("federatedApp", "withCustomerKey"), storage::plan),
                new Incomplete("SQL's create", List.of("entraAdministrator"), sql::create),
                new Incomplete(
                        "connection",
                        List.of("tenantId", "subscriptionId", "credential"),
                        () -> TenantConnection.builder().build()),
                new Incomplete(
                        "credential",
                        List.of("clientId", "tenantId", "managedIdentity"),
                        () -> CrossTenantCmk.federatedAppCredential().build()));
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void whatIsMissing_isNamedAllAtOnce(Incomplete incomplete) {
        IllegalStateException refused = catchThrowableOfType(IllegalStateException.class, incomplete.call());

        assertThat(refused).as(incomplete.what()).isNotNull();
        assertThat(refused.getMessage()).contains(incomplete.missing());
    }

    @AfterEach
    void nothingWasSent() {
        assertThat(azure.calls()).isEmpty();
    }
}

package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import com.azure.core.management.Region;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.SqlServerEncryption;
import io.xtcmk.SqlServerEncryption.PrincipalType;
import io.xtcmk.StorageEncryption;
import io.xtcmk.TenantConnection;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.KeyAccessException;
import io.xtcmk.exception.PropagationTimeoutException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.testing.FakePrincipal;
import io.xtcmk.testing.FakeTenant;
import io.xtcmk.testing.RecordedCall;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What tests of phase 3 share: the account and the server of the provider, and the customer's hand on the key. */
abstract class EncryptionScenario extends Scenario {
    static final String STORAGE_VERSION = "2024-01-01";
    static final String SQL_VERSION = "2023-08-01";
    static final String KEY_URL = "https://kv-fabrikam.vault.azure.net/keys/contoso-cmk";

    final String group = subscription(contoso) + "/resourceGroups/rg-data";
    final String accountId = group + "/providers/Microsoft.Storage/storageAccounts/stfabrikam";
    final String serverId = group + "/providers/Microsoft.Sql/servers/sql-fabrikam";
    final String vaultId =
            subscription(fabrikam) + "/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/kv-fabrikam";

    StorageEncryption storageOn(TenantConnection connection, FederatedApp app, AuthorizedKey key) {
        return CrossTenantCmk.provider(connection)
                .storage("rg-data", "stfabrikam")
                .federatedApp(app)
                .withCustomerKey(key);
    }

    StorageEncryption storage(FederatedApp app, AuthorizedKey key) {
        return storageOn(provider(), app, key);
    }

    SqlServerEncryption sqlOn(TenantConnection connection, FederatedApp app, AuthorizedKey key) {
        return CrossTenantCmk.provider(connection)
                .sql("rg-data", "sql-fabrikam")
                .federatedApp(app)
                .withCustomerKey(key)
                .entraAdministrator(
                        PrincipalType.APPLICATION,
                        "contoso-admin",
                        contoso.administrator().servicePrincipalId().value());
    }

    SqlServerEncryption sql(FederatedApp app, AuthorizedKey key) {
        return sqlOn(provider(), app, key);
    }

    AuthorizedKey anotherKey(FederatedApp app, String vault, String key) {
        return CrossTenantCmk.customer(customer())
                .application(app.clientId())
                .keyVault("rg-keys", vault, Region.EUROPE_WEST)
                .key(key)
                .authorize();
    }

    Reply account() {
        return arm(contoso, accountId, STORAGE_VERSION);
    }

    Reply server() {
        return arm(contoso, serverId, SQL_VERSION);
    }

    Reply protector() {
        return arm(contoso, serverId + "/encryptionProtector/current", SQL_VERSION);
    }

    /** Made by somebody without this library, and waited for. */
    Reply made(FakeTenant tenant, String id, String apiVersion, Object body) {
        String url = "https://management.azure.com" + id + "?api-version=" + apiVersion;
        Reply put = rest(tenant, "PUT", url, body);
        if (put.status() >= 300) {
            throw new AssertionError(put.toString());
        }
        azure.clock().advance(Duration.ofMinutes(1));
        return arm(tenant, id, apiVersion);
    }

    void groupIn(FakeTenant tenant, String name) {
        made(tenant, subscription(tenant) + "/resourceGroups/" + name, "2024-11-01", object("location", "westeurope"));
    }

    String identity(String name) {
        groupIn(contoso, "rg-other");
        String id = subscription(contoso) + "/resourceGroups/rg-other/providers/Microsoft.ManagedIdentity"
                + "/userAssignedIdentities/" + name;
        return String.valueOf(made(contoso, id, "2024-11-30", object("location", "westeurope"))
                .at("id"));
    }

    /** The customer's officer of keys, who has what the tenant's administrator lacks. */
    FakePrincipal officer() {
        FakePrincipal officer = fabrikam.newPrincipal("officer");
        return officer.grant("Key Vault Crypto Officer", subscription(fabrikam));
    }

    Reply keyCall(FakePrincipal officer, String method, String path, @Nullable Object body) {
        return rest(officer, fabrikam.environment(), method, KEY_URL + path + "?api-version=7.4", body);
    }

    String version() {
        String kid = String.valueOf(keyCall(officer(), "GET", "", null).at("key.kid"));
        return kid.substring(kid.lastIndexOf('/') + 1);
    }

    void enableKey(boolean enabled) {
        FakePrincipal officer = officer();
        String kid = String.valueOf(keyCall(officer, "GET", "/versions", null).at("value.0.kid"));
        Reply reply = keyCall(
                officer,
                "PATCH",
                kid.substring(kid.lastIndexOf('/')),
                object("attributes", object("enabled", enabled)));
        if (reply.status() != 200) {
            throw new AssertionError(reply.toString());
        }
    }

    /** Azure's services do not say that it was the firewall: to them it looks like a role that is missing. */
    void checkFirewallIsNamed(Runnable create) {
        rest(
                fabrikam,
                "PATCH",
                "https://management.azure.com" + vaultId + "?api-version=2023-07-01",
                object("properties", object("networkAcls", object("bypass", "None", "defaultAction", "Deny"))));

        PropagationTimeoutException late = catchThrowableOfType(PropagationTimeoutException.class, create::run);
        assertThat(late.likelyCause() + late.fix()).contains("firewall");

        azure.clock().advance(Duration.ofHours(1));
        KeyAccessException refused = catchThrowableOfType(KeyAccessException.class, create::run);
        assertThat(refused.likelyCause()).contains("firewall");
        assertThat(refused.fix()).contains("firewall");
        assertThat(refused.actor()).isEqualTo(Actor.CUSTOMER);
    }

    BlobContainerClient container(FakePrincipal principal) {
        return new BlobServiceClientBuilder()
                .endpoint("https://stfabrikam.blob.core.windows.net")
                .credential(principal.credential())
                .httpClient(azure.httpClient())
                .buildClient()
                .getBlobContainerClient("data");
    }

    static TenantConnection over(TenantConnection connection, HttpClient client) {
        return TenantConnection.builder()
                .tenantId(connection.tenantId())
                .subscriptionId(connection.subscriptionId())
                .environment(connection.environment())
                .credential(connection.credential())
                .httpClient(client)
                .timeSource(connection.timeSource())
                .executor(connection.executor().orElseThrow())
                .build();
    }

    /** The provider where no vault can be reached: Azure's own network reaches them all the same. */
    TenantConnection withoutVaults() {
        return over(provider(), new Intercepted(azure.httpClient(), (request, onward) -> {
            String host = request.getUrl().getHost();
            if (host.endsWith(provider().environment().getKeyVaultDnsSuffix())) {
                throw new UnknownHostException(host);
            }
            return onward.send();
        }));
    }

    List<String> writtenPaths() {
        return writes().stream().map(c -> c.method() + " " + lastOf(c)).toList();
    }

    private static String lastOf(RecordedCall call) {
        String path = call.url().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static @Nullable Object whole(Reply reply) {
        return new Reply(reply.status(), "{\"it\":" + reply.text() + "}").at("it");
    }

    /** A copy without some of its members, for comparisons of the rest. */
    static Map<String, Object> without(@Nullable Object body, String... names) {
        Map<String, Object> copy = new java.util.TreeMap<>();
        ((Map<?, ?>) Objects.requireNonNull(body)).forEach((name, value) -> copy.put(String.valueOf(name), value));
        for (String name : names) {
            copy.remove(name);
        }
        return copy;
    }
}

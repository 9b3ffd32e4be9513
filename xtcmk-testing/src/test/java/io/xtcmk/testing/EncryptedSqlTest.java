package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.resourcemanager.sql.fluent.models.ServerInner;
import com.azure.resourcemanager.sql.implementation.SqlManagementClientBuilder;
import com.azure.resourcemanager.sql.models.EncryptionProtectorName;
import io.xtcmk.testing.http.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An Azure SQL server under the customer's key. Times of closing and healing from Microsoft's page "Transparent data
 * encryption with customer-managed key".
 */
class EncryptedSqlTest {
    private final TwoTenants two = new TwoTenants().connect();

    @AfterEach
    void keepTraffic() {
        Traffic.keep(EncryptedSqlTest.class, two.azure);
    }

    private Rest arm() {
        return two.arm(two.contoso);
    }

    private static String url(TwoTenants two, String rest) {
        return TwoTenants.sql(two.contoso, rest);
    }

    private void withDatabase() {
        assertThat(two.createServer().at("status")).isEqualTo("Succeeded");
        Map<String, Object> database = Json.object(
                "location", "westeurope",
                "sku", Json.object("name", "GP_S_Gen5_2"),
                "properties", Json.object("sampleName", "AdventureWorksLT"));
        assertThat(two.finished(arm().put(url(two, "/databases/db1"), database)).at("status"))
                .isEqualTo("Succeeded");
    }

    private String status() {
        return two.sql("/databases/db1").at("properties.status");
    }

    @Test
    void create_makesServerKeyAndProtector() {
        assertThat(two.createServer().at("status")).isEqualTo("Succeeded");

        Rest.Reply server = two.sql("");
        assertThat(server.at("properties.federatedClientId")).isEqualTo(two.clientId);
        assertThat(server.at("properties.keyId")).isEqualTo(two.keyUrl);
        assertThat(server.text()).doesNotContain("administratorLoginPassword", "Pa55w.rd");
        String name = "kv-fabrikam_cmk_" + two.version();
        assertThat(two.sql("/encryptionProtector/current").at("properties.serverKeyName"))
                .isEqualTo(name);
        assertThat(two.sql("/keys/" + name).at("kind")).isEqualTo("azurekeyvault");
        assertThat(two.sql("/databases/master/transparentDataEncryption/current")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void create_showsItselfToMicrosoftsClient() {
        two.createServer();
        var client = new SqlManagementClientBuilder()
                .pipeline(new HttpPipelineBuilder()
                        .httpClient(two.azure.httpClient())
                        .policies(new BearerTokenAuthenticationPolicy(
                                two.contoso.credential(), "https://management.azure.com/.default"))
                        .build())
                .endpoint("https://management.azure.com")
                .subscriptionId(two.contoso.subscriptionId().toString())
                .buildClient();

        ServerInner server = client.getServers().getByResourceGroup("rg", "sql-fabrikam");
        assertThat(server.federatedClientId()).hasToString(two.clientId);
        assertThat(server.identity().userAssignedIdentities()).containsOnlyKeys(two.identityId);
        assertThat(client.getEncryptionProtectors()
                        .get("rg", "sql-fabrikam", EncryptionProtectorName.CURRENT)
                        .uri())
                .isEqualTo(two.keyUrl + "/" + two.version());
    }

    @Test
    void lists_haveWhatIsAlwaysThere() {
        two.createServer();
        assertThat(two.sql("/keys").text()).contains("ServiceManaged", "kv-fabrikam_cmk_" + two.version());
        assertThat(two.sql("/databases").text()).contains("master");
    }

    @ParameterizedTest
    @CsvSource({
        "properties.administratorLogin, admin, InvalidLoginName",
        "properties.administratorLoginPassword, short, PasswordTooShort",
        "properties.administratorLoginPassword, onlylowercase, PasswordNotComplex",
        "properties.primaryUserAssignedIdentityId, /subscriptions/other, InvalidPrimaryIdentityId",
        "properties.keyId, https://example.com/keys/cmk, AzureKeyVaultMalformedVaultUri",
        "identity.type, SystemAssigned, FailedIdentityOperation",
    })
    void create_withBadInput_isRefusedAtOnce(String path, String value, String code) {
        Rest.Reply refused = arm().put(url(two, ""), Json.with(two.serverBody(), path, value));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void create_withoutIdentities_isRefused() {
        Map<String, Object> body = Json.with(two.serverBody(), "identity.userAssignedIdentities", Map.of());
        assertThat(arm().put(url(two, ""), body).code()).isEqualTo("MissingIdentityId");
        String upper = url(two, "").replace("sql-fabrikam", "Sql-Fabrikam");
        assertThat(arm().put(upper, two.serverBody()).code()).isEqualTo("InvalidServerName");
    }

    @Test
    void create_withFederatedClientButNoKey_storesIt() {
        Map<String, Object> body = Json.without(two.serverBody(), "properties.keyId");
        assertThat(two.finished(arm().put(url(two, ""), body)).at("status")).isEqualTo("Succeeded");
        assertThat(two.sql("").at("properties.federatedClientId")).isEqualTo(two.clientId);
        assertThat(two.sql("/encryptionProtector/current").at("properties.serverKeyType"))
                .isEqualTo("ServiceManaged");
    }

    @Test
    void create_takesTheNameFromEverybody() {
        arm().put(url(two, ""), two.serverBody());
        assertThat(arm().put(url(two, ""), two.serverBody()).code()).isEqualTo("ConflictingServerOperation");
        Map<String, Object> plain = Json.object(
                "location",
                "westeurope",
                "properties",
                Json.object(
                        "administratorLogin", "azureuser",
                        "administratorLoginPassword", "Pa55w.rd-Pa55w.rd"));
        assertThat(two.arm(two.fabrikam)
                        .put(TwoTenants.sql(two.fabrikam, ""), plain)
                        .code())
                .isEqualTo("NameAlreadyExists");
    }

    @Test
    void update_toAnApplicationWithoutAccess_failsAndChangesNothing() {
        two.createServer();
        String other = "11111111-2222-4333-8444-555555555555";
        Map<String, Object> change = Json.object("properties", Json.object("federatedClientId", other));
        Rest.Reply end = two.finished(arm().patch(url(two, ""), change));

        assertThat(end.at("status")).isEqualTo("Failed");
        assertThat(end.at("error.code")).isEqualTo("AdalServicePrincipalNotFound");
        assertThat(two.sql("").at("properties.federatedClientId")).isEqualTo(two.clientId);
    }

    private Rest.Reply protector(Map<String, Object> properties) {
        return two.finished(arm().put(url(two, "/encryptionProtector/current"), Json.object("properties", properties)));
    }

    @Test
    void protector_goesBackToServiceManaged() {
        two.createServer();
        assertThat(protector(Json.object("serverKeyType", "ServiceManaged", "serverKeyName", "ServiceManaged"))
                        .at("status"))
                .isEqualTo("Succeeded");
        assertThat(two.sql("/encryptionProtector/current").at("kind")).isEqualTo("servicemanaged");
        assertThat(two.sql("").at("properties.keyId")).isNull();
    }

    @Test
    void protector_withoutTheRole_failsWithMissingPermissions() {
        two.createServer();
        String name = two.sql("/encryptionProtector/current").at("properties.serverKeyName");
        assertThat(arm().delete(url(two, "/keys/" + name)).code()).isEqualTo("AzureKeyVaultKeyInUse");
        two.revoke();
        assertThat(protector(Json.object("serverKeyType", "AzureKeyVault", "serverKeyName", name))
                        .at("error.code"))
                .isEqualTo("AzureKeyVaultMissingPermissions");
    }

    @Test
    void protector_withAutoRotation_followsWithinTheHour() {
        two.createServer();
        String first = two.sql("/encryptionProtector/current").at("properties.serverKeyName");
        protector(Json.object("serverKeyType", "AzureKeyVault", "serverKeyName", first, "autoRotationEnabled", true));
        String second = two.rotateKey();

        assertThat(two.sql("/keys/" + first).at("properties.autoRotationEnabled"))
                .isEqualTo("true");
        assertThat(two.sql("/encryptionProtector/current").at("properties.serverKeyName"))
                .isEqualTo(first);
        two.azure.clock().advance(Duration.ofMinutes(60));
        assertThat(two.sql("/encryptionProtector/current").at("properties.uri")).isEqualTo(second);
    }

    @Test
    void database_closesTenMinutesAfterTheKeyIsLost_andOpensByItselfIfItIsSoonBack() {
        withDatabase();
        two.azure.clock().advance(Duration.ofDays(1));
        two.setKey("enabled", false);
        assertThat(status()).isEqualTo("Online");
        two.azure.clock().advance(Duration.ofMinutes(11));
        assertThat(status()).isEqualTo("Inaccessible");
        assertThat(two.sql("/inaccessibleDatabases").text()).contains("db1").doesNotContain("master");

        two.azure.clock().advance(Duration.ofMinutes(10));
        two.setKey("enabled", true);
        assertThat(status()).isEqualTo("Online");
    }

    @Test
    void database_staysClosedAfterALongLoss_untilTheProtectorIsRevalidated() {
        withDatabase();
        two.setKey("enabled", false);
        two.azure.clock().advance(Duration.ofHours(2));
        assertThat(two.finished(arm().post(url(two, "/encryptionProtector/current/revalidate"), Map.of()))
                        .at("error.code"))
                .isEqualTo("AzureKeyVaultKeyDisabled");
        two.setKey("enabled", true);
        assertThat(status()).isEqualTo("Inaccessible");

        assertThat(two.finished(arm().post(url(two, "/encryptionProtector/current/revalidate"), Map.of()))
                        .at("status"))
                .isEqualTo("Succeeded");
        assertThat(status()).isEqualTo("Online");
    }

    @Test
    void database_hasTransparentEncryption_andCanBeDropped() {
        withDatabase();
        Map<String, Object> enabled = Json.object("properties", Json.object("state", "Enabled"));
        assertThat(two.finished(arm().put(url(two, "/databases/db1/transparentDataEncryption/current"), enabled))
                        .at("status"))
                .isEqualTo("Succeeded");
        Rest.Reply database = arm().delete(url(two, "/databases/db1"));
        assertThat(database.at("operation")).isEqualTo("DropLogicalDatabase");
        two.finished(database);
        assertThat(arm().delete(url(two, "/databases/db1")).status()).isEqualTo(204);
        Rest.Reply server = arm().delete(url(two, ""));
        assertThat(server.at("operation")).isEqualTo("DropLogicalServer");
        assertThat(arm().get(url(two, "")).status()).isEqualTo(200);
        two.finished(server);
        assertThat(arm().get(url(two, "")).code()).isEqualTo("ResourceNotFound");
    }

    /** Codes from the REST page "Databases - Create Or Update". */
    @Test
    void databases_areMadeSideBySide_eachByOneOperationAtATime() {
        two.createServer();
        Map<String, Object> body = Json.object("location", "westeurope");

        assertThat(arm().put(url(two, "/databases/db1"), body).status()).isEqualTo(202);
        assertThat(arm().put(url(two, "/databases/db2"), body).status()).isEqualTo(202);
        assertThat(arm().put(url(two, "/databases/db1"), body).code()).isEqualTo("ConflictingDatabaseOperation");
        two.azure.clock().advance(Duration.ofSeconds(40));
        assertThat(arm().patch(url(two, ""), Json.object("tags", Map.of())).status())
                .isEqualTo(202);
        assertThat(arm().put(url(two, "/databases/db3"), body).code()).isEqualTo("ConflictingServerOperation");
    }

    @Test
    void operation_hasItsIdAsRequestId() {
        Rest.Reply accepted = arm().put(url(two, ""), two.serverBody());
        assertThat(accepted.headers().get("Azure-AsyncOperation"))
                .contains("/serverAzureAsyncOperation/" + accepted.headers().get("x-ms-request-id"));
    }

    @Test
    void refusedServer_leavesNoSystemAssignedIdentity() {
        long before = principals();
        Map<String, Object> body = Json.with(two.serverBody(), "identity", Json.object("type", "SystemAssigned"));
        assertThat(arm().put(url(two, ""), body).code()).isEqualTo("InvalidIdentityTypeForKeyId");
        assertThat(principals()).isEqualTo(before);
    }

    private long principals() {
        return two.azure.world().servicePrincipals().all().size();
    }
}

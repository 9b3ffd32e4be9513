package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.management.Region;
import com.azure.resourcemanager.keyvault.fluent.models.VaultInner;
import com.azure.resourcemanager.keyvault.models.SkuFamily;
import com.azure.resourcemanager.keyvault.models.VaultCreateOrUpdateParameters;
import com.azure.resourcemanager.keyvault.models.VaultProperties;
import com.azure.resourcemanager.sql.fluent.models.ServerInner;
import com.azure.resourcemanager.storage.fluent.models.StorageAccountInner;
import com.azure.resourcemanager.storage.models.Kind;
import com.azure.resourcemanager.storage.models.Sku;
import com.azure.resourcemanager.storage.models.SkuName;
import com.azure.resourcemanager.storage.models.StorageAccountCreateParameters;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Retry;
import io.xtcmk.core.services.sql.SqlServers;
import io.xtcmk.core.services.storage.StorageAccounts;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules are azure-core-management's PollingState and PollOperation, and the services' recorded traffic. */
class LongRunningTest {
    private static final String OPERATION = "https://management.azure.com/subscriptions/s/operations/1?t=1&s=a%2Bb";
    private static final String GROUP = "/subscriptions/" + Wire.SUBSCRIPTION + "/resourceGroups/rg/providers/";
    private static final String ACCOUNT = """
            {"id":"%sMicrosoft.Storage/storageAccounts/st","name":"st","location":"westeurope",\
            "properties":{"provisioningState":"Succeeded","encryption":{"keySource":"Microsoft.Storage"}}}""".formatted(GROUP);
    private static final String SERVER = """
            {"id":"%sMicrosoft.Sql/servers/sql","name":"sql","location":"westeurope",\
            "properties":{"fullyQualifiedDomainName":"sql.database.windows.net"}}""".formatted(GROUP);
    private static final String RUNNING = "{\"status\":\"InProgress\"}";
    private static final String SUCCEEDED = "{\"status\":\"Succeeded\"}";

    private final Wire wire = new Wire();
    private final Azure azure = new Azure(wire.connection());

    private StorageAccountInner account() {
        return StorageAccounts.of(azure)
                .create(
                        "rg",
                        "st",
                        new StorageAccountCreateParameters()
                                .withLocation("westeurope")
                                .withKind(Kind.STORAGE_V2)
                                .withSku(new Sku().withName(SkuName.STANDARD_LRS)));
    }

    private ServerInner server() {
        return SqlServers.of(azure)
                .createOrUpdate("rg", "sql", new ServerInner().withLocation(Region.EUROPE_WEST.name()));
    }

    private AzureFailure refused(Runnable call) {
        return catchThrowableOfType(AzureFailure.class, call::run);
    }

    @Test
    void finalAnswer_isNotAskedForAgain() {
        wire.answer(200, ACCOUNT);
        assertThat(account().name()).isEqualTo("st");
        assertThat(wire.requests).hasSize(1);
        assertThat(wire.clock.now()).isEqualTo(Wire.START);
    }

    @Test
    void location_isPolledAtTheServicesPace_andItsLastAnswerIsTheResource() {
        wire.answer(202, "", "Location", OPERATION, "Retry-After", "17")
                .answer(202, "", "Location", OPERATION, "Retry-After", "3")
                .answer(202, "")
                .answer(200, ACCOUNT);
        assertThat(account().name()).isEqualTo("st");
        assertThat(wire.seconds()).containsExactly(0L, 17L, 20L, 25L);
        assertThat(wire.asked()).element(3).isEqualTo("GET " + OPERATION);
    }

    @Test
    void asyncOperation_isPreferredToLocation_andTheResourceIsReadInTheEnd() {
        wire.answer(202, "{}", "Azure-AsyncOperation", OPERATION, "Location", "https://management.azure.com/other")
                .answer(200, RUNNING, "Retry-After", "1")
                .answer(200, SUCCEEDED)
                .answer(200, SERVER);
        assertThat(server().name()).isEqualTo("sql");
        assertThat(wire.asked().subList(1, 3)).containsOnly("GET " + OPERATION);
        assertThat(wire.asked().get(3)).isEqualTo(wire.asked().get(0).replace("PUT", "GET"));
        assertThat(wire.seconds()).containsExactly(0L, 5L, 7L, 7L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Failed", "Canceled"})
    void failedOperation_failsWithItsOwnCode(String status) {
        wire.answer(202, "", "Azure-AsyncOperation", OPERATION)
                .answer(
                        200,
                        "{\"status\":\"" + status
                                + "\",\"error\":{\"code\":\"UmiMissingAkvPermissions\",\"message\":\"no access\"}}");
        AzureFailure failure = refused(this::server);
        assertThat(failure.is(400, "UmiMissingAkvPermissions")).isTrue();
        assertThat(failure.message()).isEqualTo("no access");
    }

    @Test
    void failedPoll_failsAsItIs() {
        wire.answer(202, "", "Location", OPERATION)
                .answer(400, "{\"error\":{\"code\":\"KeyVaultAuthenticationFailure\",\"message\":\"m\"}}");
        assertThat(refused(this::account).is(400, "KeyVaultAuthenticationFailure"))
                .isTrue();
    }

    @Test
    void poll_thatStumblesIsRepeated() {
        wire.answer(202, "", "Location", OPERATION)
                .answer(503, "", "Retry-After", "5")
                .fail(new java.io.UncheckedIOException(new java.io.IOException("reset")))
                .answer(200, ACCOUNT);
        assertThat(account().name()).isEqualTo("st");
        assertThat(wire.requests).hasSize(4);
    }

    @Test
    void firstRequest_isNotRepeatedHere() {
        wire.answer(503, "");
        assertThat(refused(this::account).status()).isEqualTo(503);
        assertThat(wire.requests).hasSize(1);
    }

    @Test
    void vault_isReadUntilItsNameIsKnown() {
        wire.answer(200, vault("RegisteringDns"))
                .answer(200, vault("RegisteringDns"))
                .answer(200, vault("Succeeded"));
        VaultCreateOrUpdateParameters parameters = new VaultCreateOrUpdateParameters()
                .withLocation("westeurope")
                .withProperties(new VaultProperties()
                        .withTenantId(Wire.TENANT.value())
                        .withSku(new com.azure.resourcemanager.keyvault.models.Sku()
                                .withFamily(SkuFamily.A)
                                .withName(com.azure.resourcemanager.keyvault.models.SkuName.STANDARD)));
        VaultInner vault = azure.vaults().create("rg", "kv-one", parameters);
        assertThat(vault.properties().vaultUri()).isEqualTo("https://kv-one.vault.azure.net/");
        assertThat(wire.asked().subList(1, 3)).containsOnly(wire.asked().get(0).replace("PUT", "GET"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/operations/1",
                "http://management.azure.com/operations/1",
                "https://management.azure.com.example.com/",
                "nonsense://"
            })
    void operationElsewhere_isNotFollowed(String link) {
        wire.answer(202, "", "Location", link);
        assertThat(refused(this::account).code()).isEqualTo("UntrustedHost");
        assertThat(wire.requests).hasSize(1);
    }

    @Test
    void operationElsewhere_isNotFollowedLaterEither() {
        wire.answer(202, "", "Location", OPERATION).answer(202, "", "Location", "https://example.com/");
        assertThat(refused(this::account).code()).isEqualTo("UntrustedHost");
        assertThat(wire.requests).hasSize(2);
    }

    @Test
    void operationWithoutAddress_fails() {
        wire.answer(202, "");
        assertThat(refused(this::account).code()).isEqualTo("InvalidAnswer");
    }

    @Test
    void operationWithoutStatus_fails() {
        wire.answer(202, "", "Azure-AsyncOperation", OPERATION).answer(200, "{}");
        assertThat(refused(this::server).code()).isEqualTo("InvalidAnswer");
    }

    @Test
    void operationWithoutEnd_isGivenUpAfterHalfAnHour() {
        wire.answer(202, "", "Azure-AsyncOperation", OPERATION);
        for (int i = 0; i < 40; i++) {
            wire.answer(200, RUNNING, "Retry-After", "60");
        }
        AzureFailure failure = refused(this::server);
        assertThat(failure.code()).isEqualTo("OperationTimeout");
        assertThat(failure.isTransient()).isFalse();
        assertThat(wire.clock.now()).isEqualTo(Wire.START.plus(Duration.ofMinutes(30)));
    }

    @Test
    void interruption_endsTheWaiting() {
        wire.answer(202, "", "Location", OPERATION);
        StorageAccounts.of(azure);
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::account).isInstanceOf(Retry.Interrupted.class);
        Thread.interrupted();
        assertThat(wire.requests).hasSizeLessThan(2);
    }

    private static String vault(String state) {
        return """
                {"id":"%sMicrosoft.KeyVault/vaults/kv-one","name":"kv-one","location":"westeurope",\
                "properties":{"tenantId":"%s","sku":{"family":"A","name":"standard"},\
                "vaultUri":"https://kv-one.vault.azure.net%s","provisioningState":"%s"}}""".formatted(GROUP, Wire.TENANT, state.equals("Succeeded") ? "/" : "", state);
    }
}

package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.Region;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.StorageEncryption;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.testing.FakeTenant;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same phases in other clouds: authority, audience, hosts and suffixes follow from the connection's cloud. */
class CloudsTest extends Scenario {

    record Sovereign(
            AzureEnvironment cloud,
            Region region,
            String login,
            String audience,
            String arm,
            String graph,
            String vaultSuffix) {
        @Override
        public String toString() {
            return arm;
        }
    }

    static Stream<Sovereign> clouds() {
        return Stream.of(
                new Sovereign(
                        AzureEnvironment.AZURE_US_GOVERNMENT,
                        Region.GOV_US_VIRGINIA,
                        "login.microsoftonline.us",
                        "api://AzureADTokenExchangeUSGov",
                        "management.usgovcloudapi.net",
                        "graph.microsoft.us",
                        ".vault.usgovcloudapi.net"),
                new Sovereign(
                        AzureEnvironment.AZURE_CHINA,
                        Region.CHINA_NORTH2,
                        "login.chinacloudapi.cn",
                        "api://AzureADTokenExchangeChina",
                        "management.chinacloudapi.cn",
                        "microsoftgraph.chinacloudapi.cn",
                        ".vault.azure.cn"));
    }

    private StorageEncryption storage(FakeTenant provider, FederatedApp app, AuthorizedKey key) {
        return CrossTenantCmk.provider(provider.connection())
                .storage("rg-data", "stfabrikam")
                .federatedApp(app)
                .withCustomerKey(key);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void threePhases_stayInTheirCloud(Sovereign where) {
        FakeTenant provider = azure.tenant("provider", where.cloud());
        FakeTenant customer = azure.tenant("customer", where.cloud());

        FederatedApp app = phase1On(provider.connection(), where.region()).createFederatedApp();
        AuthorizedKey key =
                phase2On(customer.connection(), app.clientId(), where.region()).authorize();
        azure.clock().advance(Duration.ofMinutes(15));
        EncryptedResource account = storage(provider, app, key).create();

        Reply credential = graph(provider, "/applications/" + app.objectId() + "/federatedIdentityCredentials");
        assertThat(String.valueOf(credential.at("value.0.issuer")))
                .startsWith("https://")
                .contains(provider.tenantId().toString());
        assertThat(credential.list("value.0.audiences")).isEqualTo(List.of(where.audience()));
        assertThat(key.key().vaultHost()).isEqualTo("kv-fabrikam" + where.vaultSuffix());
        assertThat(key.key().environment()).isSameAs(where.cloud());
        assertThat(account.key()).isEqualTo(key);
        Set<String> hosts = azure.calls().stream().map(c -> c.url().getHost()).collect(Collectors.toSet());
        assertThat(hosts).contains(where.login(), where.arm(), where.graph());
        assertThat(hosts).doesNotContain("login.microsoftonline.com", "management.azure.com", "graph.microsoft.com");
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void keyOfThePublicCloud_isRefusedBeforeAnyRequest(Sovereign where) {
        FakeTenant provider = azure.tenant("provider", where.cloud());
        FakeTenant customer = azure.tenant("customer", where.cloud());
        FederatedApp app = phase1On(provider.connection(), where.region()).createFederatedApp();
        AuthorizedKey foreign = AuthorizedKey.of(
                customer.tenantId(), app.clientId(), "https://kv-fabrikam.vault.azure.net/keys/contoso-cmk");
        azure.clearCalls();

        InvalidInputException byProvider =
                catchThrowableOfType(InvalidInputException.class, () -> storage(provider, app, foreign));
        InvalidInputException byCustomer = catchThrowableOfType(
                InvalidInputException.class,
                () -> CrossTenantCmk.customer(customer.connection()).key(foreign));

        assertThat(List.of(byProvider, byCustomer)).allSatisfy(refused -> {
            assertThat(refused.argument()).isEqualTo("key");
            assertThat(refused).hasMessageContaining("cloud").hasMessageContaining("kv-fabrikam.vault.azure.net");
        });
        assertThat(azure.calls()).isEmpty();
    }

    @Test
    void keyOfAnotherCloud_isRefusedInThePublicOneToo() {
        FederatedApp app = phase1();
        AuthorizedKey foreign = AuthorizedKey.of(
                fabrikam.tenantId(), app.clientId(), "https://kv-fabrikam.vault.usgovcloudapi.net/keys/contoso-cmk");
        azure.clearCalls();

        assertThat(catchThrowableOfType(InvalidInputException.class, () -> storage(contoso, app, foreign)))
                .hasMessageContaining("cloud");
        assertThat(azure.calls()).isEmpty();
    }
}

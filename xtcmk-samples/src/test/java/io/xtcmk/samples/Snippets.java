package io.xtcmk.samples;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.ProxyOptions;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.Region;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import io.xtcmk.ConsentFlow;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.KeyRegistry;
import io.xtcmk.SqlServerEncryption.PrincipalType;
import io.xtcmk.TenantConnection;
import io.xtcmk.exception.CallTimeoutException;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.OwnershipTag;
import io.xtcmk.model.Plan;
import io.xtcmk.model.ProvenKey;
import io.xtcmk.model.SubscriptionId;
import io.xtcmk.model.TenantId;
import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakeAzureServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The Java of the documentation's pages, so that it compiles; {@link PagesTest} compares the two. */
final class Snippets {
    private Snippets() {}

    static void served(Path folder) {
        try (FakeAzureServer server = FakeAzure.start()) {
            Map<String, String> environment = server.writeTo(
                    folder, server.azure().tenant("contoso"), server.azure().tenant("fabrikam"));
            ProcessBuilder program = new ProcessBuilder("az", "account", "list");
            program.environment().putAll(environment);
        }
    }

    static TenantConnection connection() {
        TenantConnection contoso = TenantConnection.of(
                TenantId.of("8f9a2c1e-6f0b-4a53-9d3e-2b7c61d0a001"),
                SubscriptionId.of("8f9a2c1e-6f0b-4a53-9d3e-2b7c61d0a002"),
                new DefaultAzureCredentialBuilder()
                        .tenantId("8f9a2c1e-6f0b-4a53-9d3e-2b7c61d0a001")
                        .build());
        return contoso;
    }

    /** A proxy is one address, as azure-core's own documentation has it. */
    @SuppressWarnings("AddressSelection")
    static TenantConnection proxy(TenantId tenantId, SubscriptionId subscriptionId, String user, String password) {
        HttpClient client = new NettyAsyncHttpClientBuilder()
                .proxy(new ProxyOptions(ProxyOptions.Type.HTTP, new InetSocketAddress("proxy.contoso.example", 8080))
                        .setCredentials(user, password)
                        .setNonProxyHosts("localhost|127.0.0.1|169.254.169.254"))
                .responseTimeout(Duration.ofSeconds(30))
                .build();

        TenantConnection contoso = TenantConnection.builder()
                .tenantId(tenantId)
                .subscriptionId(subscriptionId)
                .credential(new DefaultAzureCredentialBuilder()
                        .tenantId(tenantId.toString())
                        .httpClient(client)
                        .build())
                .httpClient(client)
                .build();
        return contoso;
    }

    static EncryptedResource phases(TenantConnection contoso, TenantConnection fabrikam) {
        FederatedApp app = CrossTenantCmk.provider(contoso) // phase 1: the provider, once
                .application("contoso-cmk")
                .managedIdentity("rg-identities", "id-cmk", Region.EUROPE_WEST)
                .createFederatedApp();

        AuthorizedKey key = CrossTenantCmk.customer(fabrikam) // phase 2: each customer
                .application(app.clientId())
                .keyVault("rg-keys", "kv-fabrikam", Region.EUROPE_WEST)
                .key("contoso-cmk")
                .authorize();

        EncryptedResource account = CrossTenantCmk.provider(contoso) // phase 3: the provider, each resource
                .storage("rg-data", "stfabrikam")
                .federatedApp(app)
                .withCustomerKey(key)
                .create();
        return account;
    }

    static void sql(TenantConnection contoso, FederatedApp app, AuthorizedKey key, UUID groupId) {
        EncryptedResource server = CrossTenantCmk.provider(contoso)
                .sql("rg-data", "sql-fabrikam")
                .federatedApp(app)
                .withCustomerKey(key)
                .entraAdministrator(PrincipalType.GROUP, "dba", groupId)
                .autoRotation(true)
                .create();
        System.out.println(server);
    }

    static void consent(ClientId clientId, TenantId fabrikamTenant, URI returned) {
        ConsentFlow consent = CrossTenantCmk.consent(clientId, URI.create("https://contoso.example/consented"))
                .build();
        URI url = consent.adminConsentUrl(fabrikamTenant, "customer-42"); // send the administrator here

        ConsentFlow.Consent accepted = consent.accept(returned); // the URL to which the browser came back
        String customer = accepted.reference(); // "customer-42"
        System.out.println(url + customer);
    }

    static void pasted(TenantId fabrikamTenant, ClientId clientId) {
        AuthorizedKey key =
                AuthorizedKey.of(fabrikamTenant, clientId, "https://kv-fabrikam.vault.azure.net/keys/contoso-cmk");
        System.out.println(key);
    }

    static void ownership(
            TenantConnection contoso,
            TenantConnection fabrikam,
            TenantId fabrikamTenant,
            FederatedApp app,
            AuthorizedKey key,
            KeyRegistry registry) {
        OwnershipTag tag = OwnershipTag.issue("customer-42", fabrikamTenant); // to your database, as JSON
        String value = tag.value(); // to the customer

        CrossTenantCmk.customer(fabrikam)
                .application(app.clientId())
                .keyVault("rg-keys", "kv-fabrikam", Region.EUROPE_WEST)
                .key("contoso-cmk")
                .ownershipTag(value)
                .authorize();

        ProvenKey proven = CrossTenantCmk.provider(contoso)
                .ownership(key)
                .tag(tag)
                .managedIdentity(app.identity().clientId())
                .prove();

        CrossTenantCmk.provider(contoso)
                .storage("rg-data", "stfabrikam")
                .federatedApp(app)
                .withCustomerKey(proven.key())
                .claimFor(proven.reference(), registry)
                .create();
    }

    static void unreachable(TenantConnection contoso, FederatedApp app, AuthorizedKey key) {
        CrossTenantCmk.provider(contoso)
                .storage("rg-data", "stfabrikam")
                .federatedApp(app)
                .withCustomerKey(key)
                .acceptUnreachableVault()
                .create();
    }

    static void credential(FederatedApp app, TenantId fabrikamTenant) {
        TokenCredential credential = CrossTenantCmk.federatedAppCredential()
                .clientId(app.clientId())
                .tenantId(fabrikamTenant)
                .managedIdentity(app.identity().clientId())
                .build();

        KeyClient keys = new KeyClientBuilder()
                .vaultUrl("https://kv-fabrikam.vault.azure.net")
                .credential(credential)
                .buildClient();
        System.out.println(keys.getVaultUrl());
    }

    static void plan(TenantConnection contoso, FederatedApp app, AuthorizedKey key) {
        Plan plan = CrossTenantCmk.provider(contoso)
                .storage("rg-data", "stfabrikam")
                .federatedApp(app)
                .withCustomerKey(key)
                .plan(); // reads only
        plan.steps().forEach(step -> System.out.println(step.action() + " " + step.resource() + " " + step.roles()));
    }

    static void async(TenantConnection contoso, FederatedApp app, AuthorizedKey key) {
        Mono<EncryptedResource> account = CrossTenantCmk.provider(contoso)
                .storage("rg-data", "stfabrikam")
                .federatedApp(app)
                .withCustomerKey(key)
                .onStep(outcome -> System.out.println(outcome))
                .createAsync(); // nothing happens before somebody subscribes
        System.out.println(account);
    }

    static void limited(TenantConnection contoso, FederatedApp app, AuthorizedKey key) {
        try {
            CrossTenantCmk.provider(contoso)
                    .storage("rg-data", "stfabrikam")
                    .federatedApp(app)
                    .withCustomerKey(key)
                    .timeout(Duration.ofMinutes(5)) // the whole call
                    .create();
        } catch (CallTimeoutException e) {
            System.err.println("done: " + e.done() + "; under way: " + e.underWay());
        }
    }

    static void dayTwo(TenantConnection contoso, TenantConnection fabrikam, FederatedApp app, AuthorizedKey key) {
        KeyIdentifier rotated = CrossTenantCmk.customer(fabrikam).key(key).rotate();

        CrossTenantCmk.customer(fabrikam)
                .key(key)
                .ifCurrent(rotated.version()) // safe to repeat: creates one version in all
                .rotate();

        CrossTenantCmk.provider(contoso)
                .storage("rg-data", "stfabrikam")
                .federatedApp(app)
                .withCustomerKey(key)
                .update(); // an existing account: to this key, from another one or from Microsoft's

        CrossTenantCmk.provider(contoso)
                .storage("rg-data", "stfabrikam")
                .withMicrosoftKeys()
                .update();
    }

    static void verification(
            TenantConnection contoso,
            TenantConnection fabrikam,
            EncryptedResource account,
            AuthorizedKey key,
            TokenCredential identity) {
        Diagnosis diagnosis = CrossTenantCmk.provider(contoso)
                .verification(account) // or verification(app, key), before anything is encrypted
                .customer(fabrikam) // optional: with a connection to the customer's tenant it sees more
                .asManagedIdentity(identity) // optional: as the identity it uses the key as the services do
                .verify();

        diagnosis.firstBroken().ifPresent(link -> System.out.println(link.state() + " " + link.knownRemedy()));
        Diagnosis customers =
                CrossTenantCmk.customer(fabrikam).verification(key).verify(); // the customer's half
        System.out.println(customers);
    }

    static void diagnosis(TenantConnection contoso, EncryptedResource account) {
        Diagnosis diagnosis =
                CrossTenantCmk.provider(contoso).verification(account).verify();

        diagnosis.firstBroken().ifPresent(link -> System.out.println(link.state() + " " + link.knownRemedy()));
    }

    static void failure(TenantConnection contoso, FederatedApp app, AuthorizedKey key) {
        try {
            CrossTenantCmk.provider(contoso)
                    .storage("rg-data", "stfabrikam")
                    .federatedApp(app)
                    .withCustomerKey(key)
                    .create();
        } catch (CrossTenantCmkException e) {
            System.err.println(e.step() + ": " + e.likelyCause() + " " + e.actor() + ": " + e.fix());
        }
    }

    static AuthorizedKey json(AuthorizedKey key) throws IOException {
        String json = key.toJsonString(); // in the customer's company

        AuthorizedKey received;
        try (JsonReader reader = JsonProviders.createReader(json)) { // in the provider's
            received = AuthorizedKey.fromJson(reader);
        }
        return received;
    }

    static void cloud(UUID tenantId, UUID subscriptionId, TokenCredential credential) {
        TenantConnection contoso = TenantConnection.builder()
                .tenantId(new TenantId(tenantId))
                .subscriptionId(new SubscriptionId(subscriptionId))
                .credential(credential)
                .environment(AzureEnvironment.AZURE_US_GOVERNMENT)
                .build();
        System.out.println(contoso);
    }
}

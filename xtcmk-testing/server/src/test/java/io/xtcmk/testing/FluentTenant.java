package io.xtcmk.testing;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.ProxyOptions;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.resourcemanager.authorization.AuthorizationManager;
import com.azure.resourcemanager.keyvault.KeyVaultManager;
import com.azure.resourcemanager.msi.MsiManager;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.sql.SqlServerManager;
import com.azure.resourcemanager.storage.StorageManager;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;

/** One tenant's administrator with Microsoft's fluent clients as they come, over sockets through the proxy. */
final class FluentTenant {
    final TokenCredential credential;
    final ResourceManager resources;
    final AuthorizationManager authorization;
    final MsiManager identities;
    final KeyVaultManager vaults;
    final StorageManager storage;
    final SqlServerManager sql;

    FluentTenant(HttpClient http, FakeTenant tenant) {
        credential = new ClientSecretCredentialBuilder()
                .tenantId(tenant.tenantId().toString())
                .clientId(tenant.administrator().clientId().toString())
                .clientSecret(tenant.administrator().clientSecret())
                .httpClient(http)
                .build();
        AzureProfile profile = new AzureProfile(
                tenant.tenantId().toString(), tenant.subscriptionId().toString(), AzureEnvironment.AZURE);
        resources = ResourceManager.configure()
                .withHttpClient(http)
                .authenticate(credential, profile)
                .withDefaultSubscription();
        authorization = AuthorizationManager.configure().withHttpClient(http).authenticate(credential, profile);
        identities = MsiManager.configure().withHttpClient(http).authenticate(credential, profile);
        vaults = KeyVaultManager.configure().withHttpClient(http).authenticate(credential, profile);
        storage = StorageManager.configure().withHttpClient(http).authenticate(credential, profile);
        sql = SqlServerManager.configure().withHttpClient(http).authenticate(credential, profile);
    }

    /** Microsoft's client over Netty, knowing nothing but the proxy and its authority. */
    static HttpClient through(FakeAzureServer server) {
        try {
            SslContext tls = SslContextBuilder.forClient()
                    .trustManager(server.certificate())
                    .build();
            InetSocketAddress proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            return new NettyAsyncHttpClientBuilder(
                            reactor.netty.http.client.HttpClient.create().secure(spec -> spec.sslContext(tls)))
                    .proxy(new ProxyOptions(ProxyOptions.Type.HTTP, proxy))
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }
}

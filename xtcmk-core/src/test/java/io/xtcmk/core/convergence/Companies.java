package io.xtcmk.core.convergence;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.xtcmk.TenantConnection;
import io.xtcmk.TimeSource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.OwnershipTag;
import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakeTenant;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Two companies in one Azure. The customer's administrator may handle keys as well, so that one connection of each does
 * for all verbs.
 */
final class Companies {
    final FakeAzure azure = FakeAzure.create();
    final FakeTenant contoso = azure.tenant("contoso");
    final FakeTenant fabrikam = azure.tenant("fabrikam");

    /** What contoso issued to fabrikam, once. */
    final OwnershipTag tag = OwnershipTag.issue("customer-42", fabrikam.tenantId());

    Companies() {
        fabrikam.administrator().grant("Key Vault Crypto Officer", "/subscriptions/" + fabrikam.subscriptionId());
    }

    /** A process: it shares nothing with others, tokens and clients included. */
    Program process(HttpClient client, TimeSource time, Executor executor) {
        return new Program(
                connection(contoso, contoso.credential(), client, time, executor),
                connection(fabrikam, fabrikam.credential(), client, time, executor),
                this::identity,
                tag);
    }

    /** A process whose steps run one after the other, on this thread: its requests come in the same order each time. */
    Program serialProcess(HttpClient client) {
        return process(client, azure.clock(), Runnable::run);
    }

    Program serialProcess() {
        return serialProcess(azure.httpClient());
    }

    /** A process over a line, by which its token requests go too. */
    Program process(Line line, TimeSource time, Executor executor) {
        return new Program(
                connection(contoso, line.over(contoso.credential()), line, time, executor),
                connection(fabrikam, line.over(fabrikam.credential()), line, time, executor),
                app -> line.over(identity(app)),
                tag);
    }

    private TokenCredential identity(FederatedApp app) {
        return contoso.managedIdentity(app.identity().id().toString());
    }

    /** Has the owner of a resource put a tag on it. */
    void tag(FakeTenant tenant, String below) {
        String answer = azureSays(
                tenant,
                HttpMethod.PATCH,
                "/subscriptions/" + tenant.subscriptionId() + below,
                "{\"tags\":{\"owner\":\"us\"}}");
        if (!answer.startsWith("200 ")) {
            throw new AssertionError(answer);
        }
    }

    /** Puts a database on contoso's server. */
    void database() {
        String answer = azureSays(
                contoso,
                HttpMethod.PUT,
                "/subscriptions/" + contoso.subscriptionId()
                        + "/resourceGroups/rg-data/providers/Microsoft.Sql/servers/sql-fabrikam/databases/orders"
                        + "?api-version=2023-08-01",
                "{\"location\":\"westeurope\",\"sku\":{\"name\":\"S0\"}}");
        if (!answer.startsWith("202 ")) {
            throw new AssertionError(answer);
        }
        azure.clock().advance(Duration.ofMinutes(2));
    }

    /** Has fabrikam delete its key, and then the vault with it. */
    void deleteKeyAndVault() {
        for (String url : List.of(
                "https://kv-fabrikam.vault.azure.net/keys/contoso-cmk?api-version=7.4",
                "https://management.azure.com/subscriptions/" + fabrikam.subscriptionId()
                        + "/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/kv-fabrikam"
                        + "?api-version=2023-07-01")) {
            String answer = says(fabrikam, new HttpRequest(HttpMethod.DELETE, url), null);
            if (!answer.startsWith("200 ")) {
                throw new AssertionError(answer);
            }
        }
    }

    /** Status and body of an answer of Azure Resource Manager's to the tenant's administrator. */
    String azureSays(FakeTenant tenant, HttpMethod method, String path, @Nullable String body) {
        return says(tenant, new HttpRequest(method, "https://management.azure.com" + path), body);
    }

    private String says(FakeTenant tenant, HttpRequest request, @Nullable String body) {
        String host = request.getUrl().getHost().replaceFirst("^.*(vault\\.azure\\.net)$", "$1");
        String token = tenant.credential()
                .getTokenSync(new TokenRequestContext().addScopes("https://" + host + "/.default"))
                .getToken();
        request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token);
        if (body != null) {
            request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json").setBody(body);
        }
        try (HttpResponse response = azure.httpClient().sendSync(request, Context.NONE)) {
            return response.getStatusCode() + " " + response.getBodyAsBinaryData();
        }
    }

    private static TenantConnection connection(
            FakeTenant tenant, TokenCredential credential, HttpClient client, TimeSource time, Executor executor) {
        return TenantConnection.builder()
                .tenantId(tenant.tenantId())
                .subscriptionId(tenant.subscriptionId())
                .credential(credential)
                .httpClient(client)
                .timeSource(time)
                .executor(executor)
                .build();
    }

    /**
     * A program's connections.
     *
     * @param provider to contoso
     * @param customer to fabrikam
     * @param identity the credential of an application's managed identity, where the program runs as it
     * @param tag what the provider issued for a key of the customer's
     */
    record Program(
            TenantConnection provider,
            TenantConnection customer,
            Function<FederatedApp, TokenCredential> identity,
            OwnershipTag tag) {
        Program withCustomer(TenantConnection other) {
            return new Program(provider, other, identity, tag);
        }

        TimeSource time() {
            return provider.timeSource();
        }
    }
}

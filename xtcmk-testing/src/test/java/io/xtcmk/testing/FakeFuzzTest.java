package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.xtcmk.testing.http.RequestUrl;
import io.xtcmk.testing.http.UnsupportedRouteError;
import io.xtcmk.testing.server.Garbler;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Garbled requests of a caller that may do everything: each is answered as a service would, or the fake says that it does
 * not know it. No exception of its own, and no answer of 500.
 */
class FakeFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 1_000);
    private static final long SEED = Long.getLong("fuzz.seed", 42);

    private final FakeAzure azure = FakeAzure.create();
    private final FakeTenant contoso = azure.tenant("contoso");
    private final TokenCredential credential = contoso.credential();
    private final String subscription = "https://management.azure.com/subscriptions/" + contoso.subscriptionId();
    private final String group = subscription + "/resourceGroups/rg";

    FakeFuzzTest() {
        arm("PUT", group + "?api-version=2021-04-01", "{\"location\":\"westeurope\"}");
        contoso.administrator().grant("Key Vault Crypto Officer", "/subscriptions/" + contoso.subscriptionId());
        arm("PUT", group + "/providers/Microsoft.KeyVault/vaults/kv-fuzz?api-version=2024-11-01", VAULT);
        azure.clock().advance(java.time.Duration.ofMinutes(15));
    }

    private static final String VAULT =
            "{\"location\":\"westeurope\",\"properties\":{\"tenantId\":\"%s\",\"sku\":{\"family\":"
                    + "\"A\",\"name\":\"standard\"},\"enableRbacAuthorization\":true,\"enablePurgeProtection\":true}}";

    private int arm(String method, String url, String body) {
        return send(
                method,
                url,
                "https://management.azure.com/.default",
                body.replace("%s", contoso.tenantId().toString()));
    }

    private int send(String method, String url, String scope, String body) {
        HttpRequest request = new HttpRequest(HttpMethod.valueOf(method), url(url));
        request.setHeader(
                HttpHeaderName.AUTHORIZATION,
                "Bearer "
                        + credential
                                .getTokenSync(new TokenRequestContext().addScopes(scope))
                                .getToken());
        request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json");
        if (!method.equals("GET")) {
            request.setBody(body);
        }
        try (HttpResponse response = azure.httpClient().sendSync(request, Context.NONE)) {
            return response.getStatusCode();
        }
    }

    private static URL url(String text) {
        try {
            return new URL(text);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void fuzz(String name, List<String> seeds, Function<String, Integer> call) {
        Garbler garbler = new Garbler(SEED, seeds);
        long began = System.nanoTime();
        int answered = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = garbler.next();
            String what = String.format("%s, seed %d, input %d: %s", name, SEED, i, Garbler.shown(bytes));
            try {
                assertThat(call.apply(new String(bytes, StandardCharsets.UTF_8)))
                        .as(what)
                        .isBetween(0, 499);
                answered++;
            } catch (UnsupportedRouteError unknown) {
                assertThat(unknown).as(what).hasMessageContaining("the fake");
            } catch (UncheckedIOException e) {
                assertThat(e.getCause()).as(what).isInstanceOf(UnknownHostException.class);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(what, e);
            }
        }
        System.out.printf(
                "fuzz: %-22s %7d inputs, %6d answered, %5d ms%n",
                name, INPUTS, answered, (System.nanoTime() - began) / 1_000_000);
    }

    @Test
    void urls() {
        fuzz("URL", List.of(group, group + "/x?a=b&c", "https://kv-a.vault.azure.net/keys/k"), text -> {
            try {
                URI uri = RequestUrl.parse(text);
                assertThat(uri).isNotNull();
            } catch (IllegalArgumentException documented) {
                return 0;
            }
            return 200;
        });
    }

    @Test
    void paths() {
        List<String> seeds = List.of(
                group + "/providers/Microsoft.KeyVault/vaults/kv-fuzz/keys/k?api-version=2024-11-01",
                group + "/providers/Microsoft.Storage/storageAccounts/st?api-version=2024-01-01",
                subscription + "/providers/Microsoft.Authorization/roleAssignments/x?api-version=2022-04-01&$filter=a",
                subscription + "/resourcegroups?$top=1&$skiptoken=x&api-version=2021-04-01");
        fuzz("Resource Manager path", seeds, text -> get(text, "https://management.azure.com/.default"));
        fuzz(
                "Graph path",
                List.of(
                        "https://graph.microsoft.com/v1.0/applications?$filter=appId eq 'x'&$select=id,appId&$top=2",
                        "https://graph.microsoft.com/v1.0/applications(uniqueName='a''b')/federatedIdentityCredentials",
                        "https://graph.microsoft.com/v1.0/servicePrincipals(appId='x')?$expand=owners"),
                text -> get(text, "https://graph.microsoft.com/.default"));
        fuzz(
                "Key Vault path",
                List.of("https://kv-fuzz.vault.azure.net/keys/k/versions?maxresults=2&$skiptoken=a&api-version=7.4"),
                text -> get(text, "https://vault.azure.net/.default"));
    }

    /** A URL that the transport itself would not take is none that reaches the fake. */
    private int get(String text, String scope) {
        try {
            RequestUrl.parse(text);
            if (url(text).getHost().isEmpty()) {
                return 0;
            }
        } catch (IllegalArgumentException e) {
            return 0;
        }
        return send("GET", text, scope, "");
    }

    @Test
    void bodies() {
        Map<String, String> puts = Map.of(
                "/providers/Microsoft.KeyVault/vaults/kv-body?api-version=2024-11-01",
                VAULT,
                "/providers/Microsoft.KeyVault/vaults/kv-fuzz/keys/body?api-version=2024-11-01",
                "{\"properties\":{\"kty\":\"RSA\",\"keySize\":2048,\"keyOps\":[\"wrapKey\"],\"attributes\":{\"exp\":1}}}",
                "/providers/Microsoft.Storage/storageAccounts/stbody?api-version=2024-01-01",
                "{\"location\":\"westeurope\",\"kind\":\"StorageV2\",\"sku\":{\"name\":\"Standard_LRS\"},\"identity\":"
                        + "{\"type\":\"UserAssigned\",\"userAssignedIdentities\":{\"/a\":{}}},\"properties\":{"
                        + "\"encryption\":{\"keySource\":\"Microsoft.Keyvault\",\"keyvaultproperties\":{"
                        + "\"keyvaulturi\":\"https://kv-fuzz.vault.azure.net\",\"keyname\":\"k\"}}}}",
                "/providers/Microsoft.Sql/servers/sql-body?api-version=2023-08-01",
                "{\"location\":\"westeurope\",\"properties\":{\"administratorLogin\":\"dba\","
                        + "\"administratorLoginPassword\":\"Pa55word!\",\"keyId\":\"https://kv-fuzz.vault.azure.net/"
                        + "keys/k\",\"federatedClientId\":\"x\"}}",
                "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id?api-version=2024-11-30",
                "{\"location\":\"westeurope\",\"tags\":{\"a\":\"b\"}}");
        puts.forEach((path, body) -> fuzz(
                "PUT " + path.substring(11, path.indexOf('/', 12)),
                List.of(body),
                text -> arm("PUT", group + path, text)));
        fuzz(
                "POST application",
                List.of(
                        "{\"displayName\":\"a\",\"signInAudience\":\"AzureADMultipleOrgs\",\"web\":{\"redirectUris\":[\"https://a\"]},"
                                + "\"requiredResourceAccess\":[]}"),
                text -> send(
                        "POST",
                        "https://graph.microsoft.com/v1.0/applications",
                        "https://graph.microsoft.com/.default",
                        text));
        fuzz(
                "POST key",
                List.of(
                        "{\"kty\":\"RSA\",\"key_size\":2048,\"key_ops\":[\"wrapKey\"],\"attributes\":{\"enabled\":true,\"exp\":9},"
                                + "\"tags\":{\"a\":\"b\"}}"),
                text -> send(
                        "POST",
                        "https://kv-fuzz.vault.azure.net/keys/made/create?api-version=7.4",
                        "https://vault.azure.net/.default",
                        text));
    }

    @Test
    void tokenRequests() {
        fuzz(
                "token request",
                List.of("grant_type=client_credentials&client_id="
                        + contoso.administrator().clientId()
                        + "&client_secret=x&scope=https%3A%2F%2Fvault.azure.net%2F.default&client_assertion=eyJ.e30.x"
                        + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"),
                text -> {
                    HttpRequest request = new HttpRequest(
                            HttpMethod.POST,
                            "https://login.microsoftonline.com/" + contoso.tenantId() + "/oauth2/v2.0/token");
                    request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/x-www-form-urlencoded");
                    request.setBody(text);
                    try (HttpResponse response = azure.httpClient().sendSync(request, Context.NONE)) {
                        return response.getStatusCode();
                    }
                });
    }

    @Test
    void bearerTokens() {
        String token = contoso.credential()
                .getTokenSync(new TokenRequestContext().addScopes("https://management.azure.com/.default"))
                .getToken();
        fuzz("bearer token", List.of("Bearer " + token, "Bearer eyJhbGciOiJub25lIn0.e30.", "Basic YTpi"), text -> {
            HttpRequest request = new HttpRequest(HttpMethod.GET, subscription + "?api-version=2021-04-01");
            // A transport takes none but these, and strips them.
            String sent = text.replaceAll("[^\t\\x20-\\x7e]", "?").strip();
            request.setHeader(HttpHeaderName.AUTHORIZATION, sent);
            try (HttpResponse response = azure.httpClient().sendSync(request, Context.NONE)) {
                int status = response.getStatusCode();
                assertThat(status == 401 || sent.equalsIgnoreCase("Bearer " + token))
                        .as(text)
                        .isTrue();
                return status;
            }
        });
    }
}

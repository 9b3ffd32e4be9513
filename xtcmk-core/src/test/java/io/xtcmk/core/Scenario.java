package io.xtcmk.core;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.Region;
import com.azure.core.util.Context;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.FederatedAppDefinition;
import io.xtcmk.KeyAuthorization;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.wire.Line;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.StepOutcome;
import io.xtcmk.model.StepOutcome.Change;
import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakePrincipal;
import io.xtcmk.testing.FakeTenant;
import io.xtcmk.testing.RecordedCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/**
 * Two companies in one Azure, and the phases as most tests run them.
 *
 * <pre>
 *   contoso (the provider)                          fabrikam (the customer)
 *   application "contoso-cmk" ..................... its service principal
 *     | federated identity credential                 | Key Vault Crypto Service Encryption User
 *   managed identity rg-identities/id-cmk           vault rg-keys/kv-fabrikam, key "contoso-cmk"
 * </pre>
 *
 * <p>The same scenarios run in process and, by the Maven profile {@code transports}, over sockets: see {@link Line}. Two tags
 * keep a test from that: {@code in-process}, which states its reason, and {@code sweep}, for what takes many cases to try
 * what its neighbors try once.
 *
 * <p>What a test class exchanged with the fake in process is kept in {@code target/traffic}, for checks against Azure's
 * published types.
 */
@Tag("scenario")
abstract class Scenario {
    private static final Set<Path> BEGUN = ConcurrentHashMap.newKeySet();
    private static final Set<String> READS = Set.of("GET", "HEAD");

    final FakeAzure azure = FakeAzure.create();
    private final Line line = Line.to(azure);
    final FakeTenant contoso = azure.tenant("contoso");
    final FakeTenant fabrikam = azure.tenant("fabrikam");

    TenantConnection provider() {
        return contoso.connection();
    }

    TenantConnection customer() {
        return fabrikam.connection();
    }

    FederatedAppDefinition phase1On(TenantConnection connection) {
        return phase1On(connection, Region.EUROPE_WEST);
    }

    FederatedAppDefinition phase1On(TenantConnection connection, Region region) {
        return CrossTenantCmk.provider(connection)
                .application("contoso-cmk")
                .managedIdentity("rg-identities", "id-cmk", region);
    }

    FederatedApp phase1() {
        return phase1On(provider()).createFederatedApp();
    }

    KeyAuthorization phase2On(TenantConnection connection, ClientId application) {
        return phase2On(connection, application, Region.EUROPE_WEST);
    }

    KeyAuthorization phase2On(TenantConnection connection, ClientId application, Region region) {
        return CrossTenantCmk.customer(connection)
                .application(application)
                .keyVault("rg-keys", "kv-fabrikam", region)
                .key("contoso-cmk");
    }

    AuthorizedKey phase2(FederatedApp app) {
        return phase2On(customer(), app.clientId()).authorize();
    }

    // reading the world by REST

    /** Resource Manager, Graph or Key Vault, as the tenant's administrator; Key Vault refuses until it has a role. */
    static Reply rest(FakeTenant tenant, String method, String url, @Nullable Object body) {
        return rest(tenant.administrator(), tenant.environment(), method, url, body);
    }

    static Reply rest(
            FakePrincipal principal, AzureEnvironment cloud, String method, String url, @Nullable Object body) {
        TenantConnection connection = principal.connection();
        HttpRequest request = new HttpRequest(HttpMethod.valueOf(method), url.replace(" ", "%20"));
        String token = connection
                .credential()
                .getTokenSync(new TokenRequestContext()
                        .addScopes(scopeFor(
                                cloud, URI.create(url.replace(" ", "%20")).getHost())))
                .getToken();
        request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token);
        if (body != null) {
            request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json").setBody(json(body));
        }
        try (HttpResponse response = connection.httpClient().orElseThrow().sendSync(request, Context.NONE)) {
            String text = response.getBodyAsString().blockOptional().orElse("");
            return new Reply(response.getStatusCode(), text);
        }
    }

    private static String scopeFor(AzureEnvironment cloud, String host) {
        String suffix = cloud.getKeyVaultDnsSuffix();
        String resource = host.endsWith(suffix)
                ? "https://" + suffix.substring(1)
                : cloud.getMicrosoftGraphEndpoint().contains(host)
                        ? cloud.getMicrosoftGraphEndpoint()
                        : cloud.getResourceManagerEndpoint();
        return resource.replaceAll("/+$", "") + "/.default";
    }

    private static String json(Object body) {
        java.io.StringWriter text = new java.io.StringWriter();
        try (com.azure.json.JsonWriter writer = JsonProviders.createWriter(text)) {
            writer.writeUntyped(body).flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static Reply arm(FakeTenant tenant, String id, String apiVersion) {
        return rest(tenant, "GET", armUrl(tenant, id, apiVersion), null);
    }

    static Reply armPut(FakeTenant tenant, String id, String apiVersion, Object body) {
        return rest(tenant, "PUT", armUrl(tenant, id, apiVersion), body);
    }

    private static String armUrl(FakeTenant tenant, String id, String apiVersion) {
        return trimmed(tenant.environment().getResourceManagerEndpoint()) + id + "?api-version=" + apiVersion;
    }

    /** Microsoft Graph, by a path such as {@code /applications}. */
    static Reply graph(FakeTenant tenant, String path) {
        return rest(tenant, "GET", graphUrl(tenant, path), null);
    }

    static Reply graph(FakeTenant tenant, String method, String path, @Nullable Object body) {
        return rest(tenant, method, graphUrl(tenant, path), body);
    }

    private static String graphUrl(FakeTenant tenant, String path) {
        return trimmed(tenant.environment().getMicrosoftGraphEndpoint()) + "/v1.0" + path;
    }

    private static String trimmed(String url) {
        return url.replaceAll("/+$", "");
    }

    static String subscription(FakeTenant tenant) {
        return "/subscriptions/" + tenant.subscriptionId();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** An object for a request's body: names and values in turn. */
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return object;
    }

    /** An answer, readable by dotted paths in which numbers are places in a list. */
    record Reply(int status, String text) {

        @Nullable
        Object at(String path) {
            Object here = parsed();
            for (String name : path.split("\\.", -1)) {
                here = here instanceof List<?> list
                        ? list.get(Integer.parseInt(name))
                        : here instanceof Map<?, ?> map ? map.get(name) : null;
            }
            return here;
        }

        List<?> list(String path) {
            return at(path) instanceof List<?> list ? list : List.of();
        }

        private @Nullable Object parsed() {
            try (JsonReader reader = JsonProviders.createReader(text)) {
                return text.isEmpty() ? null : reader.readUntyped();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    // what happened

    /** The outcomes as {@code step CHANGE}, in the order of their finishing. */
    static List<String> changes(List<StepOutcome> outcomes) {
        return outcomes.stream().map(o -> o.step() + " " + o.change()).toList();
    }

    static Map<String, Change> changeByStep(List<StepOutcome> outcomes) {
        return outcomes.stream().collect(Collectors.toMap(StepOutcome::step, StepOutcome::change));
    }

    /** Calls to services that hold resources: not those for tokens. */
    List<RecordedCall> serviceCalls() {
        return azure.calls().stream()
                .filter(c -> !c.url().getPath().contains("/oauth2/"))
                .toList();
    }

    /** Requests that may change something. */
    List<RecordedCall> writes() {
        return serviceCalls().stream().filter(c -> !READS.contains(c.method())).toList();
    }

    /** Whether the traffic is as Azure's would be, and not made up of what it never says. */
    boolean isRealistic() {
        return true;
    }

    @AfterEach
    void hangUp() {
        line.close();
    }

    @AfterEach
    void keepTraffic() throws IOException {
        if (!isRealistic() || Line.isOfSockets()) {
            return;
        }
        Path file = Path.of("target", "traffic", getClass().getSimpleName() + ".jsonl");
        Files.createDirectories(file.getParent());
        if (BEGUN.add(file)) {
            Files.deleteIfExists(file);
        }
        List<String> lines = azure.calls().stream().map(RecordedCall::toJson).toList();
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}

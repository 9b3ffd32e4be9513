package io.xtcmk.core;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.management.Region;
import com.azure.json.JsonProviders;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.Definition;
import io.xtcmk.KeyRegistry;
import io.xtcmk.ProviderVerification;
import io.xtcmk.SqlServerEncryption;
import io.xtcmk.TenantConnection;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.OwnershipTag;
import io.xtcmk.model.ProvenKey;
import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakeTenant;
import io.xtcmk.testing.RecordedCall;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import reactor.core.publisher.Mono;

/**
 * Everything that the library does, and much that goes wrong, with each logger at its most talkative and the logging of
 * bodies on. A program of its own, because some of that can only be switched on for a whole process. It prints what
 * anybody may see, and writes to a file, the first argument, what nobody may.
 */
final class Everything {
    private static final String PASSWORD = "Pa55-w0rd/of+the=server \u00e4";

    private final SecretSpy spy = new SecretSpy();
    private final FakeAzure azure = FakeAzure.create();
    private final FakeTenant contoso = azure.tenant("contoso");
    private final FakeTenant fabrikam = azure.tenant("fabrikam");
    private final HttpClient line = spy.on(azure.httpClient());
    private final PrintStream out;

    private Everything(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Loggers.sayAllTo(out);
        Handler handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        root.setLevel(Level.ALL);

        Everything everything = new Everything(out);
        everything.spy.add(PASSWORD);
        everything.spy.add(everything.contoso.administrator().clientSecret());
        everything.spy.add(everything.fabrikam.administrator().clientSecret());
        everything.phases();
        everything.failures();
        everything.traces();
        Files.write(
                Path.of(arguments[0]),
                everything.spy.secrets().stream().sorted().toList());
        out.println("the end");
        // Some client may have left a thread behind.
        System.exit(0);
    }

    private TenantConnection connection(FakeTenant tenant, TokenCredential credential, HttpClient client) {
        HttpLogOptions options = new HttpLogOptions()
                .setLogLevel(HttpLogDetailLevel.BODY_AND_HEADERS)
                .addAllowedHttpHeaderName(HttpHeaderName.AUTHORIZATION)
                .addAllowedHttpHeaderName(HttpHeaderName.WWW_AUTHENTICATE)
                .addAllowedQueryParamName("sig");
        TenantConnection connection = TenantConnection.builder()
                .tenantId(tenant.tenantId())
                .subscriptionId(tenant.subscriptionId())
                .credential(credential)
                .httpClient(client)
                .httpLogOptions(options)
                .timeSource(azure.clock())
                .executor(azure.clock().executor())
                .build();
        out.println(connection);
        return connection;
    }

    private TenantConnection provider() {
        return connection(contoso, contoso.credential(), line);
    }

    private TenantConnection customer() {
        return connection(fabrikam, fabrikam.credential(), line);
    }

    private <D extends Definition<D>> D heard(D definition) {
        out.println(definition);
        out.println(definition.plan());
        return definition.onStep(out::println);
    }

    private <R extends JsonSerializable<R>> R shown(R record) throws IOException {
        out.println(record);
        StringWriter text = new StringWriter();
        try (JsonWriter writer = JsonProviders.createWriter(text)) {
            record.toJson(writer).flush();
        }
        out.println(text);
        return record;
    }

    private FederatedApp app() {
        return CrossTenantCmk.provider(provider())
                .application("contoso-cmk")
                .managedIdentity("rg-identities", "id-cmk", Region.EUROPE_WEST)
                .createFederatedApp();
    }

    private void phases() throws IOException {
        FederatedApp app = shown(app());
        OwnershipTag tag = shown(OwnershipTag.issue("customer-42", fabrikam.tenantId()));
        AuthorizedKey key = shown(heard(CrossTenantCmk.customer(customer())
                        .application(app.clientId())
                        .keyVault("rg-keys", "kv-fabrikam", Region.EUROPE_WEST)
                        .key("contoso-cmk")
                        .ownershipTag(tag.value()))
                .authorize());
        azure.clock().advance(Duration.ofMinutes(15));
        ProvenKey proven = shown(heard(CrossTenantCmk.provider(provider())
                        .ownership(key)
                        .tag(tag)
                        .managedIdentity(identity(app)))
                .prove());
        EncryptedResource account = shown(heard(CrossTenantCmk.provider(provider())
                        .storage("rg-data", "stfabrikam")
                        .federatedApp(app)
                        .withCustomerKey(proven.key())
                        .claimFor(proven.reference(), KeyRegistry.inMemory()))
                .create());
        shown(heard(sql(app, key)).create());
        fabrikam.administrator().grant("Key Vault Crypto Officer", "/subscriptions/" + fabrikam.subscriptionId());
        out.println(heard(CrossTenantCmk.customer(customer()).key(key)).rotate());
        out.println(CrossTenantCmk.provider(provider())
                .storage("rg-data", "stfabrikam")
                .withMicrosoftKeys()
                .update());
        out.println(account);
        azure.attachIdentity(app.identity().id().toString());
        ProviderVerification verification = CrossTenantCmk.provider(provider())
                .verification(account)
                .customer(customer())
                .asManagedIdentity(app.identity().clientId());
        out.println(shown(verification.verify()).toMermaid());
        shown(CrossTenantCmk.customer(customer()).verification(key).verify());
        TokenCredential credential = credential(app, fabrikam);
        spy.add(credential
                .getTokenSync(new TokenRequestContext().addScopes("https://vault.azure.net/.default"))
                .getToken());
        out.println(credential);
    }

    private TokenCredential identity(FederatedApp app) {
        TokenCredential identity = contoso.managedIdentity(app.identity().id().toString());
        return request -> identity.getToken(request).doOnNext(token -> spy.add(token.getToken()));
    }

    private TokenCredential credential(FederatedApp app, FakeTenant tenant) {
        return CrossTenantCmk.federatedAppCredential()
                .clientId(app.clientId())
                .tenantId(tenant.tenantId())
                .managedIdentity(identity(app))
                .httpClient(line)
                .build();
    }

    private SqlServerEncryption sql(FederatedApp app, AuthorizedKey key) {
        return CrossTenantCmk.provider(provider())
                .sql("rg-data", "sql-fabrikam")
                .federatedApp(app)
                .withCustomerKey(key)
                .administrator("dbadmin", PASSWORD);
    }

    // what goes wrong

    private void failures() {
        FederatedApp app = app();
        failing(() -> credential(app, azure.tenant("tailspin"))
                .getTokenSync(new TokenRequestContext().addScopes("https://vault.azure.net/.default")));
        failing(() -> CrossTenantCmk.provider(connection(contoso, contoso.credential(), echoing()))
                .application("contoso-cmk")
                .managedIdentity("rg-identities", "id-cmk", Region.EUROPE_WEST)
                .createFederatedApp());
        failing(() -> CrossTenantCmk.provider(connection(contoso, talkative(), line))
                .storage("rg-data", "stother")
                .federatedApp(app)
                .withCustomerKey(AuthorizedKey.of(
                        fabrikam.tenantId(), app.clientId(), "https://kv-fabrikam.vault.azure.net/keys/contoso-cmk"))
                .create());
        failing(() -> CrossTenantCmk.provider(provider())
                .sql("rg-data", "sql-other")
                .administrator("dbadmin", "dbadmin" + PASSWORD));
        failing(() -> CrossTenantCmk.provider(connection(contoso, contoso.credential(), dead()))
                .application("contoso-cmk")
                .managedIdentity("rg-identities", "id-cmk", Region.EUROPE_WEST)
                .createFederatedApp());
        failing(() -> CrossTenantCmk.consent(app.clientId(), URI.create("https://contoso.example/consented"))
                .build()
                .accept(URI.create(
                        "https://contoso.example/consented?error=%0D%0AFORGED%1B%5B31m&error_description=%E2%80%AE")));
    }

    /** What a service might repeat of the request that it refuses. */
    private String echo() {
        return "FORGED\\r\\nline \\u001b[31m \\u202e of "
                + spy.secrets().stream()
                        .filter(secret -> secret.startsWith("eyJ"))
                        .findFirst()
                        .orElseThrow();
    }

    private HttpClient echoing() {
        String body = "{\"error\":{\"code\":\"Forbidden\",\"message\":\"" + echo() + "\"}}";
        return new Intercepted(line, (request, onward) -> Intercepted.answer(request, 403, new HttpHeaders(), body));
    }

    private static HttpClient dead() {
        return new Intercepted(request -> Mono.empty(), (request, onward) -> {
            throw new IOException("no route for Bearer " + request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION));
        });
    }

    /** A credential whose refusal repeats what it was given. */
    private TokenCredential talkative() {
        String token = echo().substring(echo().lastIndexOf(' ') + 1);
        return request -> Mono.error(
                new ClientAuthenticationException("refused " + token, null, new IllegalStateException("by " + token)));
    }

    private void failing(Supplier<?> call) {
        try {
            var unused = call.get();
        } catch (RuntimeException e) {
            out.println("FAILED " + e);
            e.printStackTrace(out);
            return;
        }
        throw new AssertionError("nothing failed");
    }

    private void traces() {
        out.println(List.of(azure, contoso, fabrikam, contoso.administrator()));
        azure.calls().forEach(call -> {
            out.println(call);
            out.println(call.toJson());
            out.println(fields(call));
        });
    }

    private static String fields(RecordedCall call) {
        return call.url() + " " + call.requestBody() + " " + call.responseHeaders() + " " + call.responseBody();
    }
}

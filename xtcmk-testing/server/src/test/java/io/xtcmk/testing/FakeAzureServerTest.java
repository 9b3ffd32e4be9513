package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xtcmk.testing.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fake behind its proxy, as clients in other processes meet it. The client here is the JDK's. */
class FakeAzureServerTest {
    private static final String SUBSCRIPTIONS = "https://management.azure.com/subscriptions?api%2Dversion=2022-12-01";

    private final FakeAzureServer server = FakeAzure.start();
    private final FakeTenant contoso = server.azure().tenant("contoso");
    private final FakeTenant fabrikam = server.azure().tenant("fabrikam");
    private final HttpClient client = HttpClient.newBuilder()
            .proxy(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())))
            .sslContext(server.sslContext())
            .build();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void client_signsInAndIsAnswered_underAzuresRealNames() throws Exception {
        HttpResponse<String> answer = get(SUBSCRIPTIONS, "Authorization", "Bearer " + token());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains(contoso.subscriptionId().toString())
                .doesNotContain(fabrikam.subscriptionId().toString());
    }

    @Test
    void inProcessAndServed_areOneWorld() throws Exception {
        Rest.over(server.azure().httpClient())
                .as(contoso.credential(), "https://management.azure.com/.default")
                .put(
                        "https://management.azure.com/subscriptions/" + contoso.subscriptionId()
                                + "/resourceGroups/rg-made-in-process?api-version=2021-04-01",
                        Json.object("location", "westeurope"));

        HttpResponse<String> answer = get(
                "https://management.azure.com/subscriptions/" + contoso.subscriptionId()
                        + "/resourcegroups?api-version=2021-04-01",
                "Authorization",
                "Bearer " + token());

        assertThat(answer.body()).contains("rg-made-in-process");
    }

    @Test
    void hostThatIsNotAzures_isRefusedAtOnce_withASentence() throws IOException {
        assertThat(raw("CONNECT azure.microsoft.com:443 HTTP/1.1\r\nHost: azure.microsoft.com:443\r\n\r\n"))
                .startsWith("HTTP/1.1 502 ")
                .endsWith("the fake plays no service at https://azure.microsoft.com, and never calls out\n");
        assertThat(raw("GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n"))
                .startsWith("HTTP/1.1 502 ")
                .endsWith("the fake plays no service at http://example.com, and never calls out\n");
    }

    @Test
    void azuresServices_listenForHttpsOnly() throws IOException {
        assertThat(raw("CONNECT management.azure.com:80 HTTP/1.1\r\nHost: management.azure.com:80\r\n\r\n"))
                .startsWith("HTTP/1.1 502 ")
                .endsWith("the fake plays no service at http://management.azure.com, and never calls out\n");
        assertThat(raw("CONNECT management.azure.com:8443 HTTP/1.1\r\nHost: management.azure.com:8443\r\n\r\n"))
                .startsWith("HTTP/1.1 502 ")
                .endsWith("the fake's services listen on the ports of https and http only, not at"
                        + " management.azure.com:8443\n");
        assertThat(raw("GET http://management.azure.com/subscriptions HTTP/1.1\r\nHost: management.azure.com\r\n\r\n"))
                .startsWith("HTTP/1.1 502 ");
    }

    @Test
    void vaultThatIsNotThere_hasNoAddress() throws IOException {
        assertThat(
                        raw(
                                "CONNECT kv-nobodys.vault.azure.net:443 HTTP/1.1\r\nHost: kv-nobodys.vault.azure.net:443\r\n\r\n"))
                .startsWith("HTTP/1.1 502 ")
                .contains("kv-nobodys.vault.azure.net has no address");
    }

    @Test
    void routeThatTheFakeDoesNotKnow_isToldFromAzuresOwnNotFound() throws Exception {
        HttpResponse<String> answer = get("https://management.azure.com/nobody/knows", "Accept", "*/*");

        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(answer.body()).contains("NotPlayedByTheFake", "the nearest that it knows are");
    }

    @Test
    void clientThatDoesNotTrustTheAuthority_isToldSoByTls() {
        HttpClient stranger =
                HttpClient.newBuilder().proxy(client.proxy().orElseThrow()).build();

        assertThatThrownBy(() -> stranger.send(
                        HttpRequest.newBuilder(URI.create(SUBSCRIPTIONS)).build(), BodyHandlers.ofString()))
                .isInstanceOf(SSLException.class);
    }

    /** az makes a secret that is valid from its own now on, and signs in with it at once. */
    @Test
    void clock_isNotBehindTheMachines() {
        Instant before = Instant.now();
        try (FakeAzureServer other = FakeAzure.start()) {
            assertThat(other.azure().clock().now()).isBetween(before, Instant.now());
        }
    }

    @Test
    void eachStart_hasItsOwnAuthority() {
        try (FakeAzureServer other = FakeAzure.start()) {
            assertThat(other.certificate()).isNotEqualTo(server.certificate());
            assertThat(other.certificate().getPublicKey())
                    .isNotEqualTo(server.certificate().getPublicKey());
        }
    }

    @Test
    void connection_isKept_andItsRequestsAreAnsweredInOrder() throws IOException {
        String request = "GET http://169.254.169.254/metadata/%s HTTP/1.1\r\nHost: imds\r\nConnection: %s\r\n\r\n";

        String answers = raw(String.format(request, "one", "keep-alive") + String.format(request, "two", "close"));

        assertThat(answers.split("HTTP/1.1 501", -1)).hasSize(3);
        assertThat(answers.indexOf("metadata/one")).isLessThan(answers.indexOf("metadata/two"));
    }

    /** As Netty's clients come: they tunnel plain HTTP too. */
    @Test
    void metadataService_isReachedByATunnelToo() throws IOException {
        String tunnel = "CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: 169.254.169.254:80\r\n\r\n";
        String request = "GET /metadata/one HTTP/1.1\r\nHost: 169.254.169.254\r\nConnection: close\r\n\r\n";

        assertThat(raw(tunnel + request))
                .startsWith("HTTP/1.1 200 ")
                .contains("HTTP/1.1 501 ", "GET http://169.254.169.254/metadata/one");
    }

    @Test
    void requestThatIsNotHttp_isRefused() throws IOException {
        assertThat(raw("\u0016\u0003\u0001 this is no HTTP\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET /nowhere HTTP/1.1\r\nHost: a b\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET http://169.254.169.254/ HTTP/1.1\r\nX: " + "x".repeat(70_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void machine_hasTheTokensOfAllIdentities_atBothEndpoints(@TempDir Path folder) throws Exception {
        Map<String, String> environment = server.writeTo(folder, contoso, fabrikam);
        String clientId = makeIdentity("id-cmk");

        HttpResponse<String> imds = get(
                "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01"
                        + "&resource=https%3A%2F%2Fvault.azure.net&client_id=" + clientId,
                "Metadata",
                "true");
        HttpResponse<String> appService = get(
                environment.get("IDENTITY_ENDPOINT")
                        + "?api-version=2019-08-01&resource=https%3A%2F%2Fvault.azure.net&client_id=" + clientId,
                "X-IDENTITY-HEADER",
                environment.get("IDENTITY_HEADER"));

        assertThat(imds.statusCode()).as(imds.body()).isEqualTo(200);
        assertThat(imds.body()).contains("access_token", clientId);
        assertThat(appService.statusCode()).as(appService.body()).isEqualTo(200);
        assertThat(appService.body()).contains("access_token");
    }

    @Test
    void files_haveWhatClientsNeed_andNoPrivateKey(@TempDir Path folder) throws Exception {
        Path nested = folder.resolve("it's new");

        Map<String, String> environment = server.writeTo(nested, contoso, fabrikam);

        assertThat(Files.readString(nested.resolve("ca.pem")))
                .startsWith("-----BEGIN CERTIFICATE-----")
                .doesNotContain("PRIVATE");
        KeyStore store = KeyStore.getInstance(nested.resolve("ca.p12").toFile(), "changeit".toCharArray());
        assertThat(store.size()).isOne();
        assertThat(store.getCertificate(store.aliases().nextElement())).isEqualTo(server.certificate());
        assertThat(environment)
                .containsEntry("HTTPS_PROXY", "http://127.0.0.1:" + server.port())
                .containsEntry("SSL_CERT_FILE", nested.resolve("ca.pem").toString())
                .containsEntry("PROVIDER_TENANT_ID", contoso.tenantId().toString())
                .containsEntry(
                        "CUSTOMER_SUBSCRIPTION_ID", fabrikam.subscriptionId().toString())
                .containsKeys("REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "CURL_CA_BUNDLE", "NO_PROXY")
                .containsKeys("XTCMK_JAVA_OPTS", "IDENTITY_ENDPOINT", "PROVIDER_CLIENT_SECRET", "CUSTOMER_CLIENT_ID");
        assertThat(asTheShellReadsIt(nested.resolve("env.sh"), "NODE_EXTRA_CA_CERTS"))
                .isEqualTo(nested.resolve("ca.pem").toString());
    }

    @Test
    void folderThatCannotBeMade_isNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        assertThatThrownBy(() -> server.writeTo(file, contoso, fabrikam))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot write to " + file);
    }

    @Test
    void closed_refusesConnections() {
        server.close();

        assertThatThrownBy(() -> raw("CONNECT management.azure.com:443 HTTP/1.1\r\n\r\n"))
                .isInstanceOf(IOException.class);
    }

    /** Or it would go on handing answers to sockets that are gone. */
    @Test
    void close_waitsForAnswersUnderWay() throws Exception {
        CountDownLatch underWay = new CountDownLatch(1);
        AtomicBoolean answered = new AtomicBoolean();
        server.azure().onCall(call -> {
            underWay.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            answered.set(isSlowlyFound());
        });
        CompletableFuture<HttpResponse<String>> waiting = client.sendAsync(
                HttpRequest.newBuilder(URI.create(SUBSCRIPTIONS)).build(), BodyHandlers.ofString());
        underWay.await();

        server.close();

        assertThat(answered).isTrue();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(IOException.class);
    }

    private static boolean isSlowlyFound() {
        return BigInteger.probablePrime(2_048, new Random(1)).isProbablePrime(10);
    }

    @Test
    void serve_leavesAnAzureItsOwnSettings() throws Exception {
        FakeAzure azure = FakeAzure.create();
        azure.tenant("contoso");
        try (FakeAzureServer own = azure.serve()) {
            assertThat(own.azure()).isSameAs(azure);
            assertThat(own.port()).isPositive().isNotEqualTo(server.port());
        }
    }

    @Test
    void traffic_isToldToListeners_withSecretsMasked() throws Exception {
        List<String> lines = new java.util.concurrent.CopyOnWriteArrayList<>();
        Runnable end = server.azure().onCall(call -> lines.add(call.toJson()));
        String token = token();
        end.run();
        token();

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .contains("/oauth2/v2.0/token")
                .doesNotContain(token, contoso.administrator().clientSecret());
    }

    private String makeIdentity(String name) throws Exception {
        Rest arm = Rest.over(server.azure().httpClient())
                .as(contoso.credential(), "https://management.azure.com/.default");
        String group = "https://management.azure.com/subscriptions/" + contoso.subscriptionId() + "/resourceGroups/rg";
        arm.put(group + "?api-version=2021-04-01", Json.object("location", "westeurope"));
        Rest.Reply reply = arm.put(
                group + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/" + name
                        + "?api-version=2023-01-31",
                Json.object("location", "westeurope"));
        return reply.at("properties.clientId");
    }

    private String token() throws Exception {
        String form = "grant_type=client_credentials&scope=https%3A%2F%2Fmanagement.azure.com%2F.default&client_id="
                + contoso.administrator().clientId() + "&client_secret="
                + contoso.administrator().clientSecret();
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(
                                "https://login.microsoftonline.com/" + contoso.tenantId() + "/oauth2/v2.0/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .timeout(Duration.ofMinutes(1))
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        return Json.text(Json.cast(Json.parse(answer.body().getBytes(StandardCharsets.UTF_8))), "access_token")
                .orElseThrow();
    }

    private HttpResponse<String> get(String url, String header, String value) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header(header, value)
                        .timeout(Duration.ofMinutes(1))
                        .build(),
                BodyHandlers.ofString());
    }

    /** What the proxy sends until it closes the connection. */
    private String raw(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String asTheShellReadsIt(Path script, String name) throws IOException {
        Process shell = new ProcessBuilder(
                        "sh", "-c", ". \"$1\" && printf %s \"$" + name + "\"", "sh", script.toString())
                .redirectErrorStream(true)
                .start();
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}

package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean no good, or are broken, at the served fake's real socket. After each, an honest one is served. */
class HostileClientsTest {
    private static final String IMDS = "http://169.254.169.254/metadata/";

    private final FakeAzureServer server = FakeAzure.start();
    private final List<RecordedCall> calls = Collections.synchronizedList(new ArrayList<>());
    private final Runnable end = server.azure().onCall(calls::add);

    @AfterEach
    void stop() {
        end.run();
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(60_000);
        return socket;
    }

    /** What comes until the server hangs up; a reset is an end too. */
    private static String answers(Socket socket, String bytes) throws IOException {
        StringBuilder answers = new StringBuilder();
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                answers.append((char) b);
            }
        } catch (SocketException reset) {
            answers.append("");
        }
        return answers.toString();
    }

    private String raw(String bytes) throws IOException {
        try (Socket socket = connect()) {
            return answers(socket, bytes);
        }
    }

    private void assertServes() throws IOException {
        String answer = raw("GET " + IMDS + "honest HTTP/1.1\r\nHost: imds\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 501 ").contains("metadata/honest");
    }

    @Test
    void listensOnLoopbackAlone() throws IOException {
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        for (InetAddress other : others) {
            assertThatThrownBy(() -> {
                        try (Socket socket = new Socket()) {
                            socket.connect(new InetSocketAddress(other, server.port()), 2_000);
                        }
                    })
                    .as(other.toString())
                    .isInstanceOf(IOException.class);
        }
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Content-Length: 4\r\nContent-Length: 5",
                "Content-Length: 4, 5",
                "Content-Length: +4",
                "Content-Length: -4",
                "Content-Length: 0x4",
                "Content-Length: 99999999999999999999",
                "Content-Length : 4",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "X: a\r\n Content-Length: 4",
                "X: a\nContent-Length: 4",
                "X\u0000: a",
                ": a",
            })
    void requestOfTwoReadings_isReadInOne(String headers) throws IOException {
        String answers = raw("POST " + IMDS + "outer HTTP/1.1\r\nHost: imds\r\n" + headers + "\r\n\r\n0\r\n\r\nGET "
                + IMDS + "smuggled HTTP/1.1\r\nHost: imds\r\nConnection: close\r\n\r\n");

        assertThat(answers).doesNotContain("smuggled");
        assertServes();
    }

    @Test
    void hugeHeaders_areRefused() throws IOException {
        assertThat(raw("GET " + IMDS + " HTTP/1.1\r\n" + "X: a\r\n".repeat(50_000) + "\r\n"))
                .matches("(?s)|HTTP/1.1 4.*");
        assertThat(raw("GET " + IMDS + "x".repeat(100_000) + " HTTP/1.1\r\n\r\n"))
                .matches("(?s)|HTTP/1.1 4.*");
        assertServes();
    }

    @Test
    void hugeBody_isRefusedBeforeItComes() throws IOException {
        assertThat(raw("POST " + IMDS + " HTTP/1.1\r\nHost: imds\r\nConnection: close\r\n"
                        + "Content-Length: 67108865\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(raw("POST " + IMDS
                        + " HTTP/1.1\r\nHost: imds\r\nExpect: 100-continue\r\nContent-Length: 67108865\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertServes();
    }

    @Test
    void pipelines_areAnsweredInOrder_orCut() throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            requests.append("GET ").append(IMDS).append(i).append(" HTTP/1.1\r\nHost: imds\r\n\r\n");
        }
        String answers = raw(requests + "GET " + IMDS + "last HTTP/1.1\r\nHost: imds\r\nConnection: close\r\n\r\n");

        List<Integer> places = Stream.of(0, 1, 2, 3)
                .map(i -> answers.indexOf("metadata/" + i + ";"))
                .toList();
        assertThat(places).isSorted();
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001\u0000\u0005junk!",
                "GET / HTTP/1.1\r\nHost: management.azure.com\r\n\r\n",
                "\u0016\u0003\u0003\u007f\u00ff",
                "\u0080.\u0001\u0003\u0001",
            })
    void tunnelWithoutTls_isDropped(String bytes) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("CONNECT management.azure.com:443 HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readNBytes("HTTP/1.1 200 Connection established\r\n\r\n".length());
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP/1.1");
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT",
                "CONNECT  HTTP/1.1",
                "CONNECT / HTTP/1.1",
                "CONNECT : HTTP/1.1",
                "CONNECT :443 HTTP/1.1",
                "CONNECT management.azure.com HTTP/1.1",
                "CONNECT management.azure.com:443:443 HTTP/1.1",
                "CONNECT management.azure.com:99999 HTTP/1.1",
                "CONNECT evil.example:443 HTTP/1.1",
                "CONNECT management.azure.com@evil.example:443 HTTP/1.1",
                "CONNECT evil.example#management.azure.com:443 HTTP/1.1",
                "CONNECT 127.0.0.1:443 HTTP/1.1",
                "CONNECT [::1]:443 HTTP/1.1",
                "CONNECT http://management.azure.com:443 HTTP/1.1",
                "CONNECT management.azure.com%00.evil.example:443 HTTP/1.1",
            })
    void tunnelToNowhere_isRefused(String line) throws IOException {
        assertThat(raw(line + "\r\nHost: x\r\n\r\n")).matches("(?s)|HTTP/1.1 (4|502).*");
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example/",
                "https://evil.example/",
                "https://graph.microsoft.com/v1.0/me",
                "@evil.example/",
                ".evil.example/",
                ":8443/",
                "*",
            })
    void targetOfAnotherHost_insideATunnel_isRefused(String target) throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("CONNECT management.azure.com:443 HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readNBytes("HTTP/1.1 200 Connection established\r\n\r\n".length());
            SSLSocket tls = (SSLSocket)
                    server.sslContext().getSocketFactory().createSocket(socket, "management.azure.com", 443, true);
            assertThat(answers(tls, "GET " + target + " HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ");
        }
        assertThat(calls).isEmpty();
        assertServes();
    }

    @Test
    void ownTarget_insideATunnel_mayBeAWholeUrl() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("CONNECT management.azure.com:443 HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readNBytes("HTTP/1.1 200 Connection established\r\n\r\n".length());
            SSLSocket tls = (SSLSocket)
                    server.sslContext().getSocketFactory().createSocket(socket, "management.azure.com", 443, true);
            assertThat(answers(
                            tls,
                            String.join(
                                    "\r\n",
                                    "GET https://Management.azure.com/subscriptions?api-version=2022-12-01 HTTP/1.1",
                                    "Host: management.azure.com",
                                    "Connection: close",
                                    "",
                                    "")))
                    .startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void tooManyConnections_areClosed_andTheRestServed() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            assertServes();
            for (int i = 0; i < 600; i++) {
                idle.add(connect());
            }
            assertThat(idle.get(599).getInputStream().read())
                    .as("closed at once")
                    .isEqualTo(-1);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
        String answer = "";
        for (int attempts = 0; answer.isEmpty() && attempts < 1_000; attempts++) {
            answer = raw("GET " + IMDS + "honest HTTP/1.1\r\nHost: imds\r\nConnection: close\r\n\r\n");
        }
        assertThat(answer).startsWith("HTTP/1.1 501 ");
    }

    /** What is written for clients trusts the authority, and cannot be it. */
    @Test
    void folder_hasNoPrivateKey(@TempDir Path folder) throws Exception {
        server.writeTo(folder, server.azure().tenant("contoso"), server.azure().tenant("fabrikam"));

        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("PRIVATE KEY", "PrivateKey");
                if (file.toString().endsWith(".p12")) {
                    KeyStore store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
                    assertThat(Collections.list(store.aliases())).noneMatch(alias -> {
                        try {
                            return store.isKeyEntry(alias);
                        } catch (java.security.KeyStoreException e) {
                            throw new IllegalStateException(e);
                        }
                    });
                }
            }
        }
    }
}

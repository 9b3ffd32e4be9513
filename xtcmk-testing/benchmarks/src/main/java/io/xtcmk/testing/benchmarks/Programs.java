package io.xtcmk.testing.benchmarks;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** How long a program takes from its start to its first answer, by a client that is there already. */
final class Programs {
    private final Path fake;
    private final Path wireMock;
    private final Path folder;

    Programs(Path fake, Path folder) throws IOException {
        this.fake = fake;
        this.folder = folder;
        this.wireMock = jarOf(WireMockServer.class);
        Path mappings = Files.createDirectories(folder.resolve("wiremock/mappings"));
        Files.writeString(
                mappings.resolve("stub.json"),
                "{\"request\":{\"method\":\"GET\",\"url\":\"" + WireMocks.PATH
                        + "\"},\"response\":{\"status\":200,\"jsonBody\":" + WireMocks.BODY + "}}");
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The fake says when it is ready, and by its files how to get there. */
    Took fake() throws IOException, InterruptedException {
        Path files = folder.resolve("fake");
        int port = freePort();
        long began = System.nanoTime();
        Process process = Fork.ofJar(fake, "--dir", files.toString(), "--port", Integer.toString(port))
                .redirectErrorStream(true)
                .start();
        try {
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            String line = lines.readLine();
            while (line != null && !line.equals("ready")) {
                line = lines.readLine();
            }
            String tenant = variable(Files.readString(files.resolve("env.sh")), "PROVIDER_TENANT_ID");
            String url = "https://login.microsoftonline.com/" + tenant + "/v2.0/.well-known/openid-configuration";
            Client.check(Client.of(port, trusting(files.resolve("ca.pem")), url).getAsInt());
            return took(began, process);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static Took took(long began, Process process) {
        return new Took((System.nanoTime() - began) / 1e6, Took.processors(process.toHandle()) / 1e6);
    }

    private static String variable(String shell, String name) {
        return shell.lines()
                .filter(line -> line.matches("(export )?" + name + "=.*"))
                .map(line -> line.substring(line.indexOf('=') + 1).replaceAll("['\"]", ""))
                .findFirst()
                .orElseThrow();
    }

    private static SSLContext trusting(Path authority) throws IOException {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "fake", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** WireMock is asked until it answers. */
    Took wireMock(boolean https) throws IOException, InterruptedException {
        int port = freePort();
        long began = System.nanoTime();
        Process process = Fork.ofJar(
                        wireMock,
                        https ? "--https-port" : "--port",
                        Integer.toString(port),
                        https ? "--disable-http" : "--disable-banner",
                        "--disable-request-logging",
                        "--no-request-journal",
                        "--root-dir",
                        folder.resolve("wiremock").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("wiremock.log").toFile())
                .start();
        try {
            URI uri = URI.create((https ? "https" : "http") + "://localhost:" + port + WireMocks.PATH);
            await(Client.of(uri), process);
            return took(began, process);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static void await(IntSupplier request, Process process) throws InterruptedException {
        while (true) {
            try {
                Client.check(request.getAsInt());
                return;
            } catch (UncheckedIOException notYet) {
                if (!process.isAlive()) {
                    throw notYet;
                }
                Thread.sleep(2);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

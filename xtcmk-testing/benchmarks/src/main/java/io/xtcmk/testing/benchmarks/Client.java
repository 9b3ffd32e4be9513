package io.xtcmk.testing.benchmarks;

import io.xtcmk.testing.FakeAzureServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLContext;

/** The JDK's HTTP client, the same for both. */
final class Client {
    private Client() {}

    /** By the fake's proxy. */
    static IntSupplier of(FakeAzureServer server, String url) {
        return of(server.port(), server.sslContext(), url);
    }

    static IntSupplier of(int proxy, SSLContext trust, String url) {
        HttpClient client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .proxy(ProxySelector.of(new InetSocketAddress("localhost", proxy)))
                .sslContext(trust)
                .build();
        return of(client, URI.create(url));
    }

    /** Straight to WireMock. */
    static IntSupplier of(URI uri) {
        HttpClient.Builder builder = HttpClient.newBuilder().version(Version.HTTP_1_1);
        if (uri.getScheme().equals("https")) {
            builder.sslContext(WireMocks.trustingAnybody());
        }
        return of(builder.build(), uri);
    }

    private static IntSupplier of(HttpClient client, URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return () -> {
            try {
                return client.send(request, BodyHandlers.ofByteArray()).statusCode();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        };
    }

    static void check(int status) {
        if (status != 200) {
            throw new IllegalStateException("answered with " + status);
        }
    }
}

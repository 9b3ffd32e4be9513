package consumer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakeAzureServer;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The server starts and answers beside whatever Netty the project has. */
class ServedTest {
    @Test
    void server_answers() throws Exception {
        try (FakeAzureServer server = FakeAzure.start()) {
            HttpClient client = HttpClient.newBuilder()
                    .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", server.port())))
                    .sslContext(server.sslContext())
                    .build();
            String body = client.send(
                            HttpRequest.newBuilder(URI.create("https://management.azure.com/metadata/endpoints?api-version=2022-09-01"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertTrue(body.contains("{"), body);
        }
    }
}

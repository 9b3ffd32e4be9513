package io.xtcmk.core.wire;

import com.azure.core.http.HttpClient;
import com.azure.core.http.ProxyOptions;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.core.http.vertx.VertxHttpClientBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ProxyType;
import io.xtcmk.testing.FakeAzureServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** azure-core's HTTP clients, as a user makes them for a network with a proxy and a certificate authority of its own. */
public enum Wired {
    NETTY {
        @Override
        public HttpClient client(FakeAzureServer server, ProxyOptions proxy, Duration patience) {
            SslContext tls = tls(server);
            var client = reactor.netty.http.client.HttpClient.create().secure(spec -> spec.sslContext(tls));
            return new NettyAsyncHttpClientBuilder(client)
                    .proxy(proxy)
                    .connectTimeout(patience)
                    .responseTimeout(patience)
                    .readTimeout(patience)
                    .build();
        }
    },
    OKHTTP {
        @Override
        public HttpClient client(FakeAzureServer server, ProxyOptions proxy, Duration patience) {
            OkHttpClient client = trusting(Shared.OKHTTP.newBuilder(), server).build();
            return new OkHttpAsyncHttpClientBuilder(client)
                    .proxy(proxy)
                    .callTimeout(patience)
                    .build();
        }
    },
    JDK_HTTPCLIENT {
        @Override
        public HttpClient client(FakeAzureServer server, ProxyOptions proxy, Duration patience) {
            var client = java.net.http.HttpClient.newBuilder().sslContext(server.sslContext());
            return new JdkHttpClientBuilder(client)
                    .proxy(proxy)
                    .connectionTimeout(patience)
                    .responseTimeout(patience)
                    .readTimeout(patience)
                    .build();
        }
    },
    VERTX {
        @Override
        public HttpClient client(FakeAzureServer server, ProxyOptions proxy, Duration patience) {
            // Where options are given, the builder takes the proxy from them and from nowhere else.
            HttpClientOptions options = new HttpClientOptions()
                    .setTrustOptions(new PemTrustOptions().addCertValue(pem(server)))
                    // By default five for a host. A request that waits for a connection counts as working on the fake's
                    // clock, so those whose answers take time on that clock would keep theirs for ever.
                    .setMaxPoolSize(1_000)
                    .setConnectTimeout(Math.toIntExact(patience.toMillis()))
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setReadIdleTimeout(Math.toIntExact(patience.toMillis()))
                    .setNonProxyHosts(nonProxyHosts(proxy))
                    .setProxyOptions(new io.vertx.core.net.ProxyOptions()
                            .setType(ProxyType.HTTP)
                            .setHost(proxy.getAddress().getHostString())
                            .setPort(proxy.getAddress().getPort())
                            .setUsername(proxy.getUsername())
                            .setPassword(proxy.getPassword()));
            return new VertxHttpClientBuilder()
                    .vertx(Shared.VERTX)
                    .httpClientOptions(options)
                    .responseTimeout(patience)
                    .build();
        }
    };

    /** What each test would else make anew, and leave behind. */
    private static final class Shared {
        static final OkHttpClient OKHTTP = new OkHttpClient();
        static final Vertx VERTX = Vertx.vertx();
    }

    /** By the server's own proxy, as patient as azure-core's clients are by default. */
    public HttpClient client(FakeAzureServer server) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        return client(server, new ProxyOptions(ProxyOptions.Type.HTTP, address), Duration.ofMinutes(1));
    }

    /**
     * By a proxy before it.
     *
     * @param patience how long, in real time, it waits for an answer's next byte; OkHttp, for the whole of an answer
     */
    public abstract HttpClient client(FakeAzureServer server, ProxyOptions proxy, Duration patience);

    /** azure-core has one regular expression for all; Vert.x takes hosts, of which it knows wildcards. */
    private static List<String> nonProxyHosts(ProxyOptions proxy) {
        String all = proxy.getNonProxyHosts();
        return all == null
                ? List.of()
                : Pattern.compile("[^|()]+")
                        .matcher(all.replace("\\E", "")
                                .replace("\\Q", "")
                                .replace(".*?", "*")
                                .replace("\\.", "."))
                        .results()
                        .map(MatchResult::group)
                        .toList();
    }

    /** As it is written in properties: {@code jdk-httpclient}. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** An OkHttp of somebody else's, by the server's own proxy. */
    public static OkHttpClient.Builder by(OkHttpClient.Builder client, FakeAzureServer server) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        return trusting(client, server).proxy(new Proxy(Proxy.Type.HTTP, address));
    }

    private static OkHttpClient.Builder trusting(OkHttpClient.Builder client, FakeAzureServer server) {
        return client.sslSocketFactory(server.sslContext().getSocketFactory(), trusting(server));
    }

    private static SslContext tls(FakeAzureServer server) {
        try {
            return SslContextBuilder.forClient()
                    .trustManager(server.certificate())
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509TrustManager trusting(FakeAzureServer server) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("fake", server.certificate());
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Buffer pem(FakeAzureServer server) {
        try {
            String base64 =
                    Base64.getMimeEncoder().encodeToString(server.certificate().getEncoded());
            return Buffer.buffer("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}

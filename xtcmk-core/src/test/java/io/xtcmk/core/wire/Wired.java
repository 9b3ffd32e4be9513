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
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** azure-core's HTTP clients, as a user makes them for a network with a proxy and a certificate authority of its own. */
public enum Wired {
    NETTY {
        @Override
        HttpClient client(FakeAzureServer server, ProxyOptions proxy) {
            SslContext tls = tls(server);
            var client = reactor.netty.http.client.HttpClient.create().secure(spec -> spec.sslContext(tls));
            return new NettyAsyncHttpClientBuilder(client).proxy(proxy).build();
        }
    },
    OKHTTP {
        @Override
        HttpClient client(FakeAzureServer server, ProxyOptions proxy) {
            OkHttpClient client = Shared.OKHTTP
                    .newBuilder()
                    .sslSocketFactory(server.sslContext().getSocketFactory(), trusting(server))
                    .build();
            return new OkHttpAsyncHttpClientBuilder(client).proxy(proxy).build();
        }
    },
    JDK_HTTPCLIENT {
        @Override
        HttpClient client(FakeAzureServer server, ProxyOptions proxy) {
            var client = java.net.http.HttpClient.newBuilder().sslContext(server.sslContext());
            return new JdkHttpClientBuilder(client).proxy(proxy).build();
        }
    },
    VERTX {
        @Override
        HttpClient client(FakeAzureServer server, ProxyOptions proxy) {
            // Where options are given, the builder takes the proxy from them and from nowhere else.
            HttpClientOptions options = new HttpClientOptions()
                    .setTrustOptions(new PemTrustOptions().addCertValue(pem(server)))
                    .setProxyOptions(new io.vertx.core.net.ProxyOptions()
                            .setType(ProxyType.HTTP)
                            .setHost(proxy.getAddress().getHostString())
                            .setPort(proxy.getAddress().getPort())
                            .setUsername(proxy.getUsername())
                            .setPassword(proxy.getPassword()));
            return new VertxHttpClientBuilder()
                    .vertx(Shared.VERTX)
                    .httpClientOptions(options)
                    .build();
        }
    };

    /** What each test would else make anew, and leave behind. */
    private static final class Shared {
        static final OkHttpClient OKHTTP = new OkHttpClient();
        static final Vertx VERTX = Vertx.vertx();
    }

    /** By the server's own proxy. */
    public HttpClient client(FakeAzureServer server) {
        return client(server, proxy(server.port()));
    }

    /** By a proxy before it. */
    abstract HttpClient client(FakeAzureServer server, ProxyOptions proxy);

    static ProxyOptions proxy(int port) {
        return new ProxyOptions(ProxyOptions.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** As it is written in properties: {@code jdk-httpclient}. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
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

package io.xtcmk.testing.benchmarks;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.direct.DirectCallHttpServerFactory;
import com.github.tomakehurst.wiremock.http.ImmutableRequest;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** WireMock with one stub: an answer of about the size of a resource group's. */
final class WireMocks {
    static final String PATH = "/subscriptions/s/resourceGroups/rg";
    static final String BODY = "{\"id\":\"/subscriptions/s/resourceGroups/rg\",\"name\":\"rg\","
            + "\"type\":\"Microsoft.Resources/resourceGroups\",\"location\":\"westeurope\","
            + "\"properties\":{\"provisioningState\":\"Succeeded\"}}";

    private WireMocks() {}

    static URI startHttp() {
        WireMockServer server = started(options().dynamicPort());
        return URI.create("http://localhost:" + server.port() + PATH);
    }

    static URI startHttps() {
        WireMockServer server = started(options().dynamicPort().dynamicHttpsPort());
        return URI.create("https://localhost:" + server.httpsPort() + PATH);
    }

    /** Answers without a socket; each call is one request, and its result the status. */
    static IntSupplier startDirect() {
        DirectCallHttpServerFactory factory = new DirectCallHttpServerFactory();
        started(options().httpServerFactory(factory));
        Request request = ImmutableRequest.create()
                .withAbsoluteUrl("http://localhost" + PATH)
                .withMethod(RequestMethod.GET)
                .build();
        return () -> factory.getHttpServer().stubRequest(request).getStatus();
    }

    /** Its journal keeps every request for ever unless it is off. */
    private static WireMockConfiguration options() {
        return WireMockConfiguration.options().disableRequestJournal();
    }

    private static WireMockServer started(WireMockConfiguration options) {
        WireMockServer server = new WireMockServer(options);
        server.start();
        server.stubFor(get(urlEqualTo(PATH)).willReturn(okJson(BODY)));
        return server;
    }

    /** WireMock's certificate is its own and the same for everybody, so there is nothing in it to be checked. */
    static SSLContext trustingAnybody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

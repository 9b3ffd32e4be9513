package io.xtcmk.testing.served;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What clients need to find the proxy and to trust it, as files and environment variables. */
public final class ClientFiles {
    private static final String PEM = "ca.pem";
    private static final String TRUST_STORE = "ca.p12";
    /** It protects nothing: the store holds one certificate, which is public. */
    private static final String TRUST_STORE_PASSWORD = "changeit";

    private ClientFiles() {}

    /** TLS that trusts one authority. */
    public static SSLContext trusting(X509Certificate authority) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trustStore(authority));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the Java runtime cannot do TLS", e);
        }
    }

    private static KeyStore trustStore(X509Certificate authority) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("fake-azure", authority);
        return store;
    }

    /** Proxy and trust, under the names by which the usual clients look for them. */
    public static Map<String, String> environment(Path folder, URI proxy) {
        Path at = folder.toAbsolutePath().normalize();
        String pem = at.resolve(PEM).toString();
        Map<String, String> names = new LinkedHashMap<>();
        names.put("HTTPS_PROXY", proxy.toString());
        names.put("HTTP_PROXY", proxy.toString());
        // curl reads this one in small letters only
        names.put("http_proxy", proxy.toString());
        names.put("NO_PROXY", "localhost,127.0.0.1");
        names.put("REQUESTS_CA_BUNDLE", pem);
        names.put("SSL_CERT_FILE", pem);
        names.put("NODE_EXTRA_CA_CERTS", pem);
        names.put("CURL_CA_BUNDLE", pem);
        names.put("XTCMK_JAVA_OPTS", javaOptions(at.resolve(TRUST_STORE), proxy));
        return names;
    }

    private static String javaOptions(Path trustStore, URI proxy) {
        return "-Djavax.net.ssl.trustStore=" + trustStore + " -Djavax.net.ssl.trustStoreType=PKCS12"
                + " -Djavax.net.ssl.trustStorePassword=" + TRUST_STORE_PASSWORD
                + " -Dhttps.proxyHost=" + proxy.getHost() + " -Dhttps.proxyPort=" + proxy.getPort()
                + " -Dhttp.proxyHost=" + proxy.getHost() + " -Dhttp.proxyPort=" + proxy.getPort()
                // Java's own default, which azure-core does not know.
                + " -Dhttp.nonProxyHosts=localhost|127.*|[::1]";
    }

    /** Writes the files. */
    public static void write(Path folder, X509Certificate authority, String pem, Map<String, String> environment)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(PEM), pem);
        try (OutputStream out = Files.newOutputStream(folder.resolve(TRUST_STORE))) {
            trustStore(authority).store(out, TRUST_STORE_PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java runtime cannot write a PKCS #12 store", e);
        }
        StringBuilder script = new StringBuilder("# Source this file: . env.sh\n");
        environment.forEach((name, value) -> script.append("export ")
                .append(name)
                .append('=')
                .append(quoted(value))
                .append('\n'));
        Files.writeString(folder.resolve("env.sh"), script);
    }

    /** As a POSIX shell reads it back, whatever is in it. */
    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}

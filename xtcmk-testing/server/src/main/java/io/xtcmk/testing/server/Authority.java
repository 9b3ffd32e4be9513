package io.xtcmk.testing.server;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.tls.HeldCertificate;

/**
 * A certificate authority that lives as long as its server, and the one certificate that it ever signs. The authority's
 * key is in this JVM's memory only: whoever trusts it trusts nobody else.
 */
final class Authority {
    /** The longest that Apple's and Google's clients take from a leaf. */
    private static final long LEAF_DAYS = 397;

    private final HeldCertificate root;
    private final SslContext serverContext;

    /**
     * A new authority.
     *
     * @param names host names, wildcards and IP addresses that the leaf is good for
     */
    Authority(Collection<String> names) {
        root = new HeldCertificate.Builder()
                .commonName("xtcmk fake Azure, made at start")
                .certificateAuthority(0)
                .duration(LEAF_DAYS, TimeUnit.DAYS)
                .build();
        HeldCertificate.Builder leaf = new HeldCertificate.Builder()
                .commonName("fake Azure")
                .signedBy(root)
                .duration(LEAF_DAYS, TimeUnit.DAYS);
        names.forEach(leaf::addSubjectAlternativeName);
        serverContext = context(leaf.build());
    }

    private SslContext context(HeldCertificate leaf) {
        try {
            return SslContextBuilder.forServer(leaf.keyPair().getPrivate(), leaf.certificate(), root.certificate())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("the Java runtime cannot serve TLS", e);
        }
    }

    /** What the server shows its clients. */
    SslContext serverContext() {
        return serverContext;
    }

    /** The authority's certificate, which clients are to trust. */
    X509Certificate certificate() {
        return root.certificate();
    }

    /** The same as a PEM file has it. */
    String certificatePem() {
        return root.certificatePem();
    }
}

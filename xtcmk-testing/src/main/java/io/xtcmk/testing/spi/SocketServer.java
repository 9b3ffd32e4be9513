package io.xtcmk.testing.spi;

import java.security.cert.X509Certificate;

/** A forward proxy on loopback, behind which is a fake Azure and nothing else. */
public interface SocketServer extends AutoCloseable {

    /**
     * The port on which it listens.
     *
     * @return the port
     */
    int port();

    /**
     * The certificate authority that clients have to trust.
     *
     * @return its certificate
     */
    X509Certificate certificate();

    /**
     * The same certificate in the form of a PEM file.
     *
     * @return the text
     */
    String certificatePem();

    /** Ends all connections, and returns when nothing of the server runs any more. */
    @Override
    void close();
}

/** A fake Azure for tests of cross-tenant customer-managed keys. */
module io.xtcmk.testing {
    requires transitive io.xtcmk;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires okhttp3.tls;
    // Whoever uses the extension or the assertions has these.
    requires static transitive org.assertj.core;
    requires static transitive org.junit.jupiter.api;
    // For the standalone program only.
    requires static info.picocli;

    exports io.xtcmk.testing;

    opens io.xtcmk.testing to
            info.picocli,
            org.junit.platform.commons;
}

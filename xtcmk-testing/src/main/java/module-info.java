/** A fake Azure for tests of cross-tenant customer-managed keys. */
module io.xtcmk.testing {
    requires transitive io.xtcmk;
    // Not transitive: a module that uses neither the extension nor the assertions need not have them.
    requires static org.assertj.core;
    requires static org.junit.jupiter.api;

    exports io.xtcmk.testing;
    exports io.xtcmk.testing.spi;

    uses io.xtcmk.testing.spi.SocketServerProvider;

    opens io.xtcmk.testing to
            org.junit.platform.commons;
}

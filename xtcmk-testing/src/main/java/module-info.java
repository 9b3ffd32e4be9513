/** A fake Azure for tests of cross-tenant customer-managed keys. */
module io.xtcmk.testing {
    requires transitive io.xtcmk;

    exports io.xtcmk.testing;
}

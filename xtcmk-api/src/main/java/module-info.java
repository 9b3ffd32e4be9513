/**
 * Cross-tenant customer-managed keys for Azure: what consumers compile against.
 *
 * @uses io.xtcmk.spi.CrossTenantCmkProvider the implementation, in xtcmk-core
 */
// Reactor names its module in its manifest only. The name is fixed by it, so it is safe to depend on.
// xtcmk-core is an automatic module, and not there when this one is compiled.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic", "module"})
module io.xtcmk {
    requires transitive com.azure.core;
    requires transitive com.azure.core.management;
    requires transitive com.azure.json;
    requires transitive reactor.core;
    requires static com.fasterxml.jackson.annotation;
    requires static transitive org.jspecify;

    exports io.xtcmk;
    exports io.xtcmk.exception;
    exports io.xtcmk.model;
    exports io.xtcmk.spi;
    // Not qualified: xtcmk-core uses it, and is on the class path wherever there are modules.
    exports io.xtcmk.internal;

    // To Jackson, whichever a user has: records hold no secrets.
    opens io.xtcmk.model;

    uses io.xtcmk.spi.CrossTenantCmkProvider;
}

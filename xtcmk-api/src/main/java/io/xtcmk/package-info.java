/**
 * Cross-tenant customer-managed keys for Azure. Begin at {@link io.xtcmk.CrossTenantCmk}.
 */
@org.jspecify.annotations.NullMarked
package io.xtcmk;

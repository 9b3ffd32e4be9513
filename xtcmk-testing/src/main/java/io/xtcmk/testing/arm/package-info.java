/** Azure Resource Manager: subscriptions, resource groups, identities, vaults, roles. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.testing.arm;

/** The only state: tenants, directory objects, subscriptions, resources, keys. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.testing.world;

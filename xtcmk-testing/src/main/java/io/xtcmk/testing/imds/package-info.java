/** The endpoints at which a workload gets its managed identity's token. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.testing.imds;

/** Entra's token service: who is who, and the exchange of federated credentials. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.testing.entra;

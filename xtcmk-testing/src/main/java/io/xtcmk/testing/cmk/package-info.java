/** How Azure's services reach a customer's key: the chain from a resource to a key in another tenant. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.testing.cmk;

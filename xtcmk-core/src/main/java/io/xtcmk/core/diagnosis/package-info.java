/** The chain from a resource to the customer's key, walked link by link and only read. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.core.diagnosis;

/** Storage accounts, and blobs encrypted under the customer's key. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.testing.storage;

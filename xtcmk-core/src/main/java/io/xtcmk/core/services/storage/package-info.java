/** Storage accounts: client, service, blueprint and error codes. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.core.services.storage;

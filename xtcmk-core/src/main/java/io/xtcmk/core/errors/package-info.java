/** What Azure's error codes mean here, as one table. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.core.errors;

/** What Azure's error codes mean here, as one table, and the exceptions made of it. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.core.errors;

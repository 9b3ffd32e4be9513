/** What the exported packages share; not exported. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.internal;

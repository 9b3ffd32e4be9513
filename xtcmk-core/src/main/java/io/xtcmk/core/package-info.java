/** The fluent definitions of io.xtcmk, implemented. Exports nothing; found by ServiceLoader. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.core;

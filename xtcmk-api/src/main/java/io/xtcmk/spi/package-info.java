/** How the implementation is found. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.spi;

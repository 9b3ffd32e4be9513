/** What can go wrong, typed. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.exception;

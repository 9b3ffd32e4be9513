/** What the packages of xtcmk share. Not part of the API: it can change with any version. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.internal;

/** Values - ids of their own types, and the secret-free results of the phases. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.model;

/** The steps of the three phases, one class each. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.core.steps;

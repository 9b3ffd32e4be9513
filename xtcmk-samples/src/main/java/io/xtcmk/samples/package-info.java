/** Programs that read like the documentation: the three phases, and a walk that proves the result. */
@NullMarked
package io.xtcmk.samples;

import org.jspecify.annotations.NullMarked;

/** How soon and how fast the fake answers, beside WireMock. */
@NullMarked
package io.xtcmk.testing.benchmarks;

import org.jspecify.annotations.NullMarked;

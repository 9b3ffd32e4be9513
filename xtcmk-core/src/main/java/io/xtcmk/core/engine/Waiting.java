package io.xtcmk.core.engine;

import java.time.Instant;

/**
 * What a step waits for, and how long at the most.
 *
 * @param what as in "the role assignment to be honoured"
 * @param deadline when it cannot be a matter of time any more
 */
public record Waiting(String what, Instant deadline) {}

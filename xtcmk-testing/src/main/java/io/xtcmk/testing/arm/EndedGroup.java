package io.xtcmk.testing.arm;

import java.time.Instant;

/**
 * A resource group that was deleted. For some seconds, parts of Resource Manager still know it.
 *
 * @param at when it ended
 */
record EndedGroup(Instant at) {}

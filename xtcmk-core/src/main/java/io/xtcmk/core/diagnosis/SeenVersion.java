package io.xtcmk.core.diagnosis;

import io.xtcmk.model.KeyIdentifier;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a key, as its owner saw it.
 *
 * @param id the version
 * @param expires when it ends, or null
 */
record SeenVersion(KeyIdentifier id, @Nullable Instant expires) {}

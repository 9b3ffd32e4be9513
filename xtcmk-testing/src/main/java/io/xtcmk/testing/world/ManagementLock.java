package io.xtcmk.testing.world;

import java.util.Map;

/**
 * A management lock: holds off changes of a scope and all below, whoever asks.
 *
 * @param id its resource id
 * @param scope what it locks, with all below
 * @param level how much it holds off
 * @param body the JSON body as a GET shows it
 */
public record ManagementLock(String id, String scope, Level level, Map<String, Object> body) {

    /** How much a lock holds off; named as Azure names them. */
    public enum Level {
        /** Nothing. */
        NotSpecified,
        /** Deletions. */
        CanNotDelete,
        /** Everything but reading. */
        ReadOnly
    }
}

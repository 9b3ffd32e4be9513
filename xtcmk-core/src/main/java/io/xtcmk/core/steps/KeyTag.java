package io.xtcmk.core.steps;

import io.xtcmk.model.KeyIdentifier;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tag for a key.
 *
 * @param name its name
 * @param value its value
 */
public record KeyTag(String name, String value) {

    /**
     * A version of a key, and its tags.
     *
     * @param version the version
     * @param tags all of them
     */
    record Tagged(KeyIdentifier version, Map<String, String> tags) {}

    boolean isIn(Map<String, String> tags) {
        return value.equals(tags.get(name));
    }

    /** Other tags, and this one. */
    Map<String, String> with(Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>(others);
        all.put(name, value);
        return all;
    }
}

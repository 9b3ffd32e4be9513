package io.xtcmk.testing.world;

import io.xtcmk.testing.http.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A resource as Azure Resource Manager keeps it: its id and its JSON body, id, name and type included.
 *
 * @param id the resource id, in the letter case of its making
 * @param body the whole JSON body as a GET shows it (a service may still compute parts at reading)
 * @param createdAt when it was made
 */
public record Resource(String id, Map<String, Object> body, Instant createdAt) {

    public String name() {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    /** The value at a path of dots such as {@code properties.encryption.keySource}, if it is there and not null. */
    public Optional<Object> at(String path) {
        return Json.at(body, path);
    }

    /** The text at a path of dots. */
    public Optional<String> text(String path) {
        return Json.text(body, path);
    }

    public Resource withBody(Map<String, Object> changed) {
        return new Resource(id, changed, createdAt);
    }
}

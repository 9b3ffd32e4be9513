package io.xtcmk.testing.golden;

import io.xtcmk.testing.http.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object in a specification file. References in it are relative to that file.
 *
 * @param files all files
 * @param file where it is
 * @param json the object
 */
record Node(SpecFiles files, Path file, Map<String, Object> json) {

    /** What this refers to, or itself. */
    Node followed() {
        return json.get("$ref") instanceof String reference
                ? files.at(file, reference).followed()
                : this;
    }

    Node of(Object other) {
        return new Node(files, file, Json.cast(other));
    }

    Node child(String name) {
        return of(json.getOrDefault(name, Map.of()));
    }

    boolean has(String name) {
        return json.get(name) instanceof Map<?, ?>;
    }

    /** The objects of an array. */
    List<Node> children(String name) {
        return Json.list(json, name).stream().map(this::of).toList();
    }

    /** The values of an object by their names. */
    Map<String, Node> entries(String name) {
        Map<String, Node> entries = new LinkedHashMap<>();
        Json.map(json, name).forEach((key, value) -> entries.put(key, of(value)));
        return entries;
    }

    String text(String name) {
        return String.valueOf(json.getOrDefault(name, ""));
    }
}

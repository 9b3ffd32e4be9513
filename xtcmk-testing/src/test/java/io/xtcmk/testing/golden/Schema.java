package io.xtcmk.testing.golden;

import io.xtcmk.testing.http.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of a resource as it is shown could have been sent to make it so. */
final class Schema {
    private Schema() {}

    /** The value without what the schema does not declare or declares as only read. */
    static Object writable(Node schema, Object value) {
        Node followed = schema.followed();
        if (value instanceof Map<?, ?>) {
            return object(followed, Json.cast(value));
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(item -> writable(followed.child("items"), item))
                    .toList();
        }
        return value;
    }

    /** The paths of the properties that cannot be left out, of the object and of its {@code properties}. */
    static Set<String> required(Node schema) {
        Node followed = schema.followed();
        Set<String> names = new LinkedHashSet<>(requiredOf(followed));
        Node properties = properties(followed).get("properties");
        if (properties != null) {
            requiredOf(properties.followed()).forEach(n -> names.add("properties." + n));
        }
        return names;
    }

    private static Set<String> requiredOf(Node schema) {
        Set<String> names = new LinkedHashSet<>();
        schema.children("allOf").forEach(base -> names.addAll(requiredOf(base.followed())));
        Json.list(schema.json(), "required").forEach(n -> names.add(String.valueOf(n)));
        return names;
    }

    private static Map<String, Object> object(Node schema, Map<String, Object> value) {
        Map<String, Node> declared = properties(schema);
        if (declared.isEmpty() && !schema.has("additionalProperties")) {
            return value;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        value.forEach((name, child) -> {
            Node property = declared.getOrDefault(name, schema.child("additionalProperties"));
            boolean isDeclared = declared.containsKey(name) || schema.has("additionalProperties");
            if (isDeclared && !isReadOnly(property)) {
                result.put(name, child == null ? null : writable(property, child));
            }
        });
        return result;
    }

    private static Map<String, Node> properties(Node schema) {
        Map<String, Node> all = new LinkedHashMap<>();
        schema.children("allOf").forEach(base -> all.putAll(properties(base.followed())));
        all.putAll(schema.entries("properties"));
        return all;
    }

    private static boolean isReadOnly(Node property) {
        return Boolean.TRUE.equals(property.json().get("readOnly"))
                || Boolean.TRUE.equals(property.followed().json().get("readOnly"));
    }
}

package io.xtcmk.testing.http;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain maps, lists, strings, numbers and booleans. Trees are treated as immutable: {@link #with} and
 * {@link #merge} copy what they change.
 */
public final class Json {
    private Json() {}

    /** An object from alternating names and values; pairs whose value is {@link #ABSENT} are left out. */
    public static Map<String, Object> object(@Nullable Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != ABSENT) {
                map.put(String.valueOf(namesAndValues[i]), nullable(namesAndValues[i + 1]));
            }
        }
        return map;
    }

    /** Stands for "leave this property out" in {@link #object}. */
    public static final Object ABSENT = new Object();

    /** The value, or {@link #ABSENT} for null. */
    public static Object orAbsent(@Nullable Object value) {
        return value == null ? ABSENT : value;
    }

    /** Parses a document. */
    public static Object parse(byte[] text) throws IOException {
        try (JsonReader reader = JsonProviders.createReader(text)) {
            return reader.readUntyped();
        }
    }

    /** The document as UTF-8. */
    public static byte[] write(@Nullable Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonWriter writer = JsonProviders.createWriter(out)) {
            writer.writeUntyped(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The value at a path of dots, if it is there and not null. Names are compared regardless of case, as ARM does. */
    public static Optional<Object> at(Map<String, Object> root, String path) {
        Object here = root;
        for (String name : path.split("\\.", -1)) {
            if (!(here instanceof Map<?, ?> map)) {
                return Optional.empty();
            }
            here = get(map, name);
            if (here == null) {
                return Optional.empty();
            }
        }
        return Optional.of(here);
    }

    /** The text at a path of dots; a value of another kind counts as absent. */
    public static Optional<String> text(Map<String, Object> root, String path) {
        return at(root, path).filter(String.class::isInstance).map(String.class::cast);
    }

    /** The truth value at a path of dots. */
    public static Optional<Boolean> flag(Map<String, Object> root, String path) {
        return at(root, path).filter(Boolean.class::isInstance).map(Boolean.class::cast);
    }

    /** The whole number at a path of dots. */
    public static Optional<Long> number(Map<String, Object> root, String path) {
        return at(root, path).filter(Number.class::isInstance).map(n -> ((Number) n).longValue());
    }

    /** The object at a path of dots; empty where there is none. */
    public static Map<String, Object> map(Map<String, Object> root, String path) {
        return at(root, path).filter(Map.class::isInstance).map(Json::cast).orElse(Map.of());
    }

    /** The array at a path of dots; empty where there is none. */
    @SuppressWarnings("unchecked")
    public static List<Object> list(Map<String, Object> root, String path) {
        return at(root, path)
                .filter(List.class::isInstance)
                .map(l -> (List<Object>) l)
                .orElse(List.of());
    }

    /** A copy with the value at a path of dots replaced; objects on the way are made as needed. */
    public static Map<String, Object> with(Map<String, Object> root, String path, @Nullable Object value) {
        int dot = path.indexOf('.');
        Map<String, Object> copy = new LinkedHashMap<>(root);
        String name = actualName(root, dot < 0 ? path : path.substring(0, dot));
        if (dot < 0) {
            copy.put(name, nullable(value));
        } else {
            Object child = root.get(name);
            Map<String, Object> inner = child instanceof Map ? cast(child) : Map.of();
            copy.put(name, with(inner, path.substring(dot + 1), value));
        }
        return copy;
    }

    /** A copy without the property at a path of dots. */
    public static Map<String, Object> without(Map<String, Object> root, String path) {
        int dot = path.indexOf('.');
        Map<String, Object> copy = new LinkedHashMap<>(root);
        String name = actualName(root, dot < 0 ? path : path.substring(0, dot));
        if (dot < 0) {
            copy.remove(name);
        } else if (root.get(name) instanceof Map<?, ?> child) {
            copy.put(name, without(cast(child), path.substring(dot + 1)));
        }
        return copy;
    }

    /** RFC 7396: objects are merged, null removes, everything else replaces. Names are matched regardless of case. */
    public static Map<String, Object> merge(Map<String, Object> base, Map<String, Object> patch) {
        Map<String, Object> result = new LinkedHashMap<>(base);
        patch.forEach((name, value) -> {
            String actual = actualName(base, name);
            if (value == null) {
                result.remove(actual);
            } else if (value instanceof Map && result.get(actual) instanceof Map) {
                result.put(actual, merge(cast(result.get(actual)), cast(value)));
            } else if (value instanceof Map) {
                result.put(actual, merge(Map.of(), cast(value)));
            } else {
                result.put(actual, value);
            }
        });
        return result;
    }

    /** The same tree as objects; for values known to be objects. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }

    /** JSON's null is kept in maps that are otherwise of values; whoever reads goes through {@link #at}. */
    @SuppressWarnings("NullAway")
    private static Object nullable(@Nullable Object value) {
        return value;
    }

    /** A list that may hold nulls. */
    public static List<Object> array(Object... values) {
        return new ArrayList<>(java.util.Arrays.asList(values));
    }

    private static @Nullable Object get(Map<?, ?> map, String name) {
        Object exact = map.get(name);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (name.equalsIgnoreCase(String.valueOf(entry.getKey()))) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static String actualName(Map<String, Object> map, String name) {
        if (map.containsKey(name)) {
            return name;
        }
        return map.keySet().stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
    }
}

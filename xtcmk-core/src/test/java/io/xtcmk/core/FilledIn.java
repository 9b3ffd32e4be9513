package io.xtcmk.core;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Resources with every property filled in that their type has, and what the types say that they have. */
final class FilledIn {
    /** Azure's published types, where they lie beside the project. */
    static final Path TYPES = Path.of("..", "..", "shared", "fidelity", "arm-types");

    private static final int READ_ONLY = 2;

    private FilledIn() {}

    /** A request's body from a resource of this package. */
    static Map<String, Object> body(String name) {
        try (InputStream in = Objects.requireNonNull(FilledIn.class.getResourceAsStream(name + ".json"))) {
            return new LinkedHashMap<>(object(parse(in.readAllBytes())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The paths below which a body has something; of lists the first item counts. */
    static Set<String> paths(Map<String, Object> body) {
        Set<String> paths = new TreeSet<>();
        addPaths(paths, "", body);
        return paths;
    }

    private static void addPaths(Set<String> paths, String prefix, @Nullable Object value) {
        Object item = value instanceof List<?> list && !list.isEmpty() ? list.get(0) : value;
        if (item instanceof Map<?, ?> map) {
            map.forEach((name, below) -> {
                paths.add(prefix + name);
                addPaths(paths, prefix + name + ".", below);
            });
        }
    }

    /** The paths that may be written in the newest published type. */
    static Set<String> writable(String type) {
        Map<String, Object> published = newest(type);
        Set<String> paths = new TreeSet<>();
        addWritable(paths, "", object(published.get("types")), String.valueOf(published.get("body")));
        return paths;
    }

    private static Map<String, Object> newest(String type) {
        try (Stream<Path> files = Files.list(TYPES)) {
            List<Path> versions =
                    new ArrayList<>(files.filter(f -> f.getFileName().toString().startsWith(type + "@"))
                            .sorted()
                            .toList());
            return object(parse(Files.readAllBytes(versions.get(versions.size() - 1))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addWritable(Set<String> paths, String prefix, Map<String, Object> types, String ref) {
        Map<String, Object> type = object(types.get(ref));
        if (type.get("itemType") != null) {
            addWritable(paths, prefix, types, ref(type.get("itemType")));
            return;
        }
        object(type.getOrDefault("properties", Map.of())).forEach((name, property) -> {
            if ((((Number) object(property).get("flags")).intValue() & READ_ONLY) == 0) {
                paths.add(prefix + name);
                addWritable(
                        paths, prefix + name + ".", types, ref(object(property).get("type")));
            }
        });
    }

    private static String ref(@Nullable Object type) {
        return String.valueOf(object(type).get("$ref"));
    }

    static @Nullable Object parse(byte[] text) throws IOException {
        try (JsonReader reader = JsonProviders.createReader(text)) {
            return reader.readUntyped();
        }
    }

    static byte[] text(@Nullable Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonWriter writer = JsonProviders.createWriter(out)) {
            writer.writeUntyped(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}

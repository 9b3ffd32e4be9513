package io.xtcmk.model;

import com.azure.json.JsonReader;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.internal.Texts;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a stored record: those that must be there, those that may. Unknown ones are passed over. */
final class Fields {
    private final String path;
    private final Map<?, ?> values;

    private Fields(String path, Map<?, ?> values) {
        this.path = path;
        this.values = values;
    }

    interface Reading<T> {
        T from(Fields fields) throws IOException;
    }

    static <T> T read(JsonReader reader, Reading<T> reading) throws IOException {
        if (!(untyped(reader) instanceof Map<?, ?> map)) {
            throw new IOException("the record is not a JSON object");
        }
        return of("", map, reading);
    }

    private static @Nullable Object untyped(JsonReader reader) throws IOException {
        try {
            return StoredJson.read(reader);
        } catch (IOException e) {
            // azure-json's own repeat what they could not read, as it is; a stream's are told with their cause.
            boolean quotes = e.getClass().getName().startsWith("com.azure.json.");
            throw new IOException("the record cannot be read: " + Checks.shown(e.getMessage()), quotes ? null : e);
        } catch (IllegalStateException e) {
            // azure-json says so of a reader that is not at a value.
            throw new IOException("the record cannot be read: " + Checks.shown(e.getMessage()), e);
        }
    }

    private static <T> T of(String path, Map<?, ?> map, Reading<T> reading) throws IOException {
        try {
            return reading.from(new Fields(path, map));
        } catch (InvalidInputException e) {
            throw new IOException(
                    "the record" + (path.isEmpty() ? "" : "'s \"" + path + "\"") + " is broken: " + e.getMessage(), e);
        }
    }

    <T> T object(String name, Reading<T> reading) throws IOException {
        Object value = values.get(name);
        if (value == null) {
            throw missing(name);
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new IOException("the record's \"" + path(name) + "\" is not an object");
        }
        return of(path(name), map, reading);
    }

    /** Absent and null are the same. */
    <T> @Nullable T objectOrNull(String name, Reading<T> reading) throws IOException {
        return values.get(name) == null ? null : object(name, reading);
    }

    /** A list of objects. */
    <T> List<T> list(String name, Reading<T> reading) throws IOException {
        if (!(values.get(name) instanceof List<?> list)) {
            throw values.get(name) == null
                    ? missing(name)
                    : new IOException("the record's \"" + path(name) + "\" is not a list");
        }
        List<T> read = new ArrayList<>();
        for (Object element : list) {
            String place = path(name) + "[" + read.size() + "]";
            if (!(element instanceof Map<?, ?> map)) {
                throw new IOException("the record's \"" + place + "\" is not an object");
            }
            read.add(of(place, map, reading));
        }
        return read;
    }

    /** A list of objects that may be absent: a mapper may be set up to leave out what is empty. */
    <T> List<T> listOrEmpty(String name, Reading<T> reading) throws IOException {
        return values.get(name) == null ? List.of() : list(name, reading);
    }

    /** A constant of an enumeration, by its name. */
    <E extends Enum<E>> E constant(String name, Class<E> type) throws IOException {
        return value(name, text -> {
            try {
                return Enum.valueOf(type, text);
            } catch (IllegalArgumentException e) {
                throw new InvalidInputException(
                        name, "\"" + Checks.shown(text) + "\" is none of its values", "use a version that knows it");
            }
        });
    }

    int number(String name) throws IOException {
        Object value = values.get(name);
        if (value == null) {
            throw missing(name);
        }
        if (!(value instanceof Number number)) {
            throw new IOException("the record's \"" + path(name) + "\" is not a number");
        }
        return number.intValue();
    }

    String text(String name) throws IOException {
        return value(name, text -> text);
    }

    @Nullable
    String textOrNull(String name) throws IOException {
        return valueOrNull(name, text -> text);
    }

    <T> T value(String name, Function<String, T> parser) throws IOException {
        T value = valueOrNull(name, parser);
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    /** Absent and null are the same; anything else must be a text that the parser takes. */
    <T> @Nullable T valueOrNull(String name, Function<String, T> parser) throws IOException {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw new IOException("the record's \"" + path(name) + "\" is not a text");
        }
        try {
            return parser.apply(text);
        } catch (InvalidInputException | DateTimeException e) {
            throw new IOException("the record's \"" + path(name) + "\" is broken: " + Texts.oneLine(e.getMessage()), e);
        }
    }

    private IOException missing(String name) {
        return new IOException("the record has no \"" + path(name) + "\"");
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Names and texts for a record with optional fields; nulls are not written. */
    static Map<String, String> optional(@Nullable Object... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                fields.put(String.valueOf(namesAndValues[i]), String.valueOf(namesAndValues[i + 1]));
            }
        }
        return fields;
    }
}

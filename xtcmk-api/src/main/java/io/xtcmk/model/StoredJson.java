package io.xtcmk.model;

import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that comes from where somebody else may have written. azure-json takes a field that is there twice, and the
 * last one counts; whoever checks the record with another parser may have seen the first. RFC 8259, section 4, leaves open
 * what such an object means, so it is refused.
 */
final class StoredJson {
    /** Ours have five levels; what is passed over in them may have more. */
    private static final int DEEPEST = 100;

    private StoredJson() {}

    /** The value at which a reader is: null, a text, a number, a boolean, a list or a map. */
    static @Nullable Object read(JsonReader reader) throws IOException {
        if (reader.currentToken() == null) {
            reader.nextToken();
        }
        return value(reader, 0);
    }

    private static @Nullable Object value(JsonReader reader, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("it is nested deeper than " + DEEPEST + " levels");
        }
        JsonToken token = reader.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object(reader, depth);
        } else if (token == JsonToken.START_ARRAY) {
            return array(reader, depth);
        }
        return reader.readUntyped();
    }

    private static Map<String, @Nullable Object> object(JsonReader reader, int depth) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        while (next(reader) != JsonToken.END_OBJECT) {
            String name = reader.getFieldName();
            if (!names.add(name)) {
                throw new IOException("the field \"" + Checks.shown(name) + "\" is there twice");
            }
            next(reader);
            object.put(name, value(reader, depth + 1));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonReader reader, int depth) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        while (next(reader) != JsonToken.END_ARRAY) {
            array.add(value(reader, depth + 1));
        }
        return array;
    }

    private static JsonToken next(JsonReader reader) throws IOException {
        JsonToken token = reader.nextToken();
        if (token == null || token == JsonToken.END_DOCUMENT) {
            throw new IOException("it is cut off");
        }
        return token;
    }
}

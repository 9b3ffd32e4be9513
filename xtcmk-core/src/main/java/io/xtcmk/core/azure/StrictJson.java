package io.xtcmk.core.azure;

import com.azure.json.JsonOptions;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object by the letter of RFC 8259, with bounds. Microsoft's deserializers take less exact JSON, do not agree on
 * which of two equal names counts, and go down to any depth.
 */
final class StrictJson {
    /** Azure's answers have some ten levels. */
    private static final int DEEPEST = 64;

    private static final JsonOptions LETTER =
            new JsonOptions().setNonNumericNumbersSupported(false).setJsoncSupported(false);

    private StrictJson() {}

    /**
     * Reads an object and all that is in it.
     *
     * @throws IOException if the body is not one object and nothing else
     */
    static Map<String, Object> object(byte[] body) throws IOException {
        try (JsonReader reader = JsonProviders.createReader(body, LETTER)) {
            if (reader.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            Map<String, Object> object = object(reader, 1);
            if (reader.nextToken() != JsonToken.END_DOCUMENT) {
                throw new IOException("something behind the object");
            }
            return object;
        } catch (RuntimeException e) {
            throw new IOException(e);
        }
    }

    private static @Nullable Object value(JsonReader reader, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("deeper than " + DEEPEST);
        }
        return switch (reader.currentToken()) {
            case START_OBJECT -> object(reader, depth);
            case START_ARRAY -> list(reader, depth);
            case STRING -> reader.getString();
            case BOOLEAN -> reader.getBoolean();
            case NUMBER -> number(reader.getText());
            case NULL -> null;
            case END_OBJECT, END_ARRAY, FIELD_NAME, END_DOCUMENT -> throw new IOException("no value");
        };
    }

    private static Map<String, Object> object(JsonReader reader, int depth) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (reader.nextToken() != JsonToken.END_OBJECT) {
            String name = reader.getFieldName();
            reader.nextToken();
            if (object.containsKey(name)) {
                throw new IOException("a name twice");
            }
            object.put(name, value(reader, depth + 1));
        }
        return object;
    }

    private static List<Object> list(JsonReader reader, int depth) throws IOException {
        List<Object> list = new ArrayList<>();
        while (reader.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(reader, depth + 1));
        }
        return list;
    }

    /** Not as exact as it is written: that could take as much memory as a number of nine digits says. */
    private static Double number(String text) throws IOException {
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw new IOException("a number without measure");
        }
        return number;
    }
}

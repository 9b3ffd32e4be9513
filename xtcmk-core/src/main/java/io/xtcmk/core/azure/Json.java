package io.xtcmk.core.azure;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonWriter;
import com.azure.json.ReadValueCallback;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads JSON, typed or not, and writes it. */
final class Json {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private Json() {}

    static <T> T read(byte[] body, ReadValueCallback<JsonReader, T> type) {
        try (JsonReader reader = JsonProviders.createReader(body)) {
            return type.read(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] write(Map<String, Object> object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter writer = JsonProviders.createWriter(bytes)) {
            writer.writeUntyped(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Whether a body is an object, whole. */
    static boolean isObject(byte[] body) {
        try (JsonReader reader = JsonProviders.createReader(body)) {
            return reader.readMap(JsonReader::readUntyped) != null;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** The object; empty if it is none. */
    static Map<String, Object> object(byte[] body) {
        try (JsonReader reader = JsonProviders.createReader(body)) {
            Map<String, Object> object = body.length == 0 ? null : reader.readMap(JsonReader::readUntyped);
            return object == null ? Map.of() : object;
        } catch (IOException | RuntimeException e) {
            return Map.of();
        }
    }

    @SuppressWarnings("unchecked")
    static Optional<Map<String, Object>> object(Map<String, Object> parent, String name) {
        return value(parent, name) instanceof Map<?, ?> map ? Optional.of((Map<String, Object>) map) : Optional.empty();
    }

    static Optional<String> text(Map<String, Object> parent, String name) {
        return value(parent, name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    /** A whole number, or a text that is one: older token endpoints send texts. */
    static OptionalLong number(Map<String, Object> parent, String name) {
        Object value = value(parent, name);
        if (value instanceof Number number) {
            return OptionalLong.of(number.longValue());
        }
        return value instanceof String text && DIGITS.matcher(text).matches()
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    private static @Nullable Object value(Map<String, Object> parent, String name) {
        return parent.get(name);
    }
}

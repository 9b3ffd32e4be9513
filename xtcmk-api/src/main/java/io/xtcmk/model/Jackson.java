package io.xtcmk.model;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import com.azure.json.ReadValueCallback;
import io.xtcmk.exception.InvalidInputException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records as Jackson sees them: just as their own JSON, which it writes and reads as a map. Spring's controllers, caches and
 * queues use Jackson 2 or 3, and both heed the same annotations, which azure-core brings.
 */
final class Jackson {
    private Jackson() {}

    static Map<String, Object> write(JsonSerializable<?> value) {
        try (JsonReader reader = JsonProviders.createReader(value.toJsonString())) {
            Map<String, Object> map = new LinkedHashMap<>();
            if (reader.readUntyped() instanceof Map<?, ?> read) {
                read.forEach((name, field) -> map.put(String.valueOf(name), field));
            }
            return map;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a record.
     *
     * @throws InvalidInputException if the map is not such a record; the message names the field
     */
    static <T> T read(Received map, ReadValueCallback<JsonReader, T> record) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = JsonProviders.createWriter(text)) {
            writer.writeUntyped(map).flush();
            try (JsonReader reader = JsonProviders.createReader(text.toString())) {
                return record.read(reader);
            }
        } catch (IOException e) {
            throw new InvalidInputException("json", String.valueOf(e.getMessage()), "pass what was written");
        }
    }

    /**
     * The fields of a record as Jackson puts them in, one after the other. A map of Jackson's own choice would keep the last
     * one of two of the same name, where {@link StoredJson} refuses both. Within a nested record only Jackson can tell:
     * {@code StreamReadFeature.STRICT_DUPLICATE_DETECTION} makes it.
     */
    static final class Received extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1L;

        Received() {}

        @Override
        public Object put(String name, Object value) {
            if (containsKey(name)) {
                throw new InvalidInputException(
                        "json", "has the field \"" + Checks.shown(name) + "\" twice", "pass what was written");
            }
            return super.put(name, value);
        }
    }
}

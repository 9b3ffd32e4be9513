package io.xtcmk.testing.golden;

import io.xtcmk.testing.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An answer beside an example's. It has to have each of the example's properties, of the same JSON type and, of texts,
 * the same shape; and the same value where the example has it from the request or from the world as arranged, or where
 * it is one word of a few.
 */
final class Comparison {
    /** Names of properties whose values are not for the service to choose. */
    private static final Set<String> WORDS = Set.of(
            "type",
            "kind",
            "kty",
            "e",
            "provisioningState",
            "state",
            "status",
            "keyType",
            "keySource",
            "tier",
            "statusOfPrimary",
            "statusOfSecondary",
            "recoveryLevel",
            "permissions",
            "available",
            "nameAvailable",
            "reason",
            "message",
            "version");

    private final List<Difference> differences = new ArrayList<>();

    /**
     * The differences.
     *
     * @param expected the example's answer
     * @param actual the answer
     * @param known what request and world say, in the same shape
     */
    static List<Difference> of(Object expected, @Nullable Object actual, @Nullable Object known) {
        Comparison comparison = new Comparison();
        comparison.compare("", expected, actual, known);
        return comparison.differences;
    }

    private void differ(String path, String what) {
        differences.add(new Difference(path, what));
    }

    private void compare(String path, @Nullable Object expected, @Nullable Object actual, @Nullable Object known) {
        if (expected == null) {
            return;
        }
        if (!kind(expected).equals(kind(actual))) {
            differ(path, actual == null ? "is missing" : "is " + kind(actual) + " instead of " + kind(expected));
        } else if (expected instanceof Map<?, ?>) {
            object(path, Json.cast(expected), Json.cast(actual), known);
        } else if (expected instanceof List<?> list) {
            array(path, list, (List<?>) actual, known instanceof List<?> k ? k : List.of());
        } else {
            leaf(path, String.valueOf(expected), String.valueOf(actual), known);
        }
    }

    private static String kind(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            return "an object";
        } else if (value instanceof List<?>) {
            return "an array";
        } else if (value instanceof Number) {
            return "a number";
        }
        return value instanceof Boolean ? "a boolean" : value == null ? "null" : "a text";
    }

    private void object(String path, Map<String, Object> expected, Map<String, Object> actual, @Nullable Object known) {
        Map<String, Object> hints = known instanceof Map<?, ?> ? Json.cast(known) : Map.of();
        expected.forEach((name, value) -> compare(
                path.isEmpty() ? name : path + "." + name,
                value,
                property(actual, name),
                Json.at(hints, name).orElse(null)));
    }

    /** Names are as the service spells them; of ids, which are names in some objects, the case does not matter. */
    @Nullable
    private static Object property(Map<String, Object> object, String name) {
        if (!name.contains("/")) {
            return object.get(name);
        }
        return object.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private void array(String path, List<?> expected, List<?> actual, List<?> known) {
        for (int i = 0; i < expected.size(); i++) {
            Object item = expected.get(i);
            Object hint = i < known.size() ? known.get(i) : null;
            int at = i;
            Optional<Object> counterpart =
                    named(item, actual).or(() -> Optional.ofNullable(at < actual.size() ? actual.get(at) : null));
            if (counterpart.isEmpty()) {
                differ(path + "[]", "there is no item " + i);
            } else {
                compare(path + "[]", item, counterpart.get(), hint);
            }
        }
    }

    /** The item of the same id or name. */
    private static Optional<Object> named(Object item, List<?> candidates) {
        return identity(item)
                .flatMap(id -> candidates.stream()
                        .filter(c -> identity(c).filter(id::equalsIgnoreCase).isPresent())
                        .map(c -> (Object) c)
                        .findFirst());
    }

    private static Optional<String> identity(Object item) {
        return item instanceof Map<?, ?>
                ? Stream.of("id", "kid", "keyName", "name")
                        .flatMap(n -> Json.text(Json.cast(item), n).stream())
                        .findFirst()
                : Optional.empty();
    }

    private void leaf(String path, String expected, String actual, @Nullable Object known) {
        String name = path.substring(path.lastIndexOf('.') + 1).replace("[]", "");
        boolean isKnown = known != null && plain(String.valueOf(known)).equals(plain(expected));
        boolean isWord = WORDS.contains(name);
        boolean same = expected.contains("/") ? expected.equalsIgnoreCase(actual) : expected.equals(actual);
        if ((isKnown || isWord) && !same) {
            differ(path, "is \"" + actual + "\" instead of \"" + expected + "\"");
        } else if (!Shape.of(expected).includes(actual)) {
            differ(path, "\"" + actual + "\" does not look like \"" + expected + "\"");
        }
    }

    /** Places are asked for by one spelling and shown by another. */
    private static String plain(String text) {
        return text.replace(" ", "").toLowerCase(Locale.ROOT);
    }
}

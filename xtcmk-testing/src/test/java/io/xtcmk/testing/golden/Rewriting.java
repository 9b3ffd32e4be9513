package io.xtcmk.testing.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes the texts of a tree: values, and names of properties, which are ids in some objects. */
final class Rewriting {
    private Rewriting() {}

    /** How a text that is a property's value becomes another; names of properties come with an empty name. */
    interface Rule {
        String apply(String property, String text);
    }

    static Map<String, Object> of(Map<String, Object> tree, Rule rule) {
        Map<String, Object> result = new LinkedHashMap<>();
        tree.forEach((name, value) -> result.put(rule.apply("", name), value(name, value, rule)));
        return result;
    }

    /** The tree with a text in another's place, wherever that stands. */
    static Map<String, Object> replace(Map<String, Object> tree, String text, String by) {
        return of(tree, (property, t) -> t.replace(text, by));
    }

    /** All texts of a tree, one after the other. */
    static List<String> texts(Map<String, Object> tree) {
        List<String> texts = new ArrayList<>();
        of(tree, (property, text) -> {
            texts.add(text);
            return text;
        });
        return texts;
    }

    /** The texts that are values of properties of these names. */
    static List<String> values(Map<String, Object> tree, String... names) {
        List<String> values = new ArrayList<>();
        of(tree, (property, text) -> {
            if (List.of(names).contains(property)) {
                values.add(text);
            }
            return text;
        });
        return values;
    }

    @SuppressWarnings("NullAway") // JSON's null
    private static Object value(String name, @Nullable Object value, Rule rule) {
        if (value instanceof Map<?, ?>) {
            return of(io.xtcmk.testing.http.Json.cast(value), rule);
        }
        if (value instanceof List<?> list) {
            UnaryOperator<Object> item = i -> value(name, i, rule);
            return new ArrayList<>(list.stream().map(item).toList());
        }
        return value instanceof String text ? rule.apply(name, text) : value;
    }
}

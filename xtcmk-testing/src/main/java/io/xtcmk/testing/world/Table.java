package io.xtcmk.testing.world;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Rows of one kind, in the order of their making, by a key whose case does not matter (as Azure's names and ids).
 * Rows are immutable values: a change puts a new row in the old one's place.
 *
 * @param <V> the kind of row
 */
public final class Table<V> {
    private final Map<String, V> rows = new LinkedHashMap<>();

    Table() {}

    Table(Table<V> other) {
        rows.putAll(other.rows);
    }

    public Optional<V> find(String key) {
        return Optional.ofNullable(rows.get(fold(key)));
    }

    public void put(String key, V row) {
        rows.put(fold(key), row);
    }

    public Optional<V> remove(String key) {
        return Optional.ofNullable(rows.remove(fold(key)));
    }

    /** All rows, as they are now; the list does not follow later changes. */
    public List<V> all() {
        return List.copyOf(rows.values());
    }

    public List<V> where(Predicate<V> wanted) {
        return rows.values().stream().filter(wanted).toList();
    }

    public Optional<V> first(Predicate<V> wanted) {
        return rows.values().stream().filter(wanted).findFirst();
    }

    private static String fold(String key) {
        return key.toLowerCase(Locale.ROOT);
    }
}

package io.xtcmk.testing.http;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A part of a list. It begins behind an item that is known by its key, not by its position: whoever deletes the items of
 * each page before asking for the next misses none.
 *
 * @param items the items, in the order of their keys where there is more than one page
 * @param last the key of the last item, if more follow
 */
public record Page(List<Map<String, Object>> items, Optional<String> last) {
    /**
     * The page of a list that begins behind a key.
     *
     * @param all the list
     * @param key an item's key
     * @param after the key behind which the page begins; empty for the first page
     * @param size how many items it has at most
     */
    public static Page of(
            List<? extends Map<String, Object>> all,
            Function<Map<String, Object>, String> key,
            Optional<String> after,
            int size) {
        if (after.isEmpty() && all.size() <= size) {
            return new Page(List.copyOf(all), Optional.empty());
        }
        Stream<Map<String, Object>> sorted = all.stream().map(item -> item);
        List<Map<String, Object>> rest = sorted.sorted(Comparator.comparing(key))
                .filter(item -> after.isEmpty() || key.apply(item).compareTo(after.get()) > 0)
                .toList();
        List<Map<String, Object>> items = rest.subList(0, Math.min(size, rest.size()));
        return new Page(items, rest.size() > size ? Optional.of(key.apply(items.get(size - 1))) : Optional.empty());
    }
}

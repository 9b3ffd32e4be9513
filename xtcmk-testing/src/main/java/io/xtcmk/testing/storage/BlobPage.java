package io.xtcmk.testing.storage;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * A page of a list of containers or blobs, in the order of their names. It begins behind a name, so that whoever deletes
 * what is on each page misses nothing.
 *
 * @param items what is on it
 * @param next the marker of the next page; empty on the last
 */
record BlobPage<T>(List<T> items, String next) {
    private static final int LARGEST = 5000;
    private static final String BEHIND = "behind:";

    /** The page that {@code marker} and {@code maxresults} ask for. */
    static <T> BlobPage<T> of(Exchange exchange, List<T> all, Function<T, String> name) {
        int size = exchange.world().settings().pageSize(Math.min(asked(exchange), LARGEST));
        String after = exchange.query("marker")
                .filter(m -> !m.isEmpty())
                .map(BlobPage::decoded)
                .orElse("");
        List<T> rest = all.stream()
                .filter(item -> name.apply(item).compareTo(after) > 0)
                .sorted(Comparator.comparing(name))
                .toList();
        List<T> items = rest.subList(0, Math.min(size, rest.size()));
        return new BlobPage<>(items, rest.size() > size ? encoded(name.apply(items.get(size - 1))) : "");
    }

    private static int asked(Exchange exchange) {
        String text = exchange.query("maxresults").filter(t -> !t.isEmpty()).orElse(Integer.toString(LARGEST));
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw outOfRange("maxresults");
    }

    private static String encoded(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((BEHIND + name).getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String marker) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
            if (text.startsWith(BEHIND)) {
                return text.substring(BEHIND.length());
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw outOfRange("marker");
    }

    private static AzureError outOfRange(String name) {
        return AzureError.of(
                400,
                "OutOfRangeQueryParameterValue",
                "One of the query parameters specified in the request URI is outside the permissible range: " + name
                        + ".");
    }
}

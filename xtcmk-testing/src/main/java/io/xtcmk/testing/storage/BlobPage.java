package io.xtcmk.testing.storage;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import java.util.List;

/**
 * A page of a list of containers or blobs.
 *
 * @param items what is on it
 * @param next the marker of the next page; empty on the last
 */
record BlobPage<T>(List<T> items, String next) {
    private static final int LARGEST = 5000;

    /** The page that {@code marker} and {@code maxresults} ask for. */
    static <T> BlobPage<T> of(Exchange exchange, List<T> all) {
        int asked = number(exchange, "maxresults", LARGEST);
        int size = exchange.world().settings().pageSize(Math.min(asked, LARGEST));
        int from = Math.min(number(exchange, "marker", 0), all.size());
        int to = Math.min(from + size, all.size());
        return new BlobPage<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : "");
    }

    private static int number(Exchange exchange, String name, int otherwise) {
        String text = exchange.query(name).filter(t -> !t.isEmpty()).orElse(Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(text);
            if (number > 0 || otherwise == 0) {
                return Math.max(0, number);
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw AzureError.of(
                400,
                "OutOfRangeQueryParameterValue",
                "One of the query parameters specified in the request URI is outside the permissible range: " + name
                        + ".");
    }
}

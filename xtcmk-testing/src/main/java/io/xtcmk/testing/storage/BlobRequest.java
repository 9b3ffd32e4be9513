package io.xtcmk.testing.storage;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.UnsupportedRouteError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a request to Blob Storage says beside its path. Query and headers make another operation of it, or ask for more;
 * whatever of that the fake does not play it refuses by name, since to do something else instead could destroy data.
 */
final class BlobRequest {
    private static final Set<String> LISTED = Set.of("prefix", "marker", "maxresults", "include", "delimiter");

    /** Parts of lists that are shown, or of which there are none here. */
    private static final Set<String> INCLUDED =
            Set.of("", "metadata", "deleted", "snapshots", "versions", "copy", "uncommittedblobs", "system");

    private static final List<String> HEADERS = List.of(
            "x-ms-access-tier",
            "x-ms-blob-public-access",
            "x-ms-content-crc64",
            "x-ms-default-encryption-scope",
            "x-ms-encryption-key",
            "x-ms-encryption-scope",
            "x-ms-if-tags",
            "x-ms-immutability-policy-until-date",
            "x-ms-legal-hold",
            "x-ms-range-get-content-crc64",
            "x-ms-range-get-content-md5",
            "x-ms-structured-body",
            "x-ms-tags");

    private BlobRequest() {}

    /** Refuses what the fake does not play, and a lease that nobody has. */
    static void check(Exchange exchange) {
        boolean ofContainer = exchange.maybeParameter("container").isPresent();
        boolean ofBlob = exchange.maybeParameter("blob").isPresent();
        String restype = exchange.query("restype").orElse("").toLowerCase(Locale.ROOT);
        String comp = exchange.query("comp").orElse("").toLowerCase(Locale.ROOT);
        boolean isList = comp.equals("list") && exchange.method().equals("GET") && !ofBlob;
        if (!restype.equals(ofContainer && !ofBlob ? "container" : "")) {
            throw notPlayed("restype=" + restype, exchange);
        }
        if (!isList && (!comp.isEmpty() || !ofContainer)) {
            throw notPlayed("comp=" + comp, exchange);
        }
        for (String name : exchange.queryNames()) {
            String folded = name.toLowerCase(Locale.ROOT);
            boolean isKnown =
                    Set.of("restype", "comp", "timeout").contains(folded) || (isList && LISTED.contains(folded));
            if (!isKnown) {
                throw notPlayed("the query's " + name, exchange);
            }
        }
        for (String part : exchange.query("include").orElse("").split(",", -1)) {
            if (!INCLUDED.contains(part.strip().toLowerCase(Locale.ROOT))) {
                throw notPlayed("include=" + part, exchange);
            }
        }
        checkHeaders(exchange, ofBlob);
    }

    private static void checkHeaders(Exchange exchange, boolean ofBlob) {
        Optional<String> header =
                HEADERS.stream().filter(h -> exchange.header(h).isPresent()).findFirst();
        if (header.isPresent()) {
            throw notPlayed("the header " + header.get(), exchange);
        }
        if (exchange.header("x-ms-delete-snapshots")
                .filter("only"::equalsIgnoreCase)
                .isPresent()) {
            throw notPlayed("x-ms-delete-snapshots: only", exchange);
        }
        if (exchange.header("x-ms-lease-id").isPresent()) {
            throw ofBlob
                    ? AzureError.of(412, "LeaseNotPresentWithBlobOperation", "There is currently no lease on the blob.")
                    : AzureError.of(
                            412,
                            "LeaseNotPresentWithContainerOperation",
                            "There is currently no lease on the container.");
        }
    }

    private static UnsupportedRouteError notPlayed(String what, Exchange exchange) {
        return new UnsupportedRouteError("of Blob Storage the fake does not play " + what + " with " + exchange.method()
                + " " + exchange.path());
    }
}

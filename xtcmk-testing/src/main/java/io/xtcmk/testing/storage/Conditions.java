package io.xtcmk.testing.storage;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * Conditions of a request for a blob: Microsoft's page "Specifying conditional headers for Blob service operations". A
 * reader whose copy is still good is told so by 304, a writer whose is not any more by 412.
 */
final class Conditions {
    private Conditions() {}

    /** Refuses to read a blob that does not meet the request's conditions. */
    static void checkRead(Exchange exchange, StoredBlob blob) {
        checkMatch(exchange, Optional.of(blob));
        if (isUnchanged(exchange, blob)) {
            throw AzureError.of(
                    304, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
        }
    }

    /** Refuses to write over, or delete, what does not meet the request's conditions. */
    static void checkWrite(Exchange exchange, Optional<StoredBlob> before) {
        checkMatch(exchange, before);
        if (before.isPresent() && isUnchanged(exchange, before.get())) {
            throw exchange.header("If-None-Match").orElse("").equals("*")
                    ? AzureError.of(409, "BlobAlreadyExists", "The specified blob already exists.")
                    : notMet();
        }
    }

    private static void checkMatch(Exchange exchange, Optional<StoredBlob> blob) {
        Optional<String> match = exchange.header("If-Match");
        if (match.isPresent() && blob.filter(b -> names(match.get(), b)).isEmpty()) {
            throw notMet();
        }
        Optional<Instant> since = time(exchange, "If-Unmodified-Since");
        if (since.isPresent()
                && blob.filter(b -> seconds(b.modifiedAt()).isAfter(since.get()))
                        .isPresent()) {
            throw notMet();
        }
    }

    private static boolean isUnchanged(Exchange exchange, StoredBlob blob) {
        return exchange.header("If-None-Match").filter(m -> names(m, blob)).isPresent()
                || time(exchange, "If-Modified-Since")
                        .filter(t -> !seconds(blob.modifiedAt()).isAfter(t))
                        .isPresent();
    }

    /** Lists show tags without their quotes, and a tag that was taken from one is as good. */
    private static boolean names(String etags, StoredBlob blob) {
        String bare = BlobHeaders.unquoted(blob.etag());
        return etags.equals("*")
                || Arrays.stream(etags.split(",", -1))
                        .map(String::trim)
                        .map(BlobHeaders::unquoted)
                        .anyMatch(bare::equals);
    }

    /** HTTP knows whole seconds only. */
    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Optional<Instant> time(Exchange exchange, String header) {
        try {
            return exchange.header(header)
                    .map(DateTimeFormatter.RFC_1123_DATE_TIME::parse)
                    .map(Instant::from);
        } catch (DateTimeParseException e) {
            throw AzureError.of(
                    400,
                    "InvalidHeaderValue",
                    "The value for one of the HTTP headers is not in the correct format: " + header + ".");
        }
    }

    private static AzureError notMet() {
        return AzureError.of(
                412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
    }
}

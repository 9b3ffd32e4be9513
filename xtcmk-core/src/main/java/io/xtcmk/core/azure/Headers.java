package io.xtcmk.core.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Azure's services say in headers. */
final class Headers {
    private static final HttpHeaderName ARM_REQUEST_ID = HttpHeaderName.fromString("x-ms-request-id");
    private static final HttpHeaderName GRAPH_REQUEST_ID = HttpHeaderName.fromString("request-id");
    /** More than this is no wait but nonsense, and would overflow. */
    private static final long MOST_SECONDS = Duration.ofDays(365).toSeconds();

    private Headers() {}

    static @Nullable String requestId(HttpHeaders headers) {
        String arm = headers.getValue(ARM_REQUEST_ID);
        return arm != null ? arm : headers.getValue(GRAPH_REQUEST_ID);
    }

    /** How long the service asks to wait, by seconds or by a date; null where it does not say. */
    static @Nullable Duration retryAfter(HttpHeaders headers, Instant now) {
        String text = headers.getValue(HttpHeaderName.RETRY_AFTER);
        if (text == null || text.isBlank()) {
            return null;
        }
        String value = text.strip();
        return value.chars().allMatch(c -> c >= '0' && c <= '9') ? seconds(value) : until(value, now);
    }

    static void set(HttpHeaders headers, String name, List<String> values) {
        headers.set(HttpHeaderName.fromString(name), values);
    }

    private static @Nullable Duration seconds(String text) {
        try {
            return Duration.ofSeconds(Math.min(Long.parseLong(text), MOST_SECONDS));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Duration until(String date, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
        } catch (DateTimeException e) {
            return null;
        }
    }
}

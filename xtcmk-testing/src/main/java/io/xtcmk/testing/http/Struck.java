package io.xtcmk.testing.http;

import io.xtcmk.testing.Fault.Effect;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** What clients see of a fault. */
final class Struck {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Struck() {}

    static UncheckedIOException refused() {
        return new UncheckedIOException(new ConnectException("Connection refused"));
    }

    static UncheckedIOException reset() {
        return new UncheckedIOException(new SocketException("Connection reset"));
    }

    static UncheckedIOException timedOut() {
        return new UncheckedIOException(new SocketTimeoutException("Read timed out"));
    }

    static AzureError failed(Effect.Fail fail) {
        return AzureError.of(fail.status(), fail.code(), "The service has failed, as the test has asked for.");
    }

    static AzureError throttled(Service service, Effect.Throttle throttle, Instant now) {
        AzureError error = service.throttled();
        throttle.retryAfter()
                .map(d -> throttle.asDate() ? HTTP_DATE.format(now.plus(d)) : Long.toString(d.toSeconds()))
                .ifPresent(text -> error.header("Retry-After", text));
        return error;
    }

    /** Half of the body, under a header that promises all of it. */
    static Answer truncated(Answer answer) {
        byte[] body = answer.body();
        return new Answer(answer.status(), answer.headers(), Arrays.copyOf(body, body.length / 2))
                .header("Content-Length", Integer.toString(body.length));
    }

    static Answer garbled(Answer answer) {
        return new Answer(
                answer.status(), answer.headers(), "{\"value\": [{\"id\"".getBytes(StandardCharsets.US_ASCII));
    }

    static Answer page(int status) {
        String html = "<html><head><title>" + status + "</title></head><body><h1>" + status
                + "</h1><p>The proxy cannot reach the server.</p></body></html>";
        return Answer.of(status, "text/html", html.getBytes(StandardCharsets.UTF_8));
    }
}

package io.xtcmk.testing.http;

import io.xtcmk.testing.Fault.Effect;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What clients see of a fault. */
final class FaultEffects {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private FaultEffects() {}

    /** How long the request waits, before whatever else happens to it. */
    static Duration delay(Effect effect) {
        if (effect instanceof Effect.Delay delay) {
            return delay.by();
        }
        return effect instanceof Effect.TimeOut timeOut ? timeOut.after() : Duration.ZERO;
    }

    /**
     * What the client sees of a request that never gets to the service; empty if it gets there.
     *
     * @throws UncheckedIOException if the connection breaks
     */
    static Optional<Answer> instead(Effect effect, Service service, Exchange exchange) {
        if (effect instanceof Effect.Fail fail) {
            return Optional.of(Responder.refusal(service, failed(fail), exchange));
        } else if (effect instanceof Effect.Throttle throttle) {
            return Optional.of(Responder.refusal(service, throttled(service, throttle, exchange.now()), exchange));
        } else if (effect instanceof Effect.Page page) {
            return Optional.of(page(page.status()));
        } else if (effect instanceof Effect.Reset) {
            throw reset();
        } else if (effect instanceof Effect.Refuse) {
            throw new UncheckedIOException(new ConnectException("Connection refused"));
        } else if (effect instanceof Effect.TimeOut) {
            throw new UncheckedIOException(new SocketTimeoutException("Read timed out"));
        }
        return Optional.empty();
    }

    /**
     * What becomes of the service's answer on its way to the client.
     *
     * @throws UncheckedIOException if the connection breaks
     */
    static Answer onTheWayBack(Effect effect, Answer answer) {
        if (effect instanceof Effect.DropReply) {
            throw reset();
        } else if (effect instanceof Effect.Truncate) {
            return truncated(answer);
        }
        return effect instanceof Effect.Garble ? garbled(answer) : answer;
    }

    private static UncheckedIOException reset() {
        return new UncheckedIOException(new SocketException("Connection reset"));
    }

    private static AzureError failed(Effect.Fail fail) {
        return AzureError.of(fail.status(), fail.code(), "The service has failed, as the test has asked for.");
    }

    private static AzureError throttled(Service service, Effect.Throttle throttle, Instant now) {
        AzureError error = service.throttled();
        throttle.retryAfter()
                .map(d -> throttle.asDate() ? HTTP_DATE.format(now.plus(d)) : Long.toString(d.toSeconds()))
                .ifPresent(text -> error.header("Retry-After", text));
        return error;
    }

    /** Half of the body, under a header that promises all of it. */
    private static Answer truncated(Answer answer) {
        byte[] body = answer.body();
        return new Answer(answer.status(), answer.headers(), Arrays.copyOf(body, body.length / 2))
                .header("Content-Length", Integer.toString(body.length));
    }

    private static Answer garbled(Answer answer) {
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.remove("Content-Length");
        return new Answer(answer.status(), headers, "{\"value\": [{\"id\"".getBytes(StandardCharsets.US_ASCII));
    }

    private static Answer page(int status) {
        String html = "<html><head><title>" + status + "</title></head><body><h1>" + status
                + "</h1><p>The proxy cannot reach the server.</p></body></html>";
        return Answer.of(status, "text/html", html.getBytes(StandardCharsets.UTF_8));
    }
}

package io.xtcmk.testing;

import io.xtcmk.testing.http.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that the fake answered, as its journal keeps it. Secrets, tokens and assertions are masked before anything
 * is kept; bodies that are not JSON, and those of blobs, are not kept at all.
 *
 * @param service the service that answered, such as {@code Microsoft Graph}
 * @param route method and path template, as in the table of what is supported
 * @param method GET, PUT, ...
 * @param url the whole URL, secret parameters masked
 * @param status the answer's HTTP status, or {@link #NO_ANSWER}
 * @param tenantId the caller's tenant, by its token; null where there was none
 * @param requestBody the JSON body, masked; null where there was none
 * @param responseHeaders the answer's headers, masked
 * @param responseBody the answer's JSON body, masked; null where there was none
 * @param at when the request arrived, by the fake's clock
 * @param answeredAt when the answer left
 */
public record RecordedCall(
        String service,
        String route,
        String method,
        URI url,
        int status,
        @Nullable UUID tenantId,
        @Nullable Object requestBody,
        Map<String, String> responseHeaders,
        @Nullable Object responseBody,
        Instant at,
        Instant answeredAt) {

    /** The status of a call that got no answer, because a {@link Fault} broke the connection. */
    public static final int NO_ANSWER = 0;

    /**
     * The exchange as one line of JSON: method, url, requestBody, status, responseHeaders, responseBody.
     *
     * @return the line, without a line break
     */
    public String toJson() {
        return new String(
                Json.write(Json.object(
                        "method", method,
                        "url", url.toString(),
                        "requestBody", requestBody,
                        "status", status,
                        "responseHeaders", responseHeaders,
                        "responseBody", responseBody)),
                StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String code = responseBody instanceof Map<?, ?> body && status >= 400
                ? Json.text(Json.cast(body), "error.code")
                        .or(() -> Json.text(Json.cast(body), "error"))
                        .map(c -> " " + c)
                        .orElse("")
                : "";
        return String.format(
                Locale.ROOT, "%s  %-6s %s%s -> %d%s", at, method, url.getHost(), url.getRawPath(), status, code);
    }
}

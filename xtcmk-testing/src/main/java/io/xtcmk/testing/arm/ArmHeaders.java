package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What every answer of Resource Manager carries: ids for support, and how much of the caller's allowance is left. */
final class ArmHeaders {
    private static final DateTimeFormatter ROUTING_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ArmHeaders() {}

    static Answer added(Answer answer, Exchange exchange, Map<String, String> remaining) {
        String requestId = exchange.requestId().toString();
        String correlationId = exchange.header("x-ms-correlation-request-id").orElse(requestId);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "no-cache");
        headers.put("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        headers.put("x-ms-request-id", requestId);
        headers.put("x-ms-correlation-request-id", correlationId);
        headers.put(
                "x-ms-routing-request-id", "WESTEUROPE:" + ROUTING_TIME.format(exchange.now()) + ":" + correlationId);
        headers.putAll(remaining);
        exchange.header("x-ms-client-request-id").ifPresent(id -> headers.put("x-ms-client-request-id", id));
        // what the provider itself has set stays
        headers.putAll(answer.headers());
        if (!headers.containsKey(AzureError.FAILURE_CAUSE)) {
            headers.putAll(ofProvider(exchange.path(), answer));
        }
        return new Answer(answer.status(), headers, answer.body());
    }

    /** What providers have of their own: Key Vault tells its version, and Storage no character set. */
    private static Map<String, String> ofProvider(String path, Answer answer) {
        String type = Arm.typeIn(path);
        if (type.regionMatches(true, 0, "Microsoft.KeyVault/", 0, 19)) {
            return Map.of("x-ms-keyvault-service-version", "2.2.45.0");
        }
        boolean isJson = answer.headers().getOrDefault("Content-Type", "").startsWith("application/json");
        return isJson && type.regionMatches(true, 0, "Microsoft.Storage/", 0, 18)
                ? Map.of("Content-Type", "application/json")
                : Map.of();
    }
}

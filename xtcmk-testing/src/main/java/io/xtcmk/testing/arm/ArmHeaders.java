package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.world.Table;
import java.time.Duration;
import java.time.Instant;
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

    static Answer added(Answer answer, Exchange exchange) {
        String requestId = exchange.requestId().toString();
        String correlationId = exchange.header("x-ms-correlation-request-id").orElse(requestId);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "no-cache");
        headers.put("x-ms-request-id", requestId);
        headers.put("x-ms-correlation-request-id", correlationId);
        headers.put(
                "x-ms-routing-request-id", "WESTEUROPE:" + ROUTING_TIME.format(exchange.now()) + ":" + correlationId);
        exchange.maybeCaller().ifPresent(caller -> {
            Allowance kind = Allowance.of(exchange.method());
            String who = caller.objectId() + " " + Arm.subscriptionIn(exchange).orElse("tenant");
            headers.put(kind.header, Long.toString(spend(exchange, kind, who)));
        });
        exchange.header("x-ms-client-request-id").ifPresent(id -> headers.put("x-ms-client-request-id", id));
        // what the provider itself has set stays
        headers.putAll(answer.headers());
        return new Answer(answer.status(), headers, answer.body());
    }

    private static long spend(Exchange exchange, Allowance kind, String who) {
        Table<Bucket> buckets = exchange.world().table(Bucket.class);
        String key = kind + " " + who;
        Bucket before = buckets.find(key).orElse(new Bucket(kind.size, exchange.now()));
        long refilled = kind.refillPerSecond
                * Duration.between(before.at(), exchange.now()).toSeconds();
        long left = Math.max(0, Math.min(kind.size, before.left() + refilled) - 1);
        buckets.put(key, new Bucket(left, exchange.now()));
        return left;
    }

    /** Token buckets for each subscription and principal, as the page "Understand how ARM throttles requests" has them. */
    private enum Allowance {
        READS(250, 25),
        WRITES(200, 10),
        DELETES(200, 10);

        private final long size;
        private final long refillPerSecond;
        private final String header;

        Allowance(long size, long refillPerSecond) {
            this.size = size;
            this.refillPerSecond = refillPerSecond;
            this.header = "x-ms-ratelimit-remaining-subscription-" + name().toLowerCase(Locale.ROOT);
        }

        static Allowance of(String method) {
            return switch (method) {
                case "GET", "HEAD" -> READS;
                case "DELETE" -> DELETES;
                default -> WRITES;
            };
        }
    }

    /** What is left of an allowance, and since when it refills. */
    private record Bucket(long left, Instant at) {}
}

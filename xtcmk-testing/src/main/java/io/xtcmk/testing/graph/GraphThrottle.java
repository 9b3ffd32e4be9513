package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Throttle;
import io.xtcmk.testing.http.Throttle.Charge;
import io.xtcmk.testing.http.Throttle.Exhausted;
import io.xtcmk.testing.http.Throttle.Limit;
import io.xtcmk.testing.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How much of the directory's work an application, and a tenant, may ask for: "Identity and access service limits" of
 * Microsoft's page "Microsoft Graph service-specific throttling limits", for a tenant of less than fifty users.
 */
final class GraphThrottle {
    private static final Limit UNITS = new Limit("Tenant_Application/ReadWrite", 3500, Duration.ofSeconds(10));
    private static final Limit WRITES = new Limit("Tenant_Application/Write", 3000, Duration.ofSeconds(150));
    private static final Limit APPLICATION_UNITS = new Limit("Application/ReadWrite", 150_000, Duration.ofSeconds(20));
    private static final Limit APPLICATION_WRITES = new Limit("Application/Write", 70_000, Duration.ofMinutes(5));
    private static final Limit TENANT_WRITES = new Limit("Tenant/Write", 18_000, Duration.ofMinutes(5));
    /** From here on answers tell how close to its limit the application is. */
    private static final double WORTH_TELLING = 0.8;

    private final Throttle throttle;

    GraphThrottle(World world) {
        this.throttle = new Throttle(world);
    }

    /** Counts a request, or refuses it. */
    void check(Exchange exchange) {
        throttle.take(charges(exchange)).ifPresent(exhausted -> {
            throw refusal(exchange, exhausted);
        });
    }

    private static List<Charge> charges(Exchange exchange) {
        String application = exchange.caller().appId().toString();
        String tenant = exchange.caller().tenantId().toString();
        String both = application + "/" + tenant;
        List<Charge> charges = new ArrayList<>();
        charges.add(new Charge(UNITS, both, units(exchange)));
        charges.add(new Charge(APPLICATION_UNITS, application, units(exchange)));
        if (!exchange.method().equals("GET") && !exchange.path().endsWith("/getByIds")) {
            charges.add(Charge.one(WRITES, both));
            charges.add(Charge.one(APPLICATION_WRITES, application));
            charges.add(Charge.one(TENANT_WRITES, tenant));
        }
        return charges;
    }

    /** What a request costs: reading applications two units; a narrower question less, a wider one more. */
    static long units(Exchange exchange) {
        boolean reads = exchange.method().equals("GET");
        String path = exchange.path().toLowerCase(Locale.ROOT);
        long units = reads && path.matches("/[^/]+/applications([(/][^/]*)?") ? 2 : 1;
        units -= exchange.query("$select").isPresent() ? 1 : 0;
        units += exchange.query("$expand").isPresent() ? 1 : 0;
        units -= exchange.query("$top").filter(t -> t.matches("1?\\d")).isPresent() ? 1 : 0;
        return Math.max(1, units);
    }

    private static AzureError refusal(Exchange exchange, Exhausted exhausted) {
        Limit limit = exhausted.charge().limit();
        String application = exchange.caller().appId().toString();
        return AzureError.of(
                        429,
                        "TooManyRequests",
                        "Too many requests from Identifier:" + application
                                + " under category:aadgraph.app.tenant_small. Please try again later.")
                .header("Retry-After", Long.toString(exhausted.retryAfter()))
                .header(
                        "x-ms-throttle-scope",
                        limit.name() + "/" + application + "/"
                                + exchange.caller().tenantId())
                .header(
                        "x-ms-throttle-information",
                        limit.name().endsWith("/Write") ? "WriteLimitExceeded" : "ResourceUnitLimitExceeded");
    }

    /** What an answer says about throttling. */
    Map<String, String> headers(Exchange exchange) {
        String units = Long.toString(units(exchange));
        return used(exchange)
                .filter(used -> used > WORTH_TELLING)
                .map(used -> Map.of(
                        "x-ms-resource-unit",
                        units,
                        "x-ms-throttle-limit-percentage",
                        String.format(Locale.ROOT, "%.2f", used)))
                .orElse(Map.of("x-ms-resource-unit", units));
    }

    /** How much of its allowance in the tenant the application has used. */
    private Optional<Double> used(Exchange exchange) {
        return exchange.maybeCaller().map(caller -> {
            Charge charge = Charge.one(UNITS, caller.appId() + "/" + caller.tenantId());
            return 1 - (double) throttle.left(charge) / UNITS.size();
        });
    }
}

package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.http.Throttle.Charge;
import io.xtcmk.testing.http.Throttle.Exhausted;
import io.xtcmk.testing.http.Throttle.Limit;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What resource providers allow beside Resource Manager's own limits, where that is documented: storage for each
 * subscription and region (page "Scalability and performance targets for the Azure Storage resource provider"), managed
 * identities for each tenant, subscription and identity (page "Azure subscription and service limits").
 */
final class ProviderLimits {
    private static final String STORAGE = "/providers/microsoft.storage/";
    private static final String IDENTITIES = "/providers/microsoft.managedidentity/";

    private static final Limit STORAGE_READ = storage("Read", 800, Duration.ofMinutes(5));
    private static final Limit STORAGE_LIST = storage("List", 100, Duration.ofMinutes(5));
    private static final List<Limit> STORAGE_WRITE =
            List.of(storage("Write", 10, Duration.ofSeconds(1)), storage("Write", 1200, Duration.ofHours(1)));

    private final World world;

    ProviderLimits(World world) {
        this.world = world;
    }

    private static Limit storage(String kind, long size, Duration window) {
        String time = String.format(
                Locale.ROOT, "%02d:%02d:%02d", window.toHours(), window.toMinutesPart(), window.toSecondsPart());
        return new Limit(kind + "_ObservationWindow_" + time, size, window);
    }

    List<Charge> charges(Exchange exchange, Route route) {
        String template = route.template().toLowerCase(Locale.ROOT);
        if (template.contains(STORAGE)) {
            return storage(exchange, route);
        }
        return template.contains(IDENTITIES) ? identities(exchange, route) : List.of();
    }

    private List<Charge> storage(Exchange exchange, Route route) {
        String who = subscription(exchange) + " " + region(exchange);
        List<Limit> limits = switch (exchange.method()) {
            case "GET" -> List.of(isList(route) ? STORAGE_LIST : STORAGE_READ);
            // to list an account's keys, or to ask for a free name, counts as reading
            case "POST" -> List.of(STORAGE_READ);
            default -> STORAGE_WRITE;
        };
        return limits.stream().map(l -> Charge.one(l, who)).toList();
    }

    private static boolean isList(Route route) {
        return !route.template().endsWith("}");
    }

    /** The region of the account that is asked for or about to be made; a list is of all. */
    private String region(Exchange exchange) {
        return world.resources()
                .find(exchange.path())
                .flatMap((Resource r) -> r.text("location"))
                .or(() -> Json.text(bodyOf(exchange), "location").map(Arm::location))
                .orElse("");
    }

    private static Map<String, Object> bodyOf(Exchange exchange) {
        return exchange.method().equals("PUT") ? exchange.json() : Map.of();
    }

    private static List<Charge> identities(Exchange exchange, Route route) {
        Rates rates = switch (exchange.method()) {
            case "GET" -> isList(route) ? Rates.LIST : Rates.GET;
            case "DELETE" -> Rates.DELETE;
            default -> Rates.CREATE;
        };
        return List.of(
                Charge.one(rates.tenant, exchange.caller().tenantId().toString()),
                Charge.one(rates.subscription, subscription(exchange)),
                Charge.one(rates.resource, exchange.path().toLowerCase(Locale.ROOT)));
    }

    /** Requests for managed identities by the second. */
    @SuppressWarnings("ImmutableEnumChecker") // limits are records of values
    private enum Rates {
        CREATE(10, 2, Duration.ofSeconds(4)),
        GET(30, 10, Duration.ofSeconds(2)),
        DELETE(10, 2, Duration.ofSeconds(4)),
        LIST(15, 5, Duration.ofSeconds(4));

        private final Limit tenant;
        private final Limit subscription;
        private final Limit resource;

        Rates(long inTenant, long inSubscription, Duration betweenOnOne) {
            tenant = new Limit("identity tenant " + name(), inTenant, Duration.ofSeconds(1));
            subscription = new Limit("identity subscription " + name(), inSubscription, Duration.ofSeconds(1));
            resource = new Limit("identity resource " + name(), 1, betweenOnOne);
        }
    }

    private static String subscription(Exchange exchange) {
        return exchange.parameter("subscription").toLowerCase(Locale.ROOT);
    }

    /** The provider's own 429. */
    AzureError refusal(Exhausted exhausted) {
        String limit = exhausted.charge().limit().name();
        return AzureError.of(
                429,
                "TooManyRequests",
                limit.startsWith("identity")
                        ? "Too many requests. Please try again later."
                        : "The request is being throttled as the limit has been reached for operation type - " + limit
                                + ". For more information, see - https://aka.ms/srpthrottlinglimits");
    }
}

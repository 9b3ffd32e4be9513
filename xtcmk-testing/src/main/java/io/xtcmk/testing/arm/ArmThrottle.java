package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Caller;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.http.Throttle;
import io.xtcmk.testing.http.Throttle.Charge;
import io.xtcmk.testing.http.Throttle.Exhausted;
import io.xtcmk.testing.http.Throttle.Limit;
import io.xtcmk.testing.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How often Resource Manager may be called: by a principal in a subscription, by all principals in it together, and in a
 * tenant; then what the resource provider allows. Figures from Microsoft's page "Understand how Azure Resource Manager
 * throttles requests".
 */
final class ArmThrottle {
    /** A subscription allows all principals together fifteen times what it allows each. */
    private static final int TOGETHER = 15;

    private static final String REMAINING = "x-ms-ratelimit-remaining-";

    private final Throttle throttle;
    private final ProviderLimits providers;

    ArmThrottle(World world) {
        this.throttle = new Throttle(world);
        this.providers = new ProviderLimits(world);
    }

    /** Counts a request, or refuses it. */
    void check(Exchange exchange, Route route) {
        throttle.take(charges(exchange)).ifPresent(exhausted -> {
            throw refusal(exchange, exhausted).header("Retry-After", Long.toString(exhausted.retryAfter()));
        });
        throttle.take(providers.charges(exchange, route)).ifPresent(exhausted -> {
            throw providers.refusal(exhausted).header("Retry-After", Long.toString(exhausted.retryAfter()));
        });
    }

    /** The headers that tell a known caller how much is left. */
    Map<String, String> remaining(Exchange exchange) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (exchange.maybeCaller().isPresent()) {
            charges(exchange).forEach(c -> headers.put(c.limit().name(), Long.toString(throttle.left(c))));
        }
        return headers;
    }

    private static List<Charge> charges(Exchange exchange) {
        Verb verb = Verb.of(exchange.method());
        Caller caller = exchange.caller();
        return Arm.subscriptionIn(exchange)
                .map(s -> s.toLowerCase(Locale.ROOT))
                .map(s -> List.of(
                        Charge.one(verb.subscription, s + " " + caller.objectId()),
                        Charge.one(verb.subscriptionGlobal, s)))
                .orElseGet(() -> List.of(Charge.one(verb.tenant, caller.tenantId() + " " + caller.objectId())));
    }

    private static AzureError refusal(Exchange exchange, Exhausted exhausted) {
        Verb verb = Verb.of(exchange.method());
        Caller caller = exchange.caller();
        boolean inTenant = exhausted.charge().limit().equals(verb.tenant);
        boolean isOwn = inTenant || exhausted.charge().limit().equals(verb.subscription);
        String where = inTenant
                ? "tenant '" + caller.tenantId() + "'"
                : "subscription '" + Arm.subscriptionIn(exchange).orElseThrow() + "'";
        return AzureError.ofGateway(
                429,
                inTenant ? "TenantRequestsThrottled" : "SubscriptionRequestsThrottled",
                "Number of '" + verb.word + "' requests for " + where
                        + (isOwn ? " actor '" + caller.objectId() + "'" : "") + " exceeded. Please try again after '"
                        + exhausted.retryAfter() + "' seconds.");
    }

    @SuppressWarnings("ImmutableEnumChecker") // limits are records of values
    private enum Verb {
        READS(250, 25),
        WRITES(200, 10),
        DELETES(200, 10);

        private final String word;
        private final Limit subscription;
        private final Limit subscriptionGlobal;
        private final Limit tenant;

        Verb(long size, long perSecond) {
            String plural = name().toLowerCase(Locale.ROOT);
            word = plural.substring(0, plural.length() - 1);
            subscription = Limit.refilled(REMAINING + "subscription-" + plural, size, perSecond);
            subscriptionGlobal =
                    Limit.refilled(REMAINING + "subscription-global-" + plural, TOGETHER * size, TOGETHER * perSecond);
            tenant = Limit.refilled(REMAINING + "tenant-" + plural, size, perSecond);
        }

        static Verb of(String method) {
            return switch (method) {
                case "GET", "HEAD" -> READS;
                case "DELETE" -> DELETES;
                default -> WRITES;
            };
        }
    }
}

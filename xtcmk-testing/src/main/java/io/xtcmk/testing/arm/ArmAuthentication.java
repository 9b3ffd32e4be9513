package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Caller;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Rbac;
import io.xtcmk.testing.world.Subscription;
import io.xtcmk.testing.world.World;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who calls Resource Manager, and whether that principal may: token, tenant of the subscription, allowance, role, locks. */
final class ArmAuthentication {
    private static final String BEARER = "Bearer ";
    private static final DateTimeFormatter MESSAGE_TIME =
            DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

    private final World world;
    private final Tokens tokens;
    private final Rbac rbac;
    private final ArmThrottle throttle;
    private final LockCheck locks;

    ArmAuthentication(World world, Tokens tokens, ArmThrottle throttle) {
        this.world = world;
        this.tokens = tokens;
        this.rbac = new Rbac(world);
        this.throttle = throttle;
        this.locks = new LockCheck(world);
    }

    void check(Exchange exchange, Route route) {
        Caller caller = caller(exchange);
        exchange.calledBy(caller);
        Optional<String> subscription = Arm.subscriptionIn(exchange);
        subscription.ifPresent(id -> checkSubscription(exchange, caller, id));
        throttle.check(exchange, route);
        if (!route.needs().equals("-")) {
            String action = action(exchange, route);
            demand(exchange, action, Arm.scope(exchange));
            locks.check(exchange, action);
        }
    }

    /** The action; where it depends on the provider, that is the path's. */
    private static String action(Exchange exchange, Route route) {
        return route.needs().startsWith("{provider}")
                ? exchange.parameter("provider") + route.needs().substring("{provider}".length())
                : route.needs();
    }

    /** Refuses a caller that may not do this at this scope. */
    void demand(Exchange exchange, String action, String scope) {
        if (!rbac.allows(exchange.caller().objectId(), action, scope)) {
            throw Arm.authorizationFailed(exchange.caller(), action, scope);
        }
    }

    private Caller caller(Exchange exchange) {
        String header = exchange.header("Authorization")
                .orElseThrow(() -> unauthorized(
                        "AuthenticationFailed",
                        "Authentication failed. The 'Authorization' header is missing.",
                        "The authentication failed because of missing 'Authorization' header."));
        String token = header.startsWith(BEARER) ? header.substring(BEARER.length()) : "";
        Map<String, Object> claims = Tokens.claims(token)
                .orElseThrow(() -> unauthorized(
                        "InvalidAuthenticationToken", "The access token is invalid.", "The access token is invalid."));
        if (!tokens.isGenuine(token)) {
            throw unauthorized("AuthenticationFailed", "Authentication failed.", "Authentication failed.");
        }
        checkTime(claims);
        Caller caller = Tokens.caller(claims);
        checkAudience(caller, exchange.host());
        return caller;
    }

    private void checkTime(Map<String, Object> claims) {
        if (!tokens.isCurrent(claims)) {
            Instant expiry = Instant.ofEpochSecond(Json.number(claims, "exp").orElse(0L));
            throw unauthorized(
                    "ExpiredAuthenticationToken",
                    "The access token expiry UTC time '" + MESSAGE_TIME.format(expiry)
                            + "' is earlier than current UTC time '" + MESSAGE_TIME.format(world.now()) + "'.",
                    "The access token expiry UTC time is earlier than current UTC time.");
        }
    }

    private static void checkAudience(Caller caller, String host) {
        List<String> allowed = audiences(host.toLowerCase(Locale.ROOT));
        if (!allowed.contains(caller.audience())) {
            throw unauthorized(
                    "InvalidAuthenticationTokenAudience",
                    "The access token has been obtained for wrong audience or resource '" + caller.audience()
                            + "'. It should exactly match with one of the allowed audiences '"
                            + String.join(
                                    "','",
                                    allowed.stream()
                                            .flatMap(a -> List.of(a + "/", a).stream())
                                            .toList())
                            + "'.",
                    "The access token has been obtained from wrong audience or resource.");
        }
    }

    private static List<String> audiences(String host) {
        return switch (host) {
            case "management.usgovcloudapi.net" ->
                List.of("https://management.core.usgovcloudapi.net", "https://management.usgovcloudapi.net");
            case "management.chinacloudapi.cn" ->
                List.of("https://management.core.chinacloudapi.cn", "https://management.chinacloudapi.cn");
            default -> List.of("https://management.core.windows.net", "https://management.azure.com");
        };
    }

    private void checkSubscription(Exchange exchange, Caller caller, String id) {
        Subscription subscription = world.subscriptions()
                .find(id)
                .filter(s -> isInCloudOf(exchange, s))
                .orElseThrow(() -> AzureError.ofGateway(
                        404, "SubscriptionNotFound", "The subscription '" + id + "' could not be found."));
        if (!subscription.tenantId().equals(caller.tenantId())) {
            throw wrongTenant(caller, subscription);
        }
    }

    private boolean isInCloudOf(Exchange exchange, Subscription subscription) {
        return world.tenants()
                .find(subscription.tenantId().toString())
                .filter(t -> t.cloud().getResourceManagerEndpoint().contains(exchange.host()))
                .isPresent();
    }

    private static AzureError wrongTenant(Caller caller, Subscription subscription) {
        String authority = "https://login.windows.net/" + subscription.tenantId();
        return AzureError.ofGateway(
                        401,
                        "InvalidAuthenticationTokenTenant",
                        "The access token is from the wrong issuer '" + caller.issuer()
                                + "'. It must match the tenant 'https://sts.windows.net/" + subscription.tenantId()
                                + "/' associated with this subscription. Please use the authority (URL) '" + authority
                                + "' to get the token. Note, if the subscription is transferred to another tenant there"
                                + " is no impact to the services, but information about new tenant could take time to"
                                + " propagate (up to an hour). If you just transferred your subscription and see this"
                                + " error message, please try back later.")
                .header(
                        "WWW-Authenticate",
                        "Bearer authorization_uri=\"" + authority + "\", error=\"invalid_token\", error_description=\""
                                + "The access token is from the wrong issuer. It must match the tenant associated with"
                                + " this subscription. Please use correct authority to get the token.\"");
    }

    private static AzureError unauthorized(String code, String message, String description) {
        return AzureError.ofGateway(401, code, message)
                .header(
                        "WWW-Authenticate",
                        "Bearer authorization_uri=\"https://login.windows.net/\", error=\"invalid_token\","
                                + " error_description=\"" + description + "\"");
    }
}

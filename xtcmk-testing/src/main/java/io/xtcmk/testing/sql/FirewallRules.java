package io.xtcmk.testing.sql;

import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's firewall rules. Nobody connects to databases here, so they keep nobody out; clients make them with a server
 * all the same. Codes from Microsoft's REST page "Firewall Rules".
 */
final class FirewallRules {
    private static final String TYPE = SqlServers.TYPE + "/firewallRules";
    private static final String RULES = SqlServers.SERVER + "/firewallRules";
    private static final String RULE = RULES + "/{rule}";
    private static final int MAX_NAME = 128;
    private static final int MAX_RULES = 256;
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    private final World world;

    FirewallRules(World world) {
        this.world = world;
    }

    List<Route> routes() {
        return List.of(
                Route.of("PUT", RULE, TYPE + "/write", "set a firewall rule", this::put),
                Route.of("GET", RULE, TYPE + "/read", "a firewall rule", this::get),
                Route.of("DELETE", RULE, TYPE + "/delete", "remove a firewall rule", this::delete),
                Route.of("GET", RULES, TYPE + "/read", "a server's firewall rules", this::list));
    }

    private static Resource server(Exchange exchange) {
        return Arm.resource(exchange, SqlServers.TYPE, exchange.parameter("server"));
    }

    private Answer put(Exchange exchange) {
        Resource server = server(exchange);
        String name = exchange.parameter("rule");
        check(
                exchange,
                server,
                name,
                Arm.find(exchange, TYPE, server.name(), name).isEmpty());
        String id = server.id() + "/firewallRules/" + name;
        Map<String, Object> body = Json.object(
                "properties",
                Json.object(
                        "startIpAddress", address(exchange, "startIpAddress"),
                        "endIpAddress", address(exchange, "endIpAddress")),
                "id",
                id,
                "name",
                name,
                "type",
                TYPE);
        world.resources().put(id, new Resource(id, body, exchange.now()));
        return Answer.ok(body);
    }

    private static void check(Exchange exchange, Resource server, String name, boolean isNew) {
        if (server.text("properties.publicNetworkAccess").orElse("").equals("Disabled")) {
            throw SqlErrors.badRequest(
                    "DenyPublicEndpointEnabled",
                    "Unable to create or modify firewall rules when public network interface for the server is disabled.");
        }
        if (name.length() > MAX_NAME) {
            throw SqlErrors.badRequest("FirewallRuleNameTooLong", "The provided firewall rule name is too long");
        }
        if (isNew && Arm.below(exchange, server.id(), TYPE).size() >= MAX_RULES) {
            throw SqlErrors.badRequest("TooManyFirewallRules", "The provided firewall rules are over the limit.");
        }
        if (number(address(exchange, "startIpAddress")) > number(address(exchange, "endIpAddress"))) {
            throw SqlErrors.badRequest("FirewallRuleInvalidRange", "The specified firewall rule range is invalid.");
        }
    }

    private static String address(Exchange exchange, String property) {
        return Json.text(exchange.json(), "properties." + property)
                .orElseThrow(() -> SqlErrors.badRequest(
                        "InvalidServerFirewallRuleResourceParameters",
                        "The server firewall rule resource parameter is invalid: " + property + " is missing."));
    }

    private static long number(String address) {
        Matcher parts = IPV4.matcher(address);
        long number = 0;
        for (int part = 1; part <= 4; part++) {
            int octet = parts.matches() ? Integer.parseInt(parts.group(part)) : Integer.MAX_VALUE;
            if (octet > 255) {
                throw SqlErrors.badRequest(
                        "FirewallRuleNotIPv4Address",
                        "The provided firewall rule address '" + address + "' is not IPv4");
            }
            number = number * 256 + octet;
        }
        return number;
    }

    private Answer get(Exchange exchange) {
        String name = exchange.parameter("rule");
        return Answer.ok(Arm.find(exchange, TYPE, server(exchange).name(), name)
                .orElseThrow(() -> SqlErrors.notFound(TYPE, name))
                .body());
    }

    private Answer list(Exchange exchange) {
        return Arm.list(
                exchange,
                Arm.below(exchange, server(exchange).id(), TYPE).stream()
                        .map(Resource::body)
                        .toList());
    }

    private Answer delete(Exchange exchange) {
        Optional<Resource> rule = Arm.find(exchange, TYPE, server(exchange).name(), exchange.parameter("rule"));
        rule.ifPresent(r -> world.resources().remove(r.id()));
        return Answer.empty(rule.isPresent() ? 200 : 204);
    }
}

package io.xtcmk.testing.sql;

import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server's JSON: Azure SQL's defaults, what was asked, and what only Azure SQL says. */
final class ServerBody {
    private static final List<String> NEVER_SHOWN = List.of("administratorLoginPassword", "createMode");
    private static final List<String> READ_ONLY =
            List.of("state", "fullyQualifiedDomainName", "privateEndpointConnections", "workspaceFeature");

    private ServerBody() {}

    static Map<String, Object> create(World world, Exchange exchange, String id, String location) {
        String name = id.substring(id.lastIndexOf('/') + 1);
        String suffix = world.tenants()
                .find(exchange.caller().tenantId().toString())
                .orElseThrow()
                .cloud()
                .getSqlServerHostnameSuffix();
        Map<String, Object> body = Json.object(
                "kind",
                "v12.0",
                "properties",
                Json.object(
                        "version", "12.0",
                        "state", "Ready",
                        "fullyQualifiedDomainName", name + suffix,
                        "privateEndpointConnections", List.of(),
                        "publicNetworkAccess", "Enabled",
                        "restrictOutboundNetworkAccess", "Disabled"),
                "location",
                location,
                "id",
                id,
                "name",
                name,
                "type",
                SqlServers.TYPE);
        return changed(exchange, new Resource(id, body, exchange.now()));
    }

    /** The server with what the request says, identity apart. */
    static Map<String, Object> changed(Exchange exchange, Resource server) {
        Map<String, Object> asked = exchange.json();
        Map<String, Object> properties = new LinkedHashMap<>(Json.map(asked, "properties"));
        properties.keySet().removeIf(n -> READ_ONLY.stream().anyMatch(n::equalsIgnoreCase));
        Map<String, Object> merged = Json.merge(Json.map(server.body(), "properties"), properties);
        merged.keySet().removeIf(n -> NEVER_SHOWN.stream().anyMatch(n::equalsIgnoreCase));
        // az always sends an empty one.
        if (Json.map(merged, "administrators").isEmpty()) {
            merged.remove("administrators");
        }
        Map<String, Object> body = Json.with(server.body(), "properties", merged);
        return Json.at(asked, "tags").isEmpty()
                ? body
                : Json.with(body, "tags", Json.merge(Map.of(), Json.map(asked, "tags")));
    }
}

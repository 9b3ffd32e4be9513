package io.xtcmk.testing.sql;

import io.xtcmk.testing.cmk.AttachedIdentities;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server's JSON: Azure SQL's defaults, what was asked, and what only Azure SQL says. */
final class ServerBody {
    private static final List<String> NEVER_SHOWN = List.of("administratorLoginPassword", "createMode");
    private static final List<String> READ_ONLY =
            List.of("state", "fullyQualifiedDomainName", "privateEndpointConnections", "workspaceFeature");

    private static final String PRIMARY = "properties.primaryUserAssignedIdentityId";
    private static final String SINCE_GOVERNANCE = "2022-08-01";
    private static final String SINCE_RETENTION = "2024-11-01";

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
                        "administratorLogin", "CloudSA" + world.ids().hex32().substring(0, 8),
                        "version", "12.0",
                        "state", "Ready",
                        "fullyQualifiedDomainName", name + suffix,
                        "privateEndpointConnections", List.of(),
                        "minimalTlsVersion", "1.2",
                        "publicNetworkAccess", "Enabled",
                        "restrictOutboundNetworkAccess", "Disabled",
                        "externalGovernanceStatus", "Disabled",
                        "retentionDays", -1),
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

    /** The server as this api-version shows it. */
    static Map<String, Object> shown(Exchange exchange, Map<String, Object> body) {
        String version = exchange.apiVersion();
        Map<String, Object> shown = version.compareTo(SINCE_GOVERNANCE) < 0
                ? Json.without(body, "properties.externalGovernanceStatus")
                : body;
        return version.compareTo(SINCE_RETENTION) < 0 ? Json.without(shown, "properties.retentionDays") : shown;
    }

    /** The server with the identities that the request gives it, by the ids that they have themselves. */
    static Resource identified(Exchange exchange, Resource server, Map<String, Object> before) {
        Map<String, Object> identity = AttachedIdentities.change(exchange, before, server.id());
        if (identity.isEmpty()) {
            return server.withBody(Json.without(server.body(), "identity"));
        }
        Map<String, Object> users = new LinkedHashMap<>();
        Json.map(identity, "userAssignedIdentities").forEach((id, ids) -> users.put(ownId(exchange.world(), id), ids));
        Map<String, Object> body = Json.with(
                server.body(),
                "identity",
                users.isEmpty() ? identity : Json.with(identity, "userAssignedIdentities", users));
        Optional<String> primary = Json.text(body, PRIMARY);
        return server.withBody(
                primary.isEmpty() ? body : Json.with(body, PRIMARY, ownId(exchange.world(), primary.get())));
    }

    private static String ownId(World world, String id) {
        return world.resources().find(id).map(Resource::id).orElse(id);
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

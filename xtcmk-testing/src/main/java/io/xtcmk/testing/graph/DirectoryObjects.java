package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Directory;
import io.xtcmk.testing.world.ServicePrincipal;
import io.xtcmk.testing.world.Tenant;
import io.xtcmk.testing.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Questions about the directory as a whole. */
final class DirectoryObjects {
    private final World world;
    private final Directory directory;

    DirectoryObjects(World world) {
        this.world = world;
        this.directory = new Directory(world);
    }

    /** {@code POST /directoryObjects/getByIds}: of the ids, those that are there. */
    Answer getByIds(Exchange exchange) {
        List<Map<String, Object>> found = Json.list(exchange.json(), "ids").stream()
                .map(id -> byId(exchange.caller().tenantId(), String.valueOf(id)))
                .flatMap(Optional::stream)
                .toList();
        return Query.list(exchange, "directoryObjects", found).header("Location", exchange.origin());
    }

    private Optional<Map<String, Object>> byId(UUID tenantId, String id) {
        Optional<ServicePrincipal> principal =
                world.servicePrincipals().find(id).filter(p -> p.tenantId().equals(tenantId) && directory.isVisible(p));
        if (principal.isPresent()) {
            return principal.map(p -> typed(
                    "#microsoft.graph.servicePrincipal",
                    ServicePrincipalBody.of(
                            p, world.applications().first(a -> a.appId().equals(p.appId())))));
        }
        Optional<Map<String, Object>> user =
                Users.find(world, tenantId, id).map(u -> typed("#microsoft.graph.user", Users.body(u)));
        if (user.isPresent()) {
            return user;
        }
        Optional<Application> application =
                world.applications().find(id).filter(a -> a.tenantId().equals(tenantId) && directory.isVisible(a));
        return application.map(a -> typed(
                "#microsoft.graph.application",
                ApplicationBody.of(a, directory.tenant(tenantId).domain())));
    }

    private static Map<String, Object> typed(String type, Map<String, Object> body) {
        Map<String, Object> typed = new LinkedHashMap<>();
        typed.put("@odata.type", type);
        typed.putAll(body);
        return typed;
    }

    /** {@code GET /organization}: the tenant. */
    Answer organization(Exchange exchange) {
        Tenant tenant = directory.tenant(exchange.caller().tenantId());
        Map<String, Object> domain = Json.object(
                "capabilities",
                "Email, OfficeCommunicationsOnline",
                "isDefault",
                true,
                "isInitial",
                true,
                "name",
                tenant.domain(),
                "type",
                "Managed");
        return Query.list(
                exchange,
                "organization",
                List.of(Json.object(
                        "id", tenant.id().toString(),
                        "deletedDateTime", null,
                        "displayName", tenant.name(),
                        "tenantType", "AAD",
                        "verifiedDomains", List.of(domain))));
    }
}

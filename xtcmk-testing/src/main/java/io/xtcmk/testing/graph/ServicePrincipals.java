package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Cloud;
import io.xtcmk.testing.world.Directory;
import io.xtcmk.testing.world.ServicePrincipal;
import io.xtcmk.testing.world.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Service principals of the caller's tenant. */
final class ServicePrincipals {
    static final String SET = "servicePrincipals";

    private final World world;
    private final Directory directory;
    private final Permissions permissions;
    private final DeletedItems deletedItems;

    ServicePrincipals(World world, Permissions permissions, DeletedItems deletedItems) {
        this.world = world;
        this.directory = new Directory(world);
        this.permissions = permissions;
        this.deletedItems = deletedItems;
    }

    /** {@code POST /servicePrincipals}. */
    Answer create(Exchange exchange) {
        Map<String, Object> body = exchange.json();
        String appId = Json.text(body, "appId").orElseThrow(() -> GraphErrors.required("appId", "ServicePrincipal"));
        return create(exchange, appId, body);
    }

    /** {@code GET /servicePrincipals}. */
    Answer list(Exchange exchange) {
        return Query.list(
                exchange,
                SET,
                world.servicePrincipals().where(p -> isOf(exchange, p) && directory.isVisible(p)).stream()
                        .map(this::body)
                        .toList());
    }

    /** {@code GET /servicePrincipals/{id}} and by client id. */
    Answer get(Exchange exchange) {
        return Query.one(exchange, SET, body(visible(exchange)));
    }

    /** {@code PATCH}, by id or client id; by client id it may also create. */
    Answer update(Exchange exchange) {
        Optional<String> appId = exchange.maybeParameter("appId");
        Map<String, Object> body = exchange.json();
        if (appId.isPresent() && find(exchange).isEmpty() && Applications.createsIfMissing(exchange)) {
            return create(exchange, appId.get(), body);
        }
        // A client id is looked up where it is kept unique, ahead of replication; object ids are not.
        ServicePrincipal principal =
                appId.isPresent() ? find(exchange).orElseThrow(() -> missing(exchange)) : visible(exchange);
        checkMayChange(exchange, principal);
        ServicePrincipalBody.check(body);
        put(ServicePrincipalBody.changed(principal, body));
        return Answer.empty(204);
    }

    /** {@code DELETE}, by id or client id. */
    Answer delete(Exchange exchange) {
        ServicePrincipal principal = visible(exchange);
        checkMayChange(exchange, principal);
        deletedItems.delete(principal);
        return Answer.empty(204);
    }

    private Answer create(Exchange exchange, String appId, Map<String, Object> body) {
        ServicePrincipalBody.check(body);
        Application application = backing(exchange, appId);
        checkMayInstall(exchange, application);
        UUID tenantId = exchange.caller().tenantId();
        if (world.servicePrincipals()
                .first(p -> isOf(exchange, p) && p.appId().equals(application.appId()))
                .isPresent()) {
            throw GraphErrors.sameKey(
                    "The service principal cannot be created, updated, or restored because the service"
                            + " principal name " + appId + " is already in use.");
        }
        ServicePrincipal principal = ServicePrincipalBody.changed(directory.install(application, tenantId), body);
        put(principal);
        return Answer.json(201, Query.entity(exchange, SET, body(principal)))
                .header(
                        "Location",
                        exchange.origin() + "/v2/" + tenantId + "/directoryObjects/" + principal.id()
                                + "/Microsoft.DirectoryServices.ServicePrincipal");
    }

    private Application backing(Exchange exchange, String appId) {
        Cloud cloud = Cloud.of(directory.tenant(exchange.caller().tenantId()).cloud());
        return directory
                .application(appId, cloud)
                .filter(a -> isLocal(exchange, a) || a.isMultiTenant())
                .orElseThrow(() -> GraphErrors.noBackingApplication(appId));
    }

    private void checkMayInstall(Exchange exchange, Application application) {
        if (permissions.isAdministrator(exchange)
                || (isLocal(exchange, application) && permissions.owns(exchange, application))) {
            return;
        }
        boolean isProgram = !exchange.caller().isUser();
        throw isProgram && permissions.mayCreate(exchange) && !isLocal(exchange, application)
                ? GraphErrors.onlyLocalApplications()
                : GraphErrors.denied();
    }

    private void checkMayChange(Exchange exchange, ServicePrincipal principal) {
        boolean ownsApplication = world.applications()
                .first(a -> a.appId().equals(principal.appId()) && permissions.owns(exchange, a))
                .isPresent();
        if (!permissions.isAdministrator(exchange) && !ownsApplication) {
            throw GraphErrors.denied();
        }
    }

    private static boolean isLocal(Exchange exchange, Application application) {
        return application.tenantId().equals(exchange.caller().tenantId());
    }

    private ServicePrincipal visible(Exchange exchange) {
        return find(exchange).filter(directory::isVisible).orElseThrow(() -> missing(exchange));
    }

    private Optional<ServicePrincipal> find(Exchange exchange) {
        Optional<String> appId = exchange.maybeParameter("appId");
        return world.servicePrincipals()
                .first(p -> isOf(exchange, p)
                        && (appId.isPresent()
                                ? p.appId().toString().equalsIgnoreCase(appId.get())
                                : p.id().toString().equalsIgnoreCase(exchange.parameter("id"))));
    }

    private static AzureError missing(Exchange exchange) {
        return GraphErrors.notFound(exchange.maybeParameter("appId").orElseGet(() -> exchange.parameter("id")));
    }

    private static boolean isOf(Exchange exchange, ServicePrincipal principal) {
        return principal.tenantId().equals(exchange.caller().tenantId());
    }

    private void put(ServicePrincipal principal) {
        world.servicePrincipals().put(principal.id().toString(), principal);
    }

    private Map<String, Object> body(ServicePrincipal principal) {
        return new LinkedHashMap<>(ServicePrincipalBody.of(
                principal, world.applications().first(a -> a.appId().equals(principal.appId()))));
    }
}

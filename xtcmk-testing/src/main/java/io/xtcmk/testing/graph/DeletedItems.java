package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Directory;
import io.xtcmk.testing.world.ServicePrincipal;
import io.xtcmk.testing.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What was deleted in the last thirty days and can be brought back. */
final class DeletedItems {
    private static final Duration KEPT = Duration.ofDays(30);

    private final World world;
    private final Directory directory;
    private final Permissions permissions;

    DeletedItems(World world, Permissions permissions) {
        this.world = world;
        this.directory = new Directory(world);
        this.permissions = permissions;
    }

    /** Takes a service principal out of the directory, softly. */
    void delete(ServicePrincipal principal) {
        world.servicePrincipals().remove(principal.id().toString());
        world.table(Deleted.class).put(principal.id().toString(), new Deleted(principal, world.now()));
    }

    /** {@code GET /directory/deletedItems/microsoft.graph.application}. */
    Answer applications(Exchange exchange) {
        return Query.list(
                exchange,
                Applications.SET,
                world.applications().where(a -> isKept(exchange, a)).stream()
                        .map(this::body)
                        .toList());
    }

    /** {@code GET /directory/deletedItems/microsoft.graph.servicePrincipal}. */
    Answer servicePrincipals(Exchange exchange) {
        return Query.list(
                exchange,
                ServicePrincipals.SET,
                world.table(Deleted.class).where(d -> isKept(exchange, d)).stream()
                        .map(this::body)
                        .toList());
    }

    /** {@code GET /directory/deletedItems/{id}}. */
    Answer get(Exchange exchange) {
        return Query.one(exchange, "directoryObjects", found(exchange));
    }

    /** {@code POST /directory/deletedItems/{id}/restore}; an application comes back with its service principal here. */
    Answer restore(Exchange exchange) {
        Map<String, Object> body = found(exchange);
        checkMayChange(exchange);
        application(exchange).ifPresent(a -> {
            world.applications().put(a.objectId().toString(), a.withDeletedAt(null));
            world.table(Deleted.class)
                    .first(d -> isKept(exchange, d) && d.principal().appId().equals(a.appId()))
                    .ifPresent(this::restore);
        });
        servicePrincipal(exchange).ifPresent(this::restore);
        return Answer.ok(Query.entity(exchange, "directoryObjects", Json.with(body, "deletedDateTime", null)));
    }

    private void restore(Deleted deleted) {
        ServicePrincipal principal = deleted.principal();
        if (world.servicePrincipals()
                .first(p ->
                        p.tenantId().equals(principal.tenantId()) && p.appId().equals(principal.appId()))
                .isPresent()) {
            throw GraphErrors.sameKey(
                    "The service principal cannot be created, updated, or restored because the service"
                            + " principal name " + principal.appId() + " is already in use.");
        }
        world.table(Deleted.class).remove(principal.id().toString());
        world.servicePrincipals().put(principal.id().toString(), principal);
    }

    /** {@code DELETE /directory/deletedItems/{id}}: for good. */
    Answer purge(Exchange exchange) {
        found(exchange);
        checkMayChange(exchange);
        application(exchange)
                .ifPresent(a -> world.applications().remove(a.objectId().toString()));
        servicePrincipal(exchange)
                .ifPresent(d ->
                        world.table(Deleted.class).remove(d.principal().id().toString()));
        return Answer.empty(204);
    }

    private void checkMayChange(Exchange exchange) {
        boolean owned =
                application(exchange).filter(a -> permissions.owns(exchange, a)).isPresent();
        if (!owned && !permissions.isAdministrator(exchange)) {
            throw GraphErrors.denied();
        }
    }

    private Map<String, Object> found(Exchange exchange) {
        return application(exchange)
                .map(this::body)
                .or(() -> servicePrincipal(exchange).map(this::body))
                .orElseThrow(() -> GraphErrors.notFound(exchange.parameter("id")));
    }

    private Optional<Application> application(Exchange exchange) {
        return world.applications().find(exchange.parameter("id")).filter(a -> isKept(exchange, a));
    }

    private Optional<Deleted> servicePrincipal(Exchange exchange) {
        return world.table(Deleted.class).find(exchange.parameter("id")).filter(d -> isKept(exchange, d));
    }

    private boolean isKept(Exchange exchange, Application application) {
        Instant deletedAt = application.deletedAt();
        return deletedAt != null
                && application.tenantId().equals(exchange.caller().tenantId())
                && isKept(deletedAt);
    }

    private boolean isKept(Exchange exchange, Deleted deleted) {
        return deleted.principal().tenantId().equals(exchange.caller().tenantId()) && isKept(deleted.at());
    }

    private boolean isKept(Instant deletedAt) {
        return deletedAt.plus(KEPT).isAfter(world.now());
    }

    private Map<String, Object> body(Application application) {
        return ApplicationBody.of(
                application, directory.tenant(application.tenantId()).domain());
    }

    private Map<String, Object> body(Deleted deleted) {
        Optional<Application> application = world.applications()
                .first(a -> a.appId().equals(deleted.principal().appId()));
        return Json.with(
                ServicePrincipalBody.of(deleted.principal(), application),
                "deletedDateTime",
                deleted.at().toString());
    }

    /**
     * A deleted service principal.
     *
     * @param principal the row as it was
     * @param at when it was deleted
     */
    private record Deleted(ServicePrincipal principal, Instant at) {}
}

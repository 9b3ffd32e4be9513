package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Application.Password;
import io.xtcmk.testing.world.Directory;
import io.xtcmk.testing.world.World;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** App registrations of the caller's tenant. */
final class Applications {
    static final String SET = "applications";

    private final World world;
    private final Directory directory;
    private final Permissions permissions;
    private final DeletedItems deletedItems;

    Applications(World world, Permissions permissions, DeletedItems deletedItems) {
        this.world = world;
        this.directory = new Directory(world);
        this.permissions = permissions;
        this.deletedItems = deletedItems;
    }

    /** {@code POST /applications}. */
    Answer create(Exchange exchange) {
        Map<String, Object> body = exchange.json();
        Json.text(body, "uniqueName").ifPresent(name -> checkUnused(exchange, name));
        return created(exchange, make(exchange, body));
    }

    /** {@code GET /applications}. */
    Answer list(Exchange exchange) {
        return Query.list(
                exchange,
                SET,
                world.applications().where(a -> isOf(exchange, a) && directory.isVisible(a)).stream()
                        .map(a -> body(exchange, a))
                        .toList());
    }

    /** {@code GET /applications/{id}} and by key. */
    Answer get(Exchange exchange) {
        return Query.one(exchange, SET, body(exchange, visible(exchange)));
    }

    /** {@code PATCH /applications/{id}} and by key; by unique name it may also create. */
    Answer update(Exchange exchange) {
        Optional<Application> found = find(exchange).filter(a -> !a.isDeleted());
        Optional<String> uniqueName = exchange.maybeParameter("uniqueName");
        if (found.isEmpty() && uniqueName.isPresent() && createsIfMissing(exchange)) {
            return upsert(exchange, uniqueName.get());
        }
        // A unique name is looked up where it is kept unique, ahead of replication; ids and client ids are not.
        Application application = uniqueName.isPresent()
                ? found.orElseThrow(() -> GraphErrors.notFound(uniqueName.get()))
                : visible(exchange);
        permissions.checkMayChange(exchange, application);
        put(application.withProperties(ApplicationBody.changed(application, exchange.json())));
        return Answer.empty(204);
    }

    private Answer upsert(Exchange exchange, String uniqueName) {
        if (!permissions.mayCreate(exchange)) {
            throw GraphErrors.denied();
        }
        Map<String, Object> body = exchange.json();
        if (!uniqueName.equals(Json.text(body, "uniqueName").orElse(uniqueName))) {
            throw GraphErrors.badRequest("The value of 'uniqueName' in the body does not match the one in the URL.");
        }
        return created(exchange, make(exchange, Json.with(body, "uniqueName", uniqueName)));
    }

    /** {@code DELETE /applications/{id}} and by key: soft, with its service principal here. */
    Answer delete(Exchange exchange) {
        Application application = changeable(exchange);
        put(application.withDeletedAt(world.now()));
        world.servicePrincipals()
                .first(p ->
                        p.tenantId().equals(application.tenantId()) && p.appId().equals(application.appId()))
                .ifPresent(deletedItems::delete);
        return Answer.empty(204);
    }

    /** {@code POST /applications/{id}/addPassword}: the only answer with the secret in it. */
    Answer addPassword(Exchange exchange) {
        Application application = changeable(exchange);
        Map<String, Object> asked = Json.map(exchange.json(), "passwordCredential");
        Password password = new Password(
                world.ids().uuid(),
                Json.text(asked, "displayName").orElse(null),
                world.ids().secret(),
                instant(asked, "startDateTime").orElse(world.now()),
                instant(asked, "endDateTime").orElse(inTwoYears()));
        List<Password> passwords = new ArrayList<>(application.passwords());
        passwords.add(password);
        put(application.withPasswords(passwords));
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put(
                "@odata.context",
                exchange.origin() + "/" + exchange.parameter("version")
                        + "/$metadata#microsoft.graph.passwordCredential");
        shown.put("customKeyIdentifier", null);
        shown.putAll(Json.with(ApplicationBody.of(password), "secretText", password.secret()));
        return Answer.ok(shown);
    }

    /** {@code POST /applications/{id}/removePassword}. */
    Answer removePassword(Exchange exchange) {
        Application application = changeable(exchange);
        String keyId = Json.text(exchange.json(), "keyId").orElse("");
        List<Password> left = application.passwords().stream()
                .filter(p -> !p.keyId().toString().equalsIgnoreCase(keyId))
                .toList();
        if (left.size() == application.passwords().size()) {
            throw GraphErrors.badRequest("No password credential found with keyId.");
        }
        put(application.withPasswords(left));
        return Answer.empty(204);
    }

    /** The application that the path names, to be changed by this caller. */
    Application changeable(Exchange exchange) {
        Application application = visible(exchange);
        permissions.checkMayChange(exchange, application);
        return application;
    }

    /** The application that the path names. */
    Application visible(Exchange exchange) {
        return find(exchange).filter(directory::isVisible).orElseThrow(() -> missing(exchange));
    }

    void put(Application application) {
        world.applications().put(application.objectId().toString(), application);
    }

    static boolean createsIfMissing(Exchange exchange) {
        return exchange.header("Prefer")
                .filter(p -> p.contains("create-if-missing"))
                .isPresent();
    }

    private Optional<Application> find(Exchange exchange) {
        Optional<String> appId = exchange.maybeParameter("appId");
        Optional<String> uniqueName = exchange.maybeParameter("uniqueName");
        Predicate<Application> wanted = a -> appId.isPresent()
                ? a.appId().toString().equalsIgnoreCase(appId.get())
                : uniqueName.isPresent()
                        ? !a.isDeleted() && a.uniqueName().equals(uniqueName)
                        : a.objectId().toString().equalsIgnoreCase(exchange.parameter("id"));
        return world.applications().first(a -> isOf(exchange, a) && wanted.test(a));
    }

    private static AzureError missing(Exchange exchange) {
        return GraphErrors.notFound(exchange.maybeParameter("appId")
                .or(() -> exchange.maybeParameter("uniqueName"))
                .orElseGet(() -> exchange.parameter("id")));
    }

    private static boolean isOf(Exchange exchange, Application application) {
        return application.tenantId().equals(exchange.caller().tenantId());
    }

    private void checkUnused(Exchange exchange, String uniqueName) {
        if (world.applications()
                .first(a -> isOf(exchange, a)
                        && !a.isDeleted()
                        && a.uniqueName().filter(uniqueName::equals).isPresent())
                .isPresent()) {
            throw GraphErrors.sameKey("Another object with the same value for property uniqueName already exists.");
        }
    }

    private Application make(Exchange exchange, Map<String, Object> body) {
        Application application = new Application(
                world.ids().uuid(),
                world.ids().uuid(),
                exchange.caller().tenantId(),
                ApplicationBody.created(body),
                List.of(),
                List.of(),
                List.of(exchange.caller().objectId()),
                world.now(),
                world.after(world.settings().directoryReplication),
                null);
        put(application);
        return application;
    }

    private Answer created(Exchange exchange, Application application) {
        UUID tenantId = application.tenantId();
        return Answer.json(201, Query.entity(exchange, SET, body(exchange, application)))
                .header(
                        "Location",
                        exchange.origin() + "/v2/" + tenantId + "/directoryObjects/" + application.objectId()
                                + "/Microsoft.DirectoryServices.Application");
    }

    private Map<String, Object> body(Exchange exchange, Application application) {
        Map<String, Object> body = ApplicationBody.of(
                application, directory.tenant(application.tenantId()).domain());
        boolean expanded = exchange.query("$expand")
                .filter(e -> e.contains("federatedIdentityCredentials"))
                .isPresent();
        return expanded
                ? Json.with(
                        body,
                        "federatedIdentityCredentials",
                        application.credentials().stream()
                                .map(ApplicationBody::of)
                                .toList())
                : body;
    }

    private static Optional<Instant> instant(Map<String, Object> body, String name) {
        try {
            return Json.text(body, name)
                    .map(text -> java.time.OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw GraphErrors.badRequest("Cannot convert a value to target type 'Edm.DateTimeOffset': '" + name + "'.");
        }
    }

    private Instant inTwoYears() {
        return world.now().atZone(ZoneOffset.UTC).plusYears(2).toInstant();
    }
}

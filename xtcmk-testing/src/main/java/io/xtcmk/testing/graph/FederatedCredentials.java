package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Application.FederatedCredential;
import io.xtcmk.testing.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An application's federated identity credentials. Limits and refusals from Microsoft's pages "federatedIdentityCredential
 * resource type" and "Important considerations and restrictions for federated identity credentials". That nobody has a
 * token of this issuer and subject is found out at the exchange, not here.
 */
final class FederatedCredentials {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{2,119}");
    private static final Set<String> PROPERTIES = Set.of("id", "name", "issuer", "subject", "audiences", "description");
    private static final int LONGEST = 600;
    private static final int MOST = 20;

    private final World world;
    private final Applications applications;

    FederatedCredentials(World world, Applications applications) {
        this.world = world;
        this.applications = applications;
    }

    /** {@code POST /applications/{id}/federatedIdentityCredentials}. */
    Answer create(Exchange exchange) {
        return create(exchange, applications.changeable(exchange), exchange.json());
    }

    /** {@code GET /applications/{id}/federatedIdentityCredentials}. */
    Answer list(Exchange exchange) {
        Application application = applications.visible(exchange);
        return Query.list(
                exchange,
                set(application),
                application.credentials().stream().map(ApplicationBody::of).toList());
    }

    /** {@code GET /applications/{id}/federatedIdentityCredentials/{idOrName}}. */
    Answer get(Exchange exchange) {
        Application application = applications.visible(exchange);
        return Query.one(exchange, set(application), ApplicationBody.of(existing(exchange, application)));
    }

    /** {@code PATCH}, by id or name; by {@code (name='...')} it may also create. */
    Answer update(Exchange exchange) {
        Application application = applications.changeable(exchange);
        Map<String, Object> body = exchange.json();
        Optional<FederatedCredential> found = find(exchange, application);
        if (found.isEmpty() && exchange.maybeParameter("name").isPresent() && Applications.createsIfMissing(exchange)) {
            String name = exchange.parameter("name");
            checkSameName(name, body);
            return create(exchange, application, Json.with(body, "name", name));
        }
        FederatedCredential old = found.orElseThrow(() -> missing(exchange));
        checkSameName(old.name(), body);
        replace(application, old, parse(old, body));
        return Answer.empty(204);
    }

    /** {@code DELETE}, by id or name. */
    Answer delete(Exchange exchange) {
        Application application = applications.changeable(exchange);
        replace(application, existing(exchange, application), null);
        return Answer.empty(204);
    }

    private Answer create(Exchange exchange, Application application, Map<String, Object> body) {
        FederatedCredential credential = parse(null, body);
        if (application.credentials().stream().anyMatch(c -> c.name().equals(credential.name()))) {
            throw GraphErrors.sameKey(
                    "FederatedIdentityCredential with name " + credential.name() + " already exists.");
        }
        if (application.credentials().size() >= MOST) {
            throw AzureError.of(
                    403,
                    "Directory_QuotaExceeded",
                    "The size of the object has exceeded its limit. Please reduce the number of values and retry the"
                            + " request.");
        }
        replace(application, null, credential);
        return Answer.json(201, Query.entity(exchange, set(application), ApplicationBody.of(credential)))
                .header(
                        "Location",
                        exchange.origin() + "/v2/" + application.tenantId() + "/federatedIdentityCredentials/"
                                + credential.id());
    }

    private void replace(
            Application application, @Nullable FederatedCredential old, @Nullable FederatedCredential fresh) {
        List<FederatedCredential> credentials = new ArrayList<>(application.credentials());
        credentials.removeIf(c -> old != null && c.id().equals(old.id()));
        if (fresh != null) {
            if (credentials.stream()
                    .anyMatch(c ->
                            c.issuer().equals(fresh.issuer()) && c.subject().equals(fresh.subject()))) {
                throw GraphErrors.badRequest("The combination of issuer and subject must be unique on the app.");
            }
            credentials.add(fresh);
        }
        applications.put(application.withCredentials(credentials));
    }

    private FederatedCredential existing(Exchange exchange, Application application) {
        return find(exchange, application).orElseThrow(() -> missing(exchange));
    }

    private static Optional<FederatedCredential> find(Exchange exchange, Application application) {
        Optional<String> name = exchange.maybeParameter("name");
        return application.credentials().stream()
                .filter(c -> name.isPresent()
                        ? c.name().equals(name.get())
                        : c.name().equals(exchange.parameter("credential"))
                                || c.id().toString().equalsIgnoreCase(exchange.parameter("credential")))
                .findFirst();
    }

    private static AzureError missing(Exchange exchange) {
        return GraphErrors.notFound(exchange.maybeParameter("name").orElseGet(() -> exchange.parameter("credential")));
    }

    /** The credential that a body asks for; what it leaves out stays as it was. */
    private FederatedCredential parse(@Nullable FederatedCredential old, Map<String, Object> body) {
        for (String name : body.keySet()) {
            if (!PROPERTIES.contains(name) && !name.startsWith("@odata.")) {
                throw GraphErrors.badRequest("Invalid property '" + name + "'.");
            }
        }
        UUID id = old == null ? world.ids().uuid() : old.id();
        return new FederatedCredential(
                id,
                old == null ? name(body) : old.name(),
                value(body, "issuer", old == null ? null : old.issuer()),
                value(body, "subject", old == null ? null : old.subject()),
                audience(body, old),
                description(body, old),
                world.after(world.settings().credentialPropagation));
    }

    private static String name(Map<String, Object> body) {
        String name =
                Json.text(body, "name").orElseThrow(() -> GraphErrors.required("name", "FederatedIdentityCredential"));
        if (!NAME.matcher(name).matches()) {
            throw GraphErrors.badRequest(
                    "The name of the federated identity credential '" + name
                            + "' is not a valid URI last segment: 3 to 120 letters, digits, '-' or '_', a letter or digit first.");
        }
        return name;
    }

    private static String value(Map<String, Object> body, String property, @Nullable String old) {
        String value = body.containsKey(property) || old == null
                ? Json.text(body, property).orElse("")
                : old;
        if (value.isEmpty()) {
            throw GraphErrors.required(property, "FederatedIdentityCredential");
        }
        return checkLength(property, value);
    }

    private static String audience(Map<String, Object> body, @Nullable FederatedCredential old) {
        if (old != null && !body.containsKey("audiences")) {
            return old.audience();
        }
        List<Object> audiences = Json.list(body, "audiences");
        if (audiences.size() != 1 || String.valueOf(audiences.get(0)).isEmpty()) {
            throw GraphErrors.badRequest(
                    "Property 'audiences' of resource 'FederatedIdentityCredential' must have exactly one value.");
        }
        return checkLength("audiences", String.valueOf(audiences.get(0)));
    }

    private static @Nullable String description(Map<String, Object> body, @Nullable FederatedCredential old) {
        if (old != null && !body.containsKey("description")) {
            return old.description();
        }
        return Json.text(body, "description")
                .map(d -> checkLength("description", d))
                .orElse(null);
    }

    private static String checkLength(String property, String value) {
        if (value.length() > LONGEST) {
            throw GraphErrors.badRequest("Property '" + property
                    + "' of resource 'FederatedIdentityCredential' is longer than " + LONGEST + " characters.");
        }
        return value;
    }

    private static void checkSameName(String name, Map<String, Object> body) {
        if (!name.equals(Json.text(body, "name").orElse(name))) {
            throw GraphErrors.badRequest(
                    "Property 'name' of resource 'FederatedIdentityCredential' is immutable and cannot be changed.");
        }
    }

    private static String set(Application application) {
        return "applications('" + application.objectId() + "')/federatedIdentityCredentials";
    }
}

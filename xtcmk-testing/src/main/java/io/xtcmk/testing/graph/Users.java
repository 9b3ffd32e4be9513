package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.User;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Users of the caller's tenant. */
final class Users {
    private static final String SET = "users";

    private final World world;

    Users(World world) {
        this.world = world;
    }

    /** {@code GET /users}. */
    Answer list(Exchange exchange) {
        return Query.list(
                exchange,
                SET,
                world.users().where(u -> u.tenantId().equals(exchange.caller().tenantId())).stream()
                        .map(Users::body)
                        .toList());
    }

    /** {@code GET /users/{id}}, by object id or name. */
    Answer get(Exchange exchange) {
        String key = exchange.parameter("id");
        return Query.one(
                exchange,
                SET,
                body(find(world, exchange.caller().tenantId(), key).orElseThrow(() -> GraphErrors.notFound(key))));
    }

    /** {@code GET /me}. */
    Answer me(Exchange exchange) {
        if (!exchange.caller().isUser()) {
            throw AzureError.of(400, "BadRequest", "/me request is only valid with delegated authentication flow.");
        }
        String id = exchange.caller().objectId().toString();
        return Query.one(exchange, SET, body(world.users().find(id).orElseThrow()));
    }

    static Optional<User> find(World world, UUID tenantId, String idOrName) {
        return world.users()
                .first(u -> u.tenantId().equals(tenantId)
                        && (u.id().toString().equalsIgnoreCase(idOrName)
                                || u.userPrincipalName().equalsIgnoreCase(idOrName)));
    }

    static Map<String, Object> body(User user) {
        return Json.object(
                "id", user.id().toString(),
                "businessPhones", List.of(),
                "displayName", user.displayName(),
                "givenName", null,
                "jobTitle", null,
                "mail", null,
                "mobilePhone", null,
                "officeLocation", null,
                "preferredLanguage", null,
                "surname", null,
                "userPrincipalName", user.userPrincipalName());
    }
}

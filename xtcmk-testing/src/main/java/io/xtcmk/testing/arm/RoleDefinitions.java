package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Microsoft.Authorization: the built-in role definitions. */
public final class RoleDefinitions implements ArmRoutes {
    private static final String TYPE = "Microsoft.Authorization/roleDefinitions";
    private static final String READ = TYPE + "/read";
    private static final String ROOT = "/providers/" + TYPE;
    private static final String AT_SCOPE = "/{+scope}/providers/" + TYPE;
    private static final Pattern ROLE_NAME = Pattern.compile("roleName eq '([^']+)'", Pattern.CASE_INSENSITIVE);
    private static final Pattern ROLE_TYPE = Pattern.compile("\\btype eq '([^']+)'", Pattern.CASE_INSENSITIVE);
    private static final String MADE = "2015-02-02T21:55:09.8806423Z";

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", ROOT, "-", "list role definitions", e -> list(e, "")),
                Route.of("GET", ROOT + "/{id}", "-", "get a role definition", e -> get(e, "")),
                Route.of("GET", AT_SCOPE, READ, "list role definitions at a scope", e -> list(e, Arm.scope(e))),
                Route.of(
                        "GET",
                        AT_SCOPE + "/{id}",
                        READ,
                        "get a role definition at a scope",
                        e -> get(e, Arm.scope(e))));
    }

    private static Answer list(Exchange exchange, String scope) {
        Optional<String> name = filter(exchange, ROLE_NAME);
        Optional<String> type = filter(exchange, ROLE_TYPE);
        return Arm.list(
                exchange,
                Arrays.stream(Role.values())
                        .filter(r -> name.map(n -> n.equalsIgnoreCase(r.displayName()))
                                .orElse(true))
                        .filter(r -> type.map("BuiltInRole"::equalsIgnoreCase).orElse(true))
                        .map(r -> body(r, scope))
                        .toList());
    }

    private static Optional<String> filter(Exchange exchange, Pattern pattern) {
        return exchange.query("$filter")
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1));
    }

    private static Answer get(Exchange exchange, String scope) {
        String id = exchange.parameter("id");
        return Answer.ok(body(named(id).orElseThrow(() -> missing(id)), scope));
    }

    /** The role of this GUID, as text. */
    static Optional<Role> named(String id) {
        try {
            return Role.of(UUID.fromString(id));
        } catch (IllegalArgumentException notAGuid) {
            return Optional.empty();
        }
    }

    static AzureError missing(String id) {
        return AzureError.of(
                404,
                "RoleDefinitionDoesNotExist",
                "The specified role definition with ID '" + id.replace("-", "") + "' does not exist.");
    }

    /** Role definitions belong to subscriptions, whatever the scope at which they are asked for. */
    static String idOf(Role role, String scope) {
        Matcher subscription = Pattern.compile("(?i)(/subscriptions/[^/]+).*").matcher(scope);
        return (subscription.matches() ? subscription.group(1) : "") + ROOT + "/" + role.id();
    }

    private static Map<String, Object> body(Role role, String scope) {
        return Json.object(
                "properties",
                Json.object(
                        "roleName",
                        role.displayName(),
                        "type",
                        "BuiltInRole",
                        "description",
                        role.description(),
                        "assignableScopes",
                        List.of("/"),
                        "permissions",
                        List.of(Json.object(
                                "actions", role.actions(),
                                "notActions", role.notActions(),
                                "dataActions", role.dataActions(),
                                "notDataActions", List.of())),
                        "createdOn",
                        MADE,
                        "updatedOn",
                        MADE,
                        "createdBy",
                        null,
                        "updatedBy",
                        null),
                "id",
                idOf(role, scope),
                "type",
                TYPE,
                "name",
                role.id().toString());
    }
}

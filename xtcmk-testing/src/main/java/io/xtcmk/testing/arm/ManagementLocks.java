package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.ManagementLock;
import io.xtcmk.testing.world.ManagementLock.Level;
import io.xtcmk.testing.world.Rbac;
import io.xtcmk.testing.world.Table;
import io.xtcmk.testing.world.World;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Microsoft.Authorization: locks of subscriptions, groups and resources. Who holds what off, {@link LockCheck} tells. */
public final class ManagementLocks implements ArmRoutes {
    static final String TYPE = "Microsoft.Authorization/locks";
    private static final String LOCKS = "/{+scope}/providers/" + TYPE;
    private static final String LOCK = LOCKS + "/{name}";
    private static final Pattern NAME = Pattern.compile("[^<>%&:\\\\?/\\p{Cntrl}]{1,260}");

    private final World world;

    public ManagementLocks(World world) {
        this.world = world;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("PUT", LOCK, TYPE + "/write", "lock a scope, or change its lock", this::put),
                Route.of("GET", LOCK, TYPE + "/read", "get a lock", this::get),
                Route.of("DELETE", LOCK, TYPE + "/delete", "remove a lock", this::delete),
                Route.of("GET", LOCKS, TYPE + "/read", "list locks at, above and below a scope", this::list));
    }

    private Answer put(Exchange exchange) {
        String scope = Scopes.existing(exchange);
        String name = exchange.parameter("name");
        if (!NAME.matcher(name).matches()) {
            throw AzureError.of(400, "InvalidLockName", "The lock name '" + name + "' is not valid.");
        }
        Map<String, Object> asked = Json.map(exchange.json(), "properties");
        String id = scope + "/providers/" + TYPE + "/" + name;
        boolean isNew = locks().find(id).isEmpty();
        Level level = level(asked);
        Map<String, Object> body = Json.object(
                "properties",
                Json.object(
                        "level",
                        level.name(),
                        "notes",
                        Json.orAbsent(asked.get("notes")),
                        "owners",
                        Json.orAbsent(asked.get("owners"))),
                "id",
                id,
                "type",
                TYPE,
                "name",
                name);
        locks().put(id, new ManagementLock(id, scope, level, body));
        return Answer.json(isNew ? 201 : 200, body);
    }

    private static Level level(Map<String, Object> asked) {
        String given = Json.text(asked, "level").orElse("");
        return Arrays.stream(Level.values())
                .filter(l -> l.name().equalsIgnoreCase(given))
                .findFirst()
                .orElseThrow(() -> AzureError.of(
                        400,
                        "InvalidRequestContent",
                        "The request content was invalid and could not be deserialized: 'Error converting value \""
                                + given + "\" to the level of a lock. Path 'properties.level''."));
    }

    private Optional<ManagementLock> find(Exchange exchange) {
        return locks().find(exchange.path());
    }

    private Answer get(Exchange exchange) {
        return Answer.ok(find(exchange)
                .orElseThrow(() -> AzureError.of(
                        404, "LockNotFound", "The lock '" + exchange.parameter("name") + "' could not be found."))
                .body());
    }

    private Answer delete(Exchange exchange) {
        Optional<ManagementLock> lock = find(exchange);
        lock.ifPresent(l -> locks().remove(l.id()));
        return Answer.empty(lock.isPresent() ? 200 : 204);
    }

    private Answer list(Exchange exchange) {
        String scope = Arm.scope(exchange);
        boolean notBelow =
                exchange.query("$filter").orElse("").toLowerCase(Locale.ROOT).contains("atscope()");
        Predicate<ManagementLock> wanted =
                l -> Rbac.isWithin(scope, l.scope()) || (!notBelow && Rbac.isWithin(l.scope(), scope));
        return Arm.list(
                exchange,
                locks().where(wanted).stream().map(ManagementLock::body).toList());
    }

    private Table<ManagementLock> locks() {
        return world.table(ManagementLock.class);
    }
}

package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.world.ManagementLock;
import io.xtcmk.testing.world.ManagementLock.Level;
import io.xtcmk.testing.world.Rbac;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whether a lock forbids what a role allows: Microsoft's page "Lock your Azure resources to protect your infrastructure".
 * Locks are about Resource Manager only; a locked vault's keys can still be deleted on its own host.
 */
final class LockCheck {
    private static final String AUTHORIZATION = "Microsoft.Authorization/";

    private final World world;

    LockCheck(World world) {
        this.world = world;
    }

    /** Refuses what a lock at the request's scope or above forbids, and deletions also for locks below. */
    void check(Exchange exchange, String action) {
        boolean deletes = exchange.method().equals("DELETE");
        if (isRead(exchange, action) || isAboutLocks(action)) {
            return;
        }
        String target = target(exchange, action);
        List<ManagementLock> locks = world.table(ManagementLock.class)
                .where(l -> forbids(l.level(), deletes)
                        && (Rbac.isWithin(target, l.scope()) || (deletes && Rbac.isWithin(l.scope(), target))));
        if (!locks.isEmpty()) {
            throw locked(target, deletes ? "delete" : "write", locks);
        }
    }

    private static boolean forbids(Level level, boolean deletes) {
        return level == Level.ReadOnly || (deletes && level == Level.CanNotDelete);
    }

    /** Some providers have what only reads answer to POST; to list keys is not among it. */
    private static boolean isRead(Exchange exchange, String action) {
        return exchange.method().equals("GET")
                || exchange.method().equals("HEAD")
                || action.toLowerCase(Locale.ROOT).endsWith("/read");
    }

    private static boolean isAboutLocks(String action) {
        return action.regionMatches(true, 0, ManagementLocks.TYPE, 0, ManagementLocks.TYPE.length());
    }

    /** A role assignment is itself below what it is at. */
    private static String target(Exchange exchange, String action) {
        boolean isAuthorization = action.regionMatches(true, 0, AUTHORIZATION, 0, AUTHORIZATION.length());
        return isAuthorization ? exchange.path() : Arm.scope(exchange);
    }

    private static AzureError locked(String target, String operation, List<ManagementLock> locks) {
        String scopes = locks.stream().map(ManagementLock::scope).distinct().collect(Collectors.joining(","));
        return AzureError.ofGateway(
                409,
                "ScopeLocked",
                "The scope '" + target + "' cannot perform " + operation
                        + " operation because following scope(s) are locked: '" + scopes
                        + "'. Please remove the lock and try again.");
    }
}

package io.xtcmk.testing.sql;

import io.xtcmk.testing.cmk.BrokenLink;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server's databases can be used: what Microsoft's page "Transparent data encryption with customer-managed key"
 * says of losing the key and getting it back. Within ten minutes of its loss they are closed; if it is back within half
 * an hour they open by themselves, else somebody must have the protector revalidated.
 */
final class KeyHealth {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration HEALS_ITSELF = Duration.ofMinutes(30);

    private final World world;
    private final Protection protection;

    KeyHealth(World world, Protection protection) {
        this.world = world;
        this.protection = protection;
        world.watch(this::observeAll);
    }

    /** A server with nothing to lose is not looked after. */
    private void observeAll() {
        for (Resource database : world.resources().where(KeyHealth::isUserDatabase)) {
            String server = database.id().substring(0, database.id().lastIndexOf("/databases/"));
            world.resources().find(server).ifPresent(this::isInaccessible);
        }
    }

    private static boolean isUserDatabase(Resource resource) {
        return SqlDatabases.TYPE.equals(resource.body().get("type"))
                && !resource.name().equals("master");
    }

    /** Whether the server's databases are closed now. */
    boolean isInaccessible(Resource server) {
        Outage outage = observe(server);
        if (outage == null) {
            return false;
        }
        boolean tooLong = outage.lasted(world.now()).compareTo(PATIENCE) > 0;
        return outage.restored() || tooLong;
    }

    private @Nullable Outage observe(Resource server) {
        // Asking may end an operation that is due, such as a revalidation: what was known is read after it.
        boolean reachable = isReachable(server);
        Outage before = world.table(Outage.class).find(server.id()).orElse(null);
        Outage after = reachable ? afterReturn(before) : before == null ? new Outage(world.now(), false) : before;
        if (after == null) {
            world.table(Outage.class).remove(server.id());
        } else {
            world.table(Outage.class).put(server.id(), after);
        }
        return after;
    }

    private @Nullable Outage afterReturn(@Nullable Outage before) {
        if (before == null || before.restored()) {
            return before;
        }
        boolean heals = before.lasted(world.now()).compareTo(HEALS_ITSELF) <= 0;
        return heals ? null : new Outage(before.since(), true);
    }

    private boolean isReachable(Resource server) {
        try {
            protection.check(server);
            return true;
        } catch (BrokenLink broken) {
            return false;
        }
    }

    /** The key has been found good, or is no longer needed. */
    void reset(Resource server) {
        world.table(Outage.class).remove(server.id());
    }

    /**
     * The customer's key cannot be used, or could not for too long.
     *
     * @param since since when
     * @param restored whether it can again, but too late for the databases to open by themselves
     */
    record Outage(Instant since, boolean restored) {
        Duration lasted(Instant now) {
            return Duration.between(since, now);
        }
    }
}

package io.xtcmk.testing.sql;

import io.xtcmk.testing.cmk.BrokenLink;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server's databases can be used: what Microsoft's page "Transparent data encryption with customer-managed key"
 * says of losing the key and getting it back. Within ten minutes of its loss they are closed; if it is back within half
 * an hour they open by themselves, within the next hour, else somebody must have the protector revalidated.
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
            world.resources().find(server).ifPresent(this::observe);
        }
    }

    private static boolean isUserDatabase(Resource resource) {
        return SqlDatabases.TYPE.equals(resource.body().get("type"))
                && !resource.name().equals("master");
    }

    /** Whether the server's databases are closed now. */
    boolean isInaccessible(Resource server) {
        return observe(server).isClosed(world.now(), world.settings().sqlSelfHealing);
    }

    /**
     * Follows the key to now. Every request that changes something is followed by a look, so what else may have happened
     * since the last has happened by the mere passing of time, at moments that are known.
     */
    private Health observe(Resource server) {
        // Asking may end an operation that is due, such as a revalidation: what was known is read after it.
        boolean reachable = isReachable(server);
        Instant now = world.now();
        Health health = world.table(Health.class).find(server.id()).orElse(new Health(server.createdAt(), null, null));
        for (Instant moment : Moments.between(world, health.seenAt(), now)) {
            health = health.seen(moment, world.asOf(moment, () -> isReachable(server)), selfHealing());
        }
        health = health.seen(now, reachable, selfHealing());
        world.table(Health.class).put(server.id(), health);
        return health;
    }

    private Duration selfHealing() {
        return world.settings().sqlSelfHealing;
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
        world.table(Health.class).put(server.id(), new Health(world.now(), null, null));
    }

    /**
     * How a server's key was found.
     *
     * @param seenAt when it was last looked at
     * @param lostAt since when it cannot be used, or could not for too long; null if all is well
     * @param backAt since when it can again
     */
    record Health(
            Instant seenAt,
            @Nullable Instant lostAt,
            @Nullable Instant backAt) {

        Health seen(Instant now, boolean reachable, Duration selfHealing) {
            if (!reachable) {
                return new Health(now, lostAt == null ? now : lostAt, null);
            }
            Health back = new Health(now, lostAt, lostAt == null || backAt != null ? backAt : now);
            return back.isClosed(now, selfHealing) ? back : new Health(now, null, null);
        }

        boolean isClosed(Instant now, Duration selfHealing) {
            if (lostAt == null) {
                return false;
            }
            if (backAt == null) {
                return lasted(now).compareTo(PATIENCE) >= 0;
            }
            boolean wasClosed = lasted(backAt).compareTo(PATIENCE) >= 0;
            boolean forTooLong = lasted(backAt).compareTo(HEALS_ITSELF) > 0;
            return forTooLong || (wasClosed && backAt.plus(selfHealing).isAfter(now));
        }

        private Duration lasted(Instant until) {
            return Duration.between(Objects.requireNonNull(lostAt), until);
        }
    }
}

package io.xtcmk.testing.world;

import io.xtcmk.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The only state of the fake: a table for each kind of thing, the clock, the source of ids, and the settings. One lock
 * guards it all; requests are handled one at a time under {@link #locked}, as if every service were instantaneous.
 */
public final class World {
    private final ReentrantLock lock = new ReentrantLock();
    private final FakeClock clock;
    private final Ids ids;
    private final Settings settings = new Settings();
    private Map<Class<?>, Table<?>> tables = new HashMap<>();
    private @Nullable Instant elsewhen;
    private final List<Runnable> watchers = new ArrayList<>();

    public World(FakeClock clock, long seed) {
        this.clock = clock;
        this.ids = new Ids(seed);
    }

    /** Whether a thread waits for its turn. */
    public boolean isAwaitedBy(Thread thread) {
        return lock.hasQueuedThread(thread);
    }

    public <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** The table of rows of this kind; one is made at first use. */
    @SuppressWarnings("unchecked")
    public <V> Table<V> table(Class<V> kind) {
        return (Table<V>) tables.computeIfAbsent(kind, k -> new Table<V>());
    }

    /** All rows as they are at one moment. */
    public static final class Tables {
        private final Map<Class<?>, Table<?>> rows;

        private Tables(Map<Class<?>, Table<?>> rows) {
            this.rows = copy(rows);
        }

        private static Map<Class<?>, Table<?>> copy(Map<Class<?>, Table<?>> tables) {
            Map<Class<?>, Table<?>> copy = new HashMap<>();
            tables.forEach((kind, table) -> copy.put(kind, new Table<>(table)));
            return copy;
        }
    }

    /** All rows as they are now. */
    public Tables tables() {
        return new Tables(tables);
    }

    /** Does something in the world as it was at another moment; what it changes there is forgotten. */
    public <T> T withTables(Tables other, Supplier<T> work) {
        Map<Class<?>, Table<?>> current = tables;
        tables = Tables.copy(other.rows);
        try {
            return work.get();
        } finally {
            tables = current;
        }
    }

    /** Has all rows be as they were at another moment. */
    public void restore(Tables other) {
        tables = Tables.copy(other.rows);
    }

    public Table<Tenant> tenants() {
        return table(Tenant.class);
    }

    public Table<Subscription> subscriptions() {
        return table(Subscription.class);
    }

    /** App registrations, by object id. */
    public Table<Application> applications() {
        return table(Application.class);
    }

    /** Service principals (enterprise applications and managed identities), by object id. */
    public Table<ServicePrincipal> servicePrincipals() {
        return table(ServicePrincipal.class);
    }

    /** People, by object id. */
    public Table<User> users() {
        return table(User.class);
    }

    /** Everything that Azure Resource Manager keeps, by resource id. */
    public Table<Resource> resources() {
        return table(Resource.class);
    }

    /** Role assignments, by resource id. */
    public Table<RoleAssignment> roleAssignments() {
        return table(RoleAssignment.class);
    }

    /** Has somebody look whenever a request has changed something: at what time a thing broke can be told only then. */
    public void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    /** Tells the watchers that a request has changed something. */
    public void changed() {
        watchers.forEach(Runnable::run);
    }

    public FakeClock clock() {
        return clock;
    }

    public Instant now() {
        return elsewhen == null ? clock.now() : elsewhen;
    }

    /** Does something as if it were another time: what was due then, or whether something held then. */
    public <T> T asOf(Instant when, Supplier<T> work) {
        Instant before = elsewhen;
        elsewhen = when;
        try {
            return work.get();
        } finally {
            elsewhen = before;
        }
    }

    public Ids ids() {
        return ids;
    }

    public Settings settings() {
        return settings;
    }

    /** When something that happens now is seen, if its seeing takes that long. */
    public Instant after(Duration delay) {
        return now().plus(delay);
    }
}

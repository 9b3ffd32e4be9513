package io.xtcmk.testing.http;

import io.xtcmk.testing.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Services whose readers are answered by a replica that has not caught up. Used under the world's lock only. */
final class Staleness {
    private final World world;
    private final Map<Service, Replica> replicas = new HashMap<>();

    Staleness(World world) {
        this.world = world;
    }

    private record Replica(World.Tables tables, Instant until) {}

    /** From now on readers of a service see what it holds now, for a while. */
    void begin(Service service, Duration duration) {
        replicas.put(service, new Replica(world.tables(), world.after(duration)));
    }

    /** Readers of all services see everything. */
    @Nullable
    Void end() {
        replicas.clear();
        return null;
    }

    /** What a reader of a service sees. */
    Answer seen(Service service, Supplier<Answer> read) {
        Replica replica = replicas.get(service);
        if (replica != null && !world.now().isBefore(replica.until)) {
            replicas.remove(service);
            replica = null;
        }
        return replica == null ? read.get() : world.withTables(replica.tables, read);
    }
}

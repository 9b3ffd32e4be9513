package io.xtcmk.testing.http;

import io.xtcmk.testing.world.Table;
import io.xtcmk.testing.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets, refilled on the world's clock. Every request empties them, so that what is left can always be told; they
 * refuse only where the world {@linkplain io.xtcmk.testing.world.Settings#throttling throttles}.
 */
public final class Throttle {
    private static final double NANOS = 1e9;

    private final World world;

    public Throttle(World world) {
        this.world = world;
    }

    /**
     * How much a service allows.
     *
     * @param name tells it from the service's other limits
     * @param size what may be used at once
     * @param window in which an empty bucket becomes full
     */
    public record Limit(String name, long size, Duration window) {

        /** A bucket that gets so much back each second. */
        public static Limit refilled(String name, long size, long perSecond) {
            return new Limit(name, size, Duration.ofMillis(size * 1000 / perSecond));
        }

        private double perSecond() {
            return size * NANOS / window.toNanos();
        }
    }

    /**
     * What a request takes of one limit.
     *
     * @param limit the limit
     * @param who whose allowance it is, such as a principal's in a subscription
     * @param cost how much
     */
    public record Charge(Limit limit, String who, long cost) {

        public static Charge one(Limit limit, String who) {
            return new Charge(limit, who, 1);
        }

        private String bucket() {
            return limit.name() + " " + who;
        }
    }

    /**
     * A charge for which too little is left.
     *
     * @param charge the charge
     * @param retryAfter in how many seconds there will be enough
     */
    public record Exhausted(Charge charge, long retryAfter) {}

    /** Takes all the charges, or none if one of them is more than what is left; then it is the one that takes longest. */
    public Optional<Exhausted> take(List<Charge> charges) {
        Exhausted worst = null;
        for (Charge charge : charges) {
            worst = later(worst, exhausted(charge));
        }
        if (worst != null && world.settings().throttling) {
            return Optional.of(worst);
        }
        charges.forEach(this::draw);
        return Optional.empty();
    }

    private static @Nullable Exhausted later(@Nullable Exhausted one, @Nullable Exhausted other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.retryAfter() > one.retryAfter() ? other : one;
    }

    private @Nullable Exhausted exhausted(Charge charge) {
        double missing = charge.cost() - available(charge);
        // what the arithmetic of refilling loses is not worth a second
        if (missing <= 1e-6) {
            return null;
        }
        return new Exhausted(
                charge, Math.max(1, (long) Math.ceil(missing / charge.limit().perSecond())));
    }

    private void draw(Charge charge) {
        buckets().put(charge.bucket(), new Bucket(Math.max(0, available(charge) - charge.cost()), world.now()));
    }

    /** What is left of the allowance that a charge is taken from. */
    public long left(Charge charge) {
        return (long) (available(charge) + 1e-6);
    }

    private double available(Charge charge) {
        Limit limit = charge.limit();
        return buckets()
                .find(charge.bucket())
                .map(b -> Math.min((double) limit.size(), b.left() + limit.perSecond() * b.age(world.now())))
                .orElse((double) limit.size());
    }

    private Table<Bucket> buckets() {
        return world.table(Bucket.class);
    }

    /** What was left of an allowance at some time. */
    private record Bucket(double left, Instant at) {
        double age(Instant now) {
            return Duration.between(at, now).toNanos() / NANOS;
        }
    }
}

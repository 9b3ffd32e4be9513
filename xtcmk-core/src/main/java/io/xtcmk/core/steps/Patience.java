package io.xtcmk.core.steps;

import io.xtcmk.TimeSource;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long a run waits for what was done to become visible: as long as the caller said, counted from the run's beginning;
 * otherwise as long as Azure documents, counted from when it was done.
 */
public final class Patience {
    /** Role assignments take up to ten minutes (learn.microsoft.com/azure/role-based-access-control/troubleshooting). */
    public static final Duration GRANT = Duration.ofMinutes(10);

    private static final Duration DIRECTORY = Duration.ofMinutes(2);
    private static final Duration OPENING = Duration.ofMinutes(30);

    private final TimeSource time;
    private final @Nullable Duration asked;
    private final Instant began;

    public Patience(TimeSource time, @Nullable Duration asked) {
        this.time = time;
        this.asked = asked;
        this.began = time.now();
    }

    /** Whether a grant that was made then may not be honoured everywhere yet. */
    static boolean mayBeOnItsWay(Instant made, Instant now) {
        return honouredBy(made, now).isAfter(now);
    }

    /**
     * When a grant is honoured everywhere at the latest. One that is still to come was not made by Azure's clock: it counts
     * as made now, so that nobody waits for longer than Azure may take.
     */
    public static Instant honouredBy(Instant made, Instant now) {
        return (made.isAfter(now) ? now : made).plus(GRANT);
    }

    /** Until when replication within the directory is waited for. */
    Instant directory() {
        return began.plus(asked == null ? DIRECTORY : asked);
    }

    /** Until when databases that are being opened are waited for: that takes minutes to hours. */
    Instant opening() {
        return began.plus(asked == null ? OPENING : asked);
    }

    /** The caller's own role in the vault's data plane: only the caller knows whether it is fresh, and says so. */
    Optional<Waiting> forCallersRole(AzureFailure failure) {
        return failure.is(403, "ForbiddenByRbac")
                ? grant().map(end -> new Waiting("the caller's role on the vault to be honoured", end))
                : Optional.empty();
    }

    /** Until when a grant may still be on its way; empty where none is known to be so fresh. */
    Optional<Instant> grant(@Nullable Instant... since) {
        if (asked != null) {
            return Optional.of(began.plus(asked));
        }
        return Stream.of(since)
                .flatMap(Stream::ofNullable)
                .map(made -> honouredBy(made, began))
                .max(Instant::compareTo)
                .filter(end -> end.isAfter(time.now()));
    }
}

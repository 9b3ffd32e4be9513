package io.xtcmk.testing.sql;

import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Application.FederatedCredential;
import io.xtcmk.testing.world.RevokedRole;
import io.xtcmk.testing.world.RoleAssignment;
import io.xtcmk.testing.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Times at which the way to a key can open or close though nobody does anything: what was done before takes effect. */
final class Moments {
    private Moments() {}

    /** Those after one time and before another, in order. */
    static List<Instant> between(World world, Instant after, Instant before) {
        Duration replication = world.settings().directoryReplication;
        return Stream.of(
                        world.table(RevokedRole.class).all().stream().map(RevokedRole::until),
                        world.roleAssignments().all().stream().map(RoleAssignment::effectiveAt),
                        world.applications().all().stream().flatMap(Moments::of),
                        world.servicePrincipals().all().stream()
                                .map(p -> p.createdAt().plus(replication)))
                .flatMap(moments -> moments)
                .filter(m -> m.isAfter(after) && m.isBefore(before))
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<Instant> of(Application application) {
        return Stream.concat(
                Stream.of(application.visibleAt()),
                application.credentials().stream().map(FederatedCredential::effectiveAt));
    }
}

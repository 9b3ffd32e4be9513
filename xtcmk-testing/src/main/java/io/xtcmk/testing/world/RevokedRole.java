package io.xtcmk.testing.world;

import java.time.Instant;

/**
 * A role assignment that was removed, and until when the services still honour it.
 *
 * @param assignment what was assigned
 * @param until when the removal takes effect
 */
public record RevokedRole(RoleAssignment assignment, Instant until) {

    /** Removes an assignment; its effect ends after the propagation time that is set. */
    public static void revoke(World world, RoleAssignment assignment) {
        world.roleAssignments().remove(assignment.id());
        Instant until = world.after(world.settings().rolePropagation);
        if (until.isAfter(world.now())) {
            world.table(RevokedRole.class).put(assignment.id(), new RevokedRole(assignment, until));
        }
    }
}

package io.xtcmk.testing.world;

import java.util.Locale;
import java.util.UUID;
import java.util.function.Predicate;

/** Who may do what where: role assignments, inherited by all scopes below theirs, once they have become effective. */
public final class Rbac {
    private final World world;

    public Rbac(World world) {
        this.world = world;
    }

    /** Whether a principal may do something in the control plane at a scope. */
    public boolean allows(UUID principal, String action, String scope) {
        return any(principal, scope, role -> role.allows(action));
    }

    /** Whether a principal may do something to data at a scope. */
    public boolean allowsData(UUID principal, String dataAction, String scope) {
        return any(principal, scope, role -> role.allowsData(dataAction));
    }

    private boolean any(UUID principal, String scope, Predicate<Role> allowed) {
        Predicate<RoleAssignment> granting = a -> a.principalId().equals(principal)
                && !a.effectiveAt().isAfter(world.now())
                && isWithin(scope, a.scope())
                && Role.of(a.roleId()).filter(allowed).isPresent();
        return world.roleAssignments().first(granting).isPresent()
                || world.table(RevokedRole.class)
                        .first(r -> r.until().isAfter(world.now()) && granting.test(r.assignment()))
                        .isPresent();
    }

    /** Whether a scope is another one or below it. */
    public static boolean isWithin(String scope, String outer) {
        String inner = scope.toLowerCase(Locale.ROOT);
        String wide = outer.toLowerCase(Locale.ROOT);
        return wide.equals("/") || inner.equals(wide) || inner.startsWith(wide + "/");
    }
}

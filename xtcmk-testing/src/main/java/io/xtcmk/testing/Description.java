package io.xtcmk.testing;

import io.xtcmk.testing.keyvault.Key;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.Role;
import io.xtcmk.testing.world.RoleAssignment;
import io.xtcmk.testing.world.ServicePrincipal;
import io.xtcmk.testing.world.Subscription;
import io.xtcmk.testing.world.Tenant;
import io.xtcmk.testing.world.User;
import io.xtcmk.testing.world.World;
import java.util.UUID;

/** A world in words. */
final class Description {
    private final World world;
    private final StringBuilder text = new StringBuilder();

    private Description(World world) {
        this.world = world;
    }

    static String of(World world) {
        Description description = new Description(world);
        description.line("Azure at " + world.now());
        world.tenants().all().forEach(description::add);
        return description.text.toString();
    }

    private void line(String words) {
        text.append(words).append('\n');
    }

    private void add(Tenant tenant) {
        line("tenant " + tenant.name() + " " + tenant.id());
        world.applications().where(a -> a.tenantId().equals(tenant.id())).forEach(this::add);
        world.servicePrincipals()
                .where(p -> p.tenantId().equals(tenant.id()))
                .forEach(p -> line("  service principal " + p.displayName() + " " + p.id() + ", "
                        + (p.kind() == ServicePrincipal.Kind.ManagedIdentity ? "managed identity" : "application") + " "
                        + p.appId() + (p.enabled() ? "" : ", disabled")));
        world.users()
                .where(u -> u.tenantId().equals(tenant.id()))
                .forEach(u -> line("  user " + u.userPrincipalName() + " " + u.id()));
        world.subscriptions().where(s -> s.tenantId().equals(tenant.id())).forEach(this::add);
    }

    private void add(Application application) {
        line("  application " + application.displayName() + " " + application.appId() + ", "
                + application.signInAudience() + (application.isDeleted() ? ", deleted" : ""));
        application
                .credentials()
                .forEach(c -> line("    federated credential " + c.name() + ": subject " + c.subject() + " of "
                        + c.issuer() + " for " + c.audience()));
        application.passwords().forEach(p -> line("    client secret " + p.keyId() + " until " + p.endsAt()));
    }

    private void add(Subscription subscription) {
        String scope = "/subscriptions/" + subscription.id();
        line("  subscription " + subscription.name() + " " + subscription.id());
        world.resources().where(r -> isBelow(r.id(), scope)).forEach(this::add);
        world.roleAssignments().where(a -> isBelow(a.scope(), scope)).forEach(this::add);
    }

    private static boolean isBelow(String id, String scope) {
        return id.regionMatches(true, 0, scope, 0, scope.length());
    }

    private void add(Resource resource) {
        line("    " + resource.id()
                + Encryption.of(world, resource).map(e -> ": " + e).orElse(""));
        world.table(Key.class)
                .where(k -> k.vaultId().equalsIgnoreCase(resource.id()))
                .forEach(this::add);
    }

    private void add(Key key) {
        line("      key " + key.name() + " version " + key.current().version() + " of "
                + key.versions().size()
                + (key.deletedAt() != null ? ", deleted" : key.current().enabled() ? "" : ", disabled"));
    }

    private void add(RoleAssignment assignment) {
        line("    role " + Role.of(assignment.roleId()).map(Role::displayName).orElse("?") + " for "
                + name(assignment.principalId()) + " on " + assignment.scope()
                + (assignment.effectiveAt().isAfter(world.now()) ? ", from " + assignment.effectiveAt() : ""));
    }

    private String name(UUID principalId) {
        return world.servicePrincipals()
                .find(principalId.toString())
                .map(ServicePrincipal::displayName)
                .or(() -> world.users().find(principalId.toString()).map(User::userPrincipalName))
                .orElse(principalId + " (gone)");
    }
}

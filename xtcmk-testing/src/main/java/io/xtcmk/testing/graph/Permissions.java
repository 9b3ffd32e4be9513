package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.ServicePrincipal;
import io.xtcmk.testing.world.ServicePrincipal.DirectoryRole;
import io.xtcmk.testing.world.World;
import java.util.Set;

/** What the caller may do in its directory, by the roles that its service principal has now. */
final class Permissions {
    /** Any role allows to read; so does owning what is read, which the handlers see to. */
    static final String READ = "directory.read";
    /** Create applications. */
    static final String CREATE = "applications.create";
    /** The handler decides: owners may, too. */
    static final String WRITE = "applications.write";

    private final World world;

    Permissions(World world) {
        this.world = world;
    }

    /** Refuses what the caller's roles do not allow, as far as that can be told before the object is known. */
    void check(Exchange exchange, String needs) {
        Set<DirectoryRole> roles = roles(exchange);
        boolean allowed = switch (needs) {
            case READ -> !roles.isEmpty();
            case CREATE -> mayCreate(exchange);
            default -> true;
        };
        if (!allowed) {
            throw GraphErrors.denied();
        }
    }

    boolean mayCreate(Exchange exchange) {
        return roles(exchange).contains(DirectoryRole.APPLICATION_DEVELOPER) || isAdministrator(exchange);
    }

    boolean isAdministrator(Exchange exchange) {
        return roles(exchange).contains(DirectoryRole.CLOUD_APPLICATION_ADMINISTRATOR);
    }

    boolean owns(Exchange exchange, Application application) {
        return application.tenantId().equals(exchange.caller().tenantId())
                && application.owners().contains(exchange.caller().objectId());
    }

    void checkMayChange(Exchange exchange, Application application) {
        if (!isAdministrator(exchange) && !owns(exchange, application)) {
            throw GraphErrors.denied();
        }
    }

    private Set<DirectoryRole> roles(Exchange exchange) {
        return world.servicePrincipals()
                .find(exchange.caller().objectId().toString())
                .filter(ServicePrincipal::enabled)
                .map(ServicePrincipal::directoryRoles)
                .orElseThrow(Permissions::gone);
    }

    private static AzureError gone() {
        return AzureError.of(
                401,
                "Authorization_IdentityNotFound",
                "The identity of the calling application could not be established.");
    }
}

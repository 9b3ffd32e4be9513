package io.xtcmk.core.steps;

import com.azure.resourcemanager.sql.fluent.models.ServerInner;
import com.azure.resourcemanager.sql.models.AdministratorType;
import com.azure.resourcemanager.sql.models.PrincipalType;
import com.azure.resourcemanager.sql.models.ServerExternalAdministrator;
import io.xtcmk.model.TenantId;
import java.util.UUID;

/** Who administers a server to be made. */
public sealed interface SqlAdministrator {

    /** Writes the administrator into a request to create a server. */
    void applyTo(ServerInner server);

    /**
     * An Entra principal, and nobody by password.
     *
     * @param type {@code User}, {@code Group} or {@code Application}
     * @param login its name
     * @param objectId its id
     * @param tenantId its tenant
     */
    record Entra(String type, String login, UUID objectId, TenantId tenantId) implements SqlAdministrator {
        @Override
        public void applyTo(ServerInner server) {
            server.withAdministrators(new ServerExternalAdministrator()
                    .withAdministratorType(AdministratorType.ACTIVE_DIRECTORY)
                    .withPrincipalType(PrincipalType.fromString(type))
                    .withLogin(login)
                    .withSid(objectId)
                    .withTenantId(tenantId.value())
                    .withAzureADOnlyAuthentication(true));
        }
    }

    /**
     * A login with a password.
     *
     * @param login the login
     * @param password the password
     */
    record Password(String login, String password) implements SqlAdministrator {
        @Override
        public void applyTo(ServerInner server) {
            server.withAdministratorLogin(login).withAdministratorLoginPassword(password);
        }

        @Override
        public String toString() {
            return "Password[login=" + login + "]";
        }
    }
}

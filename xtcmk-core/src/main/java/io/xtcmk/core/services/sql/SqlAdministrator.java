package io.xtcmk.core.services.sql;

import com.azure.resourcemanager.sql.fluent.models.ServerInner;
import com.azure.resourcemanager.sql.models.AdministratorType;
import com.azure.resourcemanager.sql.models.PrincipalType;
import com.azure.resourcemanager.sql.models.ServerExternalAdministrator;
import io.xtcmk.model.Difference;
import io.xtcmk.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who administers a server to be made. */
public sealed interface SqlAdministrator {

    /** Writes the administrator into a request to create a server. */
    void applyTo(ServerInner server);

    /** What a server that is there has otherwise. */
    List<Difference> differences(ServerInner server);

    private static void compare(
            List<Difference> differences, String property, Object expected, @Nullable Object actual) {
        if (!expected.toString().equals(String.valueOf(actual))) {
            differences.add(new Difference(property, expected.toString(), actual == null ? null : actual.toString()));
        }
    }

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

        @Override
        public List<Difference> differences(ServerInner server) {
            ServerExternalAdministrator is =
                    server.administrators() == null ? new ServerExternalAdministrator() : server.administrators();
            List<Difference> differences = new ArrayList<>();
            compare(differences, "administrators.principalType", type, is.principalType());
            compare(differences, "administrators.login", login, is.login());
            compare(differences, "administrators.sid", objectId, is.sid());
            compare(differences, "administrators.tenantId", tenantId, is.tenantId());
            compare(differences, "administrators.azureADOnlyAuthentication", true, is.azureADOnlyAuthentication());
            return differences;
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

        /** The password is nowhere to be read. */
        @Override
        public List<Difference> differences(ServerInner server) {
            List<Difference> differences = new ArrayList<>();
            compare(differences, "administratorLogin", login, server.administratorLogin());
            return differences;
        }

        @Override
        public String toString() {
            return "Password[login=" + login + "]";
        }
    }
}

package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.xtcmk.ResourceEncryption;
import io.xtcmk.TenantConnection;
import io.xtcmk.exception.PermissionMissingException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.testing.FakePrincipal;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The plan's roles suffice for phase 3, and none of them can be missing. */
class PermissionsOfEncryptionTest extends EncryptionScenario {
    private final FederatedApp app = phase1();
    private final AuthorizedKey key = phase2(app);

    @Test
    void storage() {
        assertRoles(connection -> storageOn(connection, app, key), accountId);
    }

    @Test
    void sqlServer() {
        assertRoles(connection -> sqlOn(connection, app, key), serverId);
    }

    /** The group is made beforehand: whoever may make groups may do the rest of it too. */
    private void assertRoles(Function<TenantConnection, ResourceEncryption<?>> definition, String resource) {
        groupIn(contoso, "rg-data");
        Set<RequiredRole> roles = new LinkedHashSet<>();
        definition.apply(provider()).plan().steps().stream()
                .filter(step -> !step.step().equals("resourceGroup"))
                .forEach(step -> roles.addAll(step.roles()));
        roles.removeIf(role -> role.scope().equals(resource));
        assertThat(roles).hasSize(2);

        for (RequiredRole missing : roles) {
            FakePrincipal weak = contoso.newPrincipal("weak");
            roles.stream().filter(r -> !r.equals(missing)).forEach(r -> weak.grant(r.name(), r.scope()));
            PermissionMissingException e = catchThrowableOfType(
                    PermissionMissingException.class,
                    () -> definition.apply(weak.connection()).create());
            assertThat(e).isNotNull();
            assertThat(e.fix()).contains(missing.name());
            assertThat(e.azureAnswer().orElseThrow().code())
                    .isEqualTo(
                            missing.name().equals("Managed Identity Operator")
                                    ? "LinkedAuthorizationFailed"
                                    : "AuthorizationFailed");
        }
        FakePrincipal sufficient = contoso.newPrincipal("sufficient");
        roles.forEach(r -> sufficient.grant(r.name(), r.scope()));
        assertThat(definition.apply(sufficient.connection()).create().federatedClientId())
                .isEqualTo(app.clientId());
    }
}

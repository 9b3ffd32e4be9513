package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.azure.resourcemanager.authorization.fluent.models.RoleDefinitionInner;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import io.xtcmk.testing.world.Role;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Codes from Microsoft's page "Troubleshoot Azure RBAC". */
class RoleAssignmentsTest extends ArmScenario {
    private static final String NAME = new UUID(7, 7).toString();
    private final Someone app = Someone.in(azure, contoso);
    private final String group = subscription + "/resourceGroups/rg";

    private RoleAssignmentInner assign(String scope, String name, UUID principal, PrincipalType type, Role role) {
        return authorization(owner)
                .getRoleAssignments()
                .create(
                        of(scope),
                        name,
                        new RoleAssignmentCreateParameters()
                                .withRoleDefinitionId(subscription
                                        + "/providers/Microsoft.Authorization/roleDefinitions/" + role.id())
                                .withPrincipalId(principal.toString())
                                .withPrincipalType(type));
    }

    private RoleAssignmentInner assign(String scope, String name, Role role) {
        return assign(scope, name, app.objectId(), PrincipalType.SERVICE_PRINCIPAL, role);
    }

    @Test
    void create_answersTheAssignment_andAgainTheSame() {
        RoleAssignmentInner made = assign(group, NAME, Role.READER);
        RoleAssignmentInner again = assign(group, NAME, Role.READER);

        assertThat(made.id()).isEqualTo(group + "/providers/Microsoft.Authorization/roleAssignments/" + NAME);
        assertThat(made.principalType()).isEqualTo(PrincipalType.SERVICE_PRINCIPAL);
        assertThat(made.createdBy()).isNull();
        assertThat(again.id()).isEqualTo(made.id());
        assertThat(again.createdBy()).isEqualTo(owner.objectId().toString());
    }

    /** "Tenant ID, application ID, principal ID, and scope are not allowed to be updated": the condition is. */
    @Test
    void putAgain_changesConditionAndDescription() {
        RoleAssignmentInner made = assign(group, NAME, Role.READER);
        azure.clock().advance(Duration.ofHours(1));
        RoleAssignmentCreateParameters conditional = new RoleAssignmentCreateParameters()
                .withRoleDefinitionId(made.roleDefinitionId())
                .withPrincipalId(made.principalId())
                .withPrincipalType(PrincipalType.SERVICE_PRINCIPAL)
                .withCondition("@Resource[x] StringEquals 'y'")
                .withConditionVersion("2.0")
                .withDescription("for tests");

        authorization(owner).getRoleAssignments().create(of(group), NAME, conditional);

        RoleAssignmentInner is = authorization(owner).getRoleAssignments().get(of(group), NAME);
        assertThat(is.condition()).isEqualTo("@Resource[x] StringEquals 'y'");
        assertThat(is.conditionVersion()).isEqualTo("2.0");
        assertThat(is.description()).isEqualTo("for tests");
        assertThat(is.createdOn()).isEqualTo(made.createdOn());
        assertThat(is.updatedOn()).isAfter(made.updatedOn());
        assertThat(assign(group, NAME, Role.READER).condition()).isNull();
    }

    @Test
    void create_atAKey_isTakenBelowAVaultThatExists() {
        createVault("kv-scope", rbacVault());
        String vault = group + "/providers/Microsoft.KeyVault/vaults/kv-scope";

        assertThat(assign(vault + "/keys/cmk", NAME, Role.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER)
                        .scope())
                .isEqualTo(vault + "/keys/cmk");
        assertRefused(() -> assign(vault + "-not/keys/cmk", NAME, Role.READER), 404, "ResourceNotFound");
        assertRefused(() -> assign(group + "-not", NAME, Role.READER), 404, "ResourceGroupNotFound");
    }

    @Test
    void create_forUnknownPrincipal_isPrincipalNotFound_unlessItsTypeIsGiven() {
        UUID unknown = new UUID(4, 2);

        assertRefused(() -> assign(group, NAME, unknown, null, Role.READER), 400, "PrincipalNotFound")
                .hasMessageContaining(unknown.toString().replace("-", ""))
                .hasMessageContaining(contoso.tenantId().toString());
        assertThat(assign(group, NAME, unknown, PrincipalType.SERVICE_PRINCIPAL, Role.READER)
                        .principalId())
                .isEqualTo(unknown.toString());
    }

    @Test
    void create_forServicePrincipalNotReplicated_isPrincipalNotFound() {
        azure.world().settings().directoryReplication = Duration.ofSeconds(30);

        assertRefused(() -> assign(group, NAME, app.objectId(), null, Role.READER), 400, "PrincipalNotFound");
        azure.clock().advance(Duration.ofSeconds(30));
        assertThat(assign(group, NAME, app.objectId(), null, Role.READER).id()).isNotNull();
    }

    @Test
    void create_asAUser_isUnmatchedPrincipalType() {
        assertRefused(
                () -> assign(group, NAME, app.objectId(), PrincipalType.USER, Role.READER),
                400,
                "UnmatchedPrincipalType");
    }

    @Test
    void create_underAnotherName_isRoleAssignmentExists() {
        assign(group, NAME, Role.READER);

        assertRefused(() -> assign(group, new UUID(8, 8).toString(), Role.READER), 409, "RoleAssignmentExists")
                .hasMessageContaining(NAME.replace("-", ""));
    }

    @Test
    void create_underTheSameNameElsewhere_isUpdateNotPermitted() {
        assign(group, NAME, Role.READER);

        assertRefused(() -> assign(subscription, NAME, Role.READER), 400, "RoleAssignmentUpdateNotPermitted");
        assertRefused(() -> assign(group, NAME, Role.OWNER), 400, "RoleAssignmentUpdateNotPermitted");
    }

    @Test
    void create_ofUnknownRole_isRoleDefinitionDoesNotExist() {
        RoleAssignmentCreateParameters body = new RoleAssignmentCreateParameters()
                .withPrincipalId(app.objectId().toString())
                .withRoleDefinitionId(
                        subscription + "/providers/Microsoft.Authorization/roleDefinitions/" + new UUID(1, 1));

        assertRefused(
                () -> authorization(owner).getRoleAssignments().create(of(group), NAME, body),
                404,
                "RoleDefinitionDoesNotExist");
    }

    @Test
    void create_byAContributor_isAuthorizationFailed() {
        Someone contributor = Someone.in(azure, contoso).granted(Role.CONTRIBUTOR, subscription);
        RoleAssignmentCreateParameters body = new RoleAssignmentCreateParameters()
                .withPrincipalId(app.objectId().toString())
                .withRoleDefinitionId(
                        subscription + "/providers/Microsoft.Authorization/roleDefinitions/" + Role.READER.id());

        assertRefused(
                        () -> authorization(contributor).getRoleAssignments().create(of(group), NAME, body),
                        403,
                        "AuthorizationFailed")
                .hasMessageContaining("Microsoft.Authorization/roleAssignments/write")
                .hasMessageContaining("over scope '" + group + "'");
    }

    @Test
    void assignment_andRemoval_takeEffectAfterPropagation() {
        azure.world().settings().rolePropagation = Duration.ofMinutes(5);
        assign(group, NAME, Role.READER);

        assertThat(get(app, group, "2025-04-01").status()).isEqualTo(403);
        azure.clock().advance(Duration.ofMinutes(5));
        assertThat(get(app, group, "2025-04-01").status()).isEqualTo(200);
        authorization(owner).getRoleAssignments().delete(of(group), NAME);
        assertThat(get(app, group, "2025-04-01").status()).isEqualTo(200);
        azure.clock().advance(Duration.ofMinutes(5));
        assertThat(get(app, group, "2025-04-01").status()).isEqualTo(403);
    }

    @Test
    void delete_twice_isTaken() {
        assign(group, NAME, Role.READER);

        assertThat(authorization(owner)
                        .getRoleAssignments()
                        .delete(of(group), NAME)
                        .id())
                .endsWith(NAME);
        assertThat(authorization(owner)
                        .getRoleAssignments()
                        .deleteWithResponse(of(group), NAME, null, Context.NONE)
                        .getStatusCode())
                .isEqualTo(204);
        assertRefused(
                () -> authorization(owner).getRoleAssignments().get(of(group), NAME), 404, "RoleAssignmentNotFound");
    }

    @Test
    void list_atScope_showsItAndAbove_otherwiseBelowToo() {
        assign(group, NAME, Role.READER);
        assign(subscription, new UUID(9, 9).toString(), Role.READER);
        // The client takes a filter as already escaped.
        String mine = "principalId%20eq%20'" + app.objectId() + "'";

        assertThat(authorization(owner)
                        .getRoleAssignments()
                        .listForScope(of(subscription), "atScope()%20and%20" + mine, null, null, Context.NONE))
                .hasSize(1);
        assertThat(authorization(owner)
                        .getRoleAssignments()
                        .listForScope(of(subscription), mine, null, null, Context.NONE))
                .hasSize(2);
        assertThat(authorization(owner)
                        .getRoleAssignments()
                        .listForScope(of(group), "assignedTo('" + app.objectId() + "')", null, null, Context.NONE))
                .hasSize(2);
    }

    @Test
    void roleDefinitions_areFoundByNameAndId() {
        String name = Role.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER.displayName();
        RoleDefinitionInner byName = authorization(owner)
                .getRoleDefinitions()
                .list(of(group), "roleName eq '" + name + "'", Context.NONE)
                .iterator()
                .next();
        RoleDefinitionInner byId = authorization(owner)
                .getRoleDefinitions()
                .get(
                        of(subscription),
                        Role.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER.id().toString());

        assertThat(byName.roleName()).isEqualTo(name);
        assertThat(byName.description()).isNotBlank();
        assertThat(byName.permissions().get(0).dataActions())
                .containsExactly(
                        "Microsoft.KeyVault/vaults/keys/read",
                        "Microsoft.KeyVault/vaults/keys/wrap/action",
                        "Microsoft.KeyVault/vaults/keys/unwrap/action");
        assertThat(byId.id()).isEqualTo(byName.id());
        assertRefused(
                () -> authorization(owner).getRoleDefinitions().get(of(subscription), new UUID(1, 1).toString()),
                404,
                "RoleDefinitionDoesNotExist");
    }
}

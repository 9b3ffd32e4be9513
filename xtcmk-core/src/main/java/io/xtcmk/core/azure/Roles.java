package io.xtcmk.core.azure;

import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.AuthorizationManager;
import com.azure.resourcemanager.authorization.fluent.RoleAssignmentsClient;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import io.xtcmk.core.azure.Shape.Kind;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Role assignments at any scope. */
public final class Roles {
    private static final Shape ASSIGNMENT = Shape.OBJECT
            .must("id", Kind.TEXT)
            .must("properties.scope", Kind.TEXT)
            .must("properties.roleDefinitionId", Kind.TEXT)
            .may("properties.condition", Kind.TEXT)
            .may("properties.createdOn", Kind.TIME);

    private final RoleAssignmentsClient client;
    private final Arm arm;

    Roles(Arm arm) {
        this.arm = arm;
        this.client = AuthorizationManager.authenticate(arm.pipeline(), arm.profile())
                .roleServiceClient()
                .getRoleAssignments();
    }

    /** PUT under a name. */
    public RoleAssignmentInner assign(String scope, UUID name, RoleAssignmentCreateParameters parameters) {
        Shape made = ASSIGNMENT
                .must("properties.scope", Kind.same(scope))
                .must("properties.roleDefinitionId", Kind.same(parameters.roleDefinitionId()))
                .must("properties.principalId", Kind.same(parameters.principalId()));
        return arm.call(
                made,
                () -> client.createWithResponse(path(scope), name.toString(), parameters, Context.NONE)
                        .getValue());
    }

    /** The assignments of a principal that bear on a scope: at it, above it or below it. */
    public List<RoleAssignmentInner> assignments(String scope, UUID principalId) {
        String filter = Urls.queryValue("principalId eq '" + principalId + "'");
        Shape page = ASSIGNMENT
                .must("properties.principalId", Kind.same(principalId))
                .page();
        return arm.call(
                page,
                () -> client.listForScope(path(scope), filter, null, null, Context.NONE).stream()
                        .toList());
    }

    /** GET by name. */
    public Optional<RoleAssignmentInner> find(String scope, UUID name) {
        return Look.optional(() -> arm.call(
                ASSIGNMENT,
                () -> client.getWithResponse(path(scope), name.toString(), null, Context.NONE)
                        .getValue()));
    }

    /** As the client takes it: escaped, and without the slash that it puts before it. */
    private static String path(String scope) {
        return Urls.path(scope.startsWith("/") ? scope.substring(1) : scope);
    }
}

package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.xtcmk.Definition;
import io.xtcmk.KeyAuthorization.KeyPlane;
import io.xtcmk.KeyAuthorization.RoleScope;
import io.xtcmk.TenantConnection;
import io.xtcmk.exception.ConsentRequiredException;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.PermissionMissingException;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.Plan;
import io.xtcmk.model.PlannedStep;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.RequiredRole.Kind;
import io.xtcmk.model.StepOutcome;
import io.xtcmk.model.StepOutcome.Change;
import io.xtcmk.testing.FakePrincipal;
import io.xtcmk.testing.FakeTenant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The roles that a plan names are enough, and each of them is needed. */
class PermissionsTest extends Scenario {

    /** The roles of all steps of a plan. */
    private static Set<RequiredRole> roles(Plan plan) {
        return plan.steps().stream()
                .flatMap(s -> s.roles().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Somebody with these roles and no other. */
    private static TenantConnection whoHas(FakeTenant tenant, Set<RequiredRole> roles) {
        String[] directory = roles.stream()
                .filter(r -> r.kind() == Kind.ENTRA)
                .map(RequiredRole::name)
                .toArray(String[]::new);
        FakePrincipal principal = tenant.newPrincipal("least-privileged", directory);
        roles.stream().filter(r -> r.kind() == Kind.AZURE).forEach(r -> principal.grant(r.name(), r.scope()));
        return principal.connection();
    }

    /** The first step of a plan, in its order, that needs a role. */
    private static Set<String> stepsThatNeed(Plan plan, RequiredRole role) {
        return plan.steps().stream()
                .filter(s -> s.roles().contains(role))
                .map(PlannedStep::step)
                .collect(Collectors.toSet());
    }

    private static void assertRefused(CrossTenantCmkException refused, Plan plan, RequiredRole taken) {
        assertThat(refused).isInstanceOfAny(PermissionMissingException.class, ConsentRequiredException.class);
        // Whether a group is there is seen by a look at what is in it.
        assertThat(stepsThatNeed(plan, taken).contains(refused.step())
                        || refused.step().equals("resourceGroup"))
                .as(refused.step())
                .isTrue();
        assertThat(refused.fix()).contains(taken.name());
        assertThat(refused.azureAnswer().orElseThrow().status()).isEqualTo(403);
    }

    @Test
    void phase1_planNamesAllRolesThatItNeeds() {
        Plan plan = phase1On(provider()).plan();

        FederatedApp app = phase1On(whoHas(contoso, roles(plan))).createFederatedApp();

        assertThat(app.outcomes()).extracting(StepOutcome::change).containsOnly(Change.CREATED);
        assertThat(phase1On(whoHas(contoso, roles(plan))).plan().hasChanges()).isFalse();
    }

    @Test
    void phase1_resourceGroupIsThere_needsNothingOnTheSubscription() {
        armPut(
                contoso,
                subscription(contoso) + "/resourceGroups/rg-identities",
                "2025-04-01",
                object("location", "westeurope"));
        Set<RequiredRole> roles = roles(phase1On(provider()).plan());
        roles.removeIf(r -> r.name().equals("Contributor"));

        FederatedApp app = phase1On(whoHas(contoso, roles)).createFederatedApp();

        assertThat(changeByStep(app.outcomes())).containsEntry("resourceGroup", Change.UNCHANGED);
    }

    /** Contributor on the subscription, for the group, covers the identity too: so the group is made beforehand. */
    @TestFactory
    Stream<DynamicTest> phase1_withoutOneRole_stopsAtItsStep() {
        armPut(
                contoso,
                subscription(contoso) + "/resourceGroups/rg-identities",
                "2025-04-01",
                object("location", "westeurope"));
        Plan plan = phase1On(provider()).plan();
        return needed(plan)
                .map(taken -> DynamicTest.dynamicTest("without " + taken, () -> {
                    TenantConnection connection = whoHas(contoso, without(needed(plan), taken));

                    assertRefused(
                            catchThrowableOfType(
                                    CrossTenantCmkException.class,
                                    () -> phase1On(connection).createFederatedApp()),
                            plan,
                            taken);
                }));
    }

    @Test
    void phase1_withoutContributor_stopsAtTheResourceGroup() {
        Plan plan = phase1On(provider()).plan();
        Set<RequiredRole> roles = roles(plan);
        roles.removeIf(r -> r.name().equals("Contributor"));

        CrossTenantCmkException refused = catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> phase1On(whoHas(contoso, roles)).createFederatedApp());

        assertThat(refused).isInstanceOf(PermissionMissingException.class);
        assertThat(refused.step()).isEqualTo("resourceGroup");
    }

    /** Without those that another, wider one covers: on the subscription for the group, on the vault for the key. */
    private static Stream<RequiredRole> needed(Plan plan) {
        return roles(plan).stream()
                .filter(r -> !r.name().equals("Contributor"))
                .filter(r ->
                        !r.name().equals("Key Vault Contributor") || !r.scope().contains("/vaults/"));
    }

    private static Set<RequiredRole> without(Stream<RequiredRole> roles, RequiredRole taken) {
        return roles.filter(r -> !r.equals(taken)).collect(Collectors.toSet());
    }

    private void keysGroupIsThere() {
        armPut(
                fabrikam,
                subscription(fabrikam) + "/resourceGroups/rg-keys",
                "2025-04-01",
                object("location", "westeurope"));
    }

    @Test
    void phase2_planNamesAllRolesThatItNeeds() {
        ClientId application = phase1().clientId();
        Plan plan = phase2On(customer(), application).plan();

        List<StepOutcome> outcomes =
                phase2On(whoHas(fabrikam, roles(plan)), application).authorize().outcomes();

        assertThat(outcomes).extracting(StepOutcome::change).containsOnly(Change.CREATED);
        assertThat(phase2On(whoHas(fabrikam, roles(plan)), application).plan().hasChanges())
                .isFalse();
    }

    @Test
    void phase2_onTheDataPlaneAndTheVault_planNamesAllRolesThatItNeeds() {
        ClientId application = phase1().clientId();
        Plan plan = phase2On(customer(), application)
                .keyPlane(KeyPlane.DATA)
                .roleScope(RoleScope.VAULT)
                .plan();

        List<StepOutcome> outcomes = phase2On(whoHas(fabrikam, roles(plan)), application)
                .keyPlane(KeyPlane.DATA)
                .roleScope(RoleScope.VAULT)
                .authorize()
                .outcomes();

        assertThat(outcomes).extracting(StepOutcome::change).containsOnly(Change.CREATED);
    }

    @Test
    void phase2_withoutContributor_stopsAtTheResourceGroup() {
        ClientId application = phase1().clientId();
        Set<RequiredRole> roles = roles(phase2On(customer(), application).plan());
        roles.removeIf(r -> r.name().equals("Contributor"));

        CrossTenantCmkException refused = catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> phase2On(whoHas(fabrikam, roles), application).authorize());

        assertThat(refused).isInstanceOf(PermissionMissingException.class);
        assertThat(refused.step()).isEqualTo("resourceGroup");
    }

    /** Key Vault Contributor on the group covers the key in its vault; the two are taken away one at a time. */
    @TestFactory
    Stream<DynamicTest> phase2_withoutOneRole_stopsAtItsStep() {
        keysGroupIsThere();
        ClientId application = phase1().clientId();
        Plan plan = phase2On(customer(), application).plan();
        return needed(plan)
                .map(taken -> DynamicTest.dynamicTest("without " + taken, () -> {
                    TenantConnection connection = whoHas(fabrikam, without(needed(plan), taken));

                    assertRefused(
                            catchThrowableOfType(
                                    CrossTenantCmkException.class,
                                    () -> phase2On(connection, application).authorize()),
                            plan,
                            taken);
                }));
    }

    @TestFactory
    Stream<DynamicTest> withoutAnyRole_evenAPlanIsRefused() {
        ClientId application = phase1().clientId();
        return Stream.of(
                refusedPlan("phase 1", phase1On(whoHas(contoso, Set.of()))),
                refusedPlan("phase 2", phase2On(whoHas(fabrikam, Set.of()), application)));
    }

    private static DynamicTest refusedPlan(String name, Definition<?> definition) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertThat(catchThrowableOfType(CrossTenantCmkException.class, definition::plan))
                        .isInstanceOfAny(PermissionMissingException.class, ConsentRequiredException.class));
    }
}

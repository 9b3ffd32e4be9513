package io.xtcmk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.PlannedStep.Action;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
    private static final TenantId TENANT = TenantId.of("11111111-1111-4111-8111-111111111111");

    @ParameterizedTest
    @CsvSource({"CREATE, true, false", "UPDATE, true, false", "NONE, false, false", "CONFLICT, false, true"})
    void plan_ofOneStep_saysWhetherItChangesOrConflicts(Action action, boolean changes, boolean conflicts) {
        Plan plan = new Plan(List.of(step(action, "kv")));
        assertThat(plan.hasChanges()).isEqualTo(changes);
        assertThat(plan.hasConflicts()).isEqualTo(conflicts);
    }

    @Test
    void plan_asText_isALineAStep_withDifferencesAndRoles() {
        PlannedStep conflict = new PlannedStep(
                "key",
                TENANT,
                "cmk",
                Action.CONFLICT,
                List.of(new Difference("kty", "RSA", "EC"), new Difference("enabled", "true", null)),
                List.of(
                        new RequiredRole(RequiredRole.Kind.AZURE, "Key Vault Contributor", "x", "/subscriptions/s"),
                        new RequiredRole(RequiredRole.Kind.ENTRA, "Cloud Application Administrator", null, "/"),
                        new RequiredRole(RequiredRole.Kind.ENTRA, "Owner", null, "/applications/a")));
        assertThat(new Plan(List.of(step(Action.CREATE, "kv"), conflict))
                        .toString()
                        .lines())
                .containsExactly(
                        "CREATE   keyVault kv in tenant " + TENANT,
                        "CONFLICT key cmk in tenant " + TENANT,
                        "           kty is EC, expected RSA",
                        "           enabled is not set, expected true",
                        "           needs Key Vault Contributor (Azure, on /subscriptions/s)",
                        "           needs Cloud Application Administrator (Entra)",
                        "           needs Owner (Entra, on /applications/a)");
    }

    @Test
    void role_hasADefinitionInAzureOnly() {
        assertThat(new RequiredRole(RequiredRole.Kind.AZURE, "Reader", "acdd72a7", "/").definitionId())
                .contains("acdd72a7");
        assertThat(new RequiredRole(RequiredRole.Kind.ENTRA, "Owner", null, "/").definitionId())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\u0085", "\u2028", "\u001b[2J", "\u202e", "\u009b"})
    void texts_stayOnOneLine(String evil) {
        assertThat(step(Action.CREATE, "kv" + evil + "x").toString()).doesNotContain(evil.substring(0, 1));
        assertThat(new Difference("p", "a", "b" + evil + "x").toString()).doesNotContain(evil.substring(0, 1));
        assertThat(new RequiredRole(RequiredRole.Kind.AZURE, "r", null, "/" + evil + "x").toString())
                .doesNotContain(evil.substring(0, 1));
        assertThat(new StepOutcome("s", TENANT, "r" + evil, StepOutcome.Change.CREATED, Duration.ZERO).toString())
                .doesNotContain(evil.substring(0, 1));
    }

    @Test
    void stepOutcome_asText() {
        assertThat(new StepOutcome("key", TENANT, "cmk", StepOutcome.Change.UPDATED, Duration.ofSeconds(3)))
                .hasToString("key cmk: UPDATED (PT3S)");
    }

    @Test
    void steps_areCopied() {
        List<PlannedStep> steps = new java.util.ArrayList<>(List.of(step(Action.NONE, "kv")));
        Plan plan = new Plan(steps);
        steps.clear();
        assertThat(plan.steps()).hasSize(1).isUnmodifiable();
    }

    @Test
    void badParts_areRefusedByName() {
        refused("steps", () -> new Plan(null));
        refused("steps", () -> new Plan(Arrays.asList((PlannedStep) null)));
        refused("step", () -> new PlannedStep(" ", TENANT, "r", Action.NONE, List.of(), List.of()));
        refused("tenantId", () -> new PlannedStep("s", null, "r", Action.NONE, List.of(), List.of()));
        refused("resource", () -> new PlannedStep("s", TENANT, null, Action.NONE, List.of(), List.of()));
        refused("action", () -> new PlannedStep("s", TENANT, "r", null, List.of(), List.of()));
        refused("differences", () -> new PlannedStep("s", TENANT, "r", Action.NONE, null, List.of()));
        refused("roles", () -> new PlannedStep("s", TENANT, "r", Action.NONE, List.of(), null));
        refused("kind", () -> new RequiredRole(null, "n", null, "/"));
        refused("name", () -> new RequiredRole(RequiredRole.Kind.AZURE, "", null, "/"));
        refused("scope", () -> new RequiredRole(RequiredRole.Kind.AZURE, "n", null, null));
        refused("property", () -> new Difference(null, "a", "b"));
        refused("expected", () -> new Difference("p", null, "b"));
        refused("took", () -> new StepOutcome("s", TENANT, "r", StepOutcome.Change.CREATED, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -2048, 0, 1024, 2047, 3073, 8192, Integer.MAX_VALUE})
    void keySpec_ofAnotherSize_isRefused(int bits) {
        refused("bits", () -> KeySpec.rsa(bits));
        refused("bits", () -> KeySpec.rsaHsm(bits));
    }

    @ParameterizedTest
    @ValueSource(ints = {2048, 3072, 4096})
    void keySpec_ofEachSize_namesItsType(int bits) {
        assertThat(KeySpec.rsa(bits)).hasToString("RSA " + bits).isEqualTo(new KeySpec(bits, false));
        assertThat(KeySpec.rsaHsm(bits)).hasToString("RSA-HSM " + bits).isEqualTo(new KeySpec(bits, true));
    }

    private static PlannedStep step(Action action, String resource) {
        return new PlannedStep("keyVault", TENANT, resource, action, List.of(), List.of());
    }

    private static void refused(String argument, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.argument()).isEqualTo(argument));
    }
}

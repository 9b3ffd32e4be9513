package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.test.http.MockHttpResponse;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.KeyAuthorization;
import io.xtcmk.KeyAuthorization.KeyPlane;
import io.xtcmk.KeyAuthorization.RoleScope;
import io.xtcmk.KeyRotation;
import io.xtcmk.TenantConnection;
import io.xtcmk.exception.ConsentRequiredException;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.exception.PermissionMissingException;
import io.xtcmk.exception.PropagationTimeoutException;
import io.xtcmk.exception.ResourceConflictException;
import io.xtcmk.exception.ResourceMissingException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.Difference;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.KeySpec;
import io.xtcmk.model.Plan;
import io.xtcmk.model.PlannedStep;
import io.xtcmk.model.PlannedStep.Action;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.StepOutcome;
import io.xtcmk.model.StepOutcome.Change;
import io.xtcmk.testing.FakePrincipal;
import io.xtcmk.testing.FakeTenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** Phase 2: the service principal beside vault and key, and the role that joins them; and rotation. */
class KeyAuthorizationTest extends Scenario {
    private static final String ROLE = "Key Vault Crypto Service Encryption User";
    private static final String OFFICER = "Key Vault Crypto Officer";
    private static final String ROLE_ID = "e147488a-f6f5-4113-8e2d-b22465e65bf6";
    private static final String ASSIGNMENTS = "/providers/Microsoft.Authorization/roleAssignments";

    private String group() {
        return subscription(fabrikam) + "/resourceGroups/rg-keys";
    }

    private String vault() {
        return group() + "/providers/Microsoft.KeyVault/vaults/kv-fabrikam";
    }

    private String key() {
        return vault() + "/keys/contoso-cmk";
    }

    private KeyAuthorization authorization(FederatedApp app) {
        return phase2On(customer(), app.clientId());
    }

    private void groupIsThere() {
        armPut(fabrikam, group(), "2025-04-01", object("location", "westeurope"));
    }

    /** A vault as the portal makes it, except for what is given. */
    private Reply vaultIsThere(Object... more) {
        return vaultIsThereIn(fabrikam, vault(), more);
    }

    private Reply vaultIsThereIn(FakeTenant tenant, String id, Object... more) {
        armPut(tenant, id.substring(0, id.indexOf("/providers/")), "2025-04-01", object("location", "westeurope"));
        Map<String, Object> properties = object(
                "tenantId",
                tenant.tenantId().toString(),
                "sku",
                object("family", "A", "name", "standard"),
                "accessPolicies",
                List.of(),
                "enableRbacAuthorization",
                true,
                "enablePurgeProtection",
                true);
        object(more).forEach((name, value) -> {
            if (value == null) {
                properties.remove(name);
            } else {
                properties.put(name, value);
            }
        });
        Reply made = armPut(tenant, id, "2023-07-01", object("location", "westeurope", "properties", properties));
        assertThat(made.status()).as(made.text()).isIn(200, 201);
        return made;
    }

    private Reply keyIsThere(Object... more) {
        Map<String, Object> properties = object("kty", "RSA", "keySize", 2048);
        properties.putAll(object(more));
        Reply made = armPut(fabrikam, key(), "2023-07-01", object("properties", properties));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made;
    }

    private int versions() {
        return arm(fabrikam, key() + "/versions", "2023-07-01").list("value").size();
    }

    private Reply assignmentsAt(String scope) {
        return rest(
                fabrikam,
                "GET",
                "https://management.azure.com" + scope + ASSIGNMENTS + "?api-version=2022-04-01&$filter="
                        + encoded("atScope()"),
                null);
    }

    /** The scopes at which the application has its role, as Resource Manager lists what holds at the key. */
    private List<String> grantedScopes(AuthorizedKey key) {
        return assignmentsAt(key()).list("value").stream()
                .map(a -> (Map<?, ?>) ((Map<?, ?>) a).get("properties"))
                .filter(p -> String.valueOf(p.get("principalId")).equals(String.valueOf(key.servicePrincipalId())))
                .filter(p -> String.valueOf(p.get("roleDefinitionId")).endsWith(ROLE_ID))
                .map(p -> String.valueOf(p.get("scope")))
                .toList();
    }

    @Test
    void fromNothing_makesAll() {
        FederatedApp app = phase1();

        AuthorizedKey key = phase2(app);

        assertThat(changes(key.outcomes()))
                .containsExactlyInAnyOrder(
                        "servicePrincipal CREATED",
                        "resourceGroup CREATED",
                        "keyVault CREATED",
                        "key CREATED",
                        "roleAssignment CREATED");
        Reply vault = arm(fabrikam, vault(), "2023-07-01");
        assertThat(vault.at("properties.enableRbacAuthorization")).isEqualTo(true);
        assertThat(vault.at("properties.enablePurgeProtection")).isEqualTo(true);
        assertThat(vault.at("properties.softDeleteRetentionInDays")).isEqualTo(90);
        assertThat(vault.at("properties.tenantId"))
                .isEqualTo(fabrikam.tenantId().toString());
        assertThat(vault.at("properties.sku.name")).isEqualTo("standard");
        Reply made = arm(fabrikam, key(), "2023-07-01");
        assertThat(made.at("properties.kty")).isEqualTo("RSA");
        assertThat(made.at("properties.keySize")).isEqualTo(3072);
        assertThat(made.list("properties.keyOps")).isEqualTo(List.of("wrapKey", "unwrapKey"));
    }

    @Test
    void result_tellsAllThatTheProviderNeedsAndNoMore() {
        FederatedApp app = phase1();

        AuthorizedKey key = phase2(app);

        assertThat(key.tenantId()).isEqualTo(fabrikam.tenantId());
        assertThat(key.clientId()).isEqualTo(app.clientId());
        assertThat(key.key()).hasToString("https://kv-fabrikam.vault.azure.net/keys/contoso-cmk");
        assertThat(key.vaultId()).isEqualTo(ResourceId.of(vault()));
        assertThat(key.servicePrincipalId())
                .isEqualTo(fabrikam.servicePrincipalOf(app.clientId()).orElseThrow());
        assertThat(key.grantedAt()).isEqualTo(azure.clock().now());
        assertThat(arm(fabrikam, String.valueOf(key.roleAssignmentId()), "2022-04-01")
                        .status())
                .isEqualTo(200);
        assertThat(key.outcomes()).extracting(StepOutcome::tenantId).containsOnly(fabrikam.tenantId());
    }

    @Test
    void repeated_changesNothing() {
        FederatedApp app = phase1();
        AuthorizedKey first = phase2(app);
        azure.clock().advance(Duration.ofHours(3));
        azure.clearCalls();

        AuthorizedKey second = phase2(app);

        assertThat(second.outcomes()).extracting(StepOutcome::change).containsOnly(Change.UNCHANGED);
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(second.servicePrincipalId()).isEqualTo(first.servicePrincipalId());
        assertThat(second.roleAssignmentId()).isEqualTo(first.roleAssignmentId());
        assertThat(second.grantedAt()).isEqualTo(first.grantedAt());
        assertThat(versions()).isEqualTo(1);
        // Installing is an upsert, which Graph answers with 204 where nothing is to do; all else is read.
        assertThat(writes()).extracting(c -> c.method() + " " + c.status()).containsExactly("PATCH 204");
    }

    @Test
    void roleIsGrantedOnTheKeyAlone() {
        AuthorizedKey key = phase2(phase1());

        assertThat(grantedScopes(key)).containsExactly(key());
        assertThat(assignmentsAt(vault()).text()).doesNotContain(ROLE_ID);
    }

    @Test
    void roleIsGrantedOnTheVault_byChoice() {
        AuthorizedKey key = authorization(phase1()).roleScope(RoleScope.VAULT).authorize();

        assertThat(grantedScopes(key)).containsExactly(vault());
    }

    @Test
    void equalAssignmentUnderAnotherName_isAdopted() {
        FederatedApp app = phase1();
        AuthorizedKey first = phase2(app);
        rest(
                fabrikam,
                "DELETE",
                "https://management.azure.com" + first.roleAssignmentId() + "?api-version=2022-04-01",
                null);
        fabrikam.grant(first.servicePrincipalId().value(), ROLE, key());

        AuthorizedKey second = phase2(app);

        assertThat(changeByStep(second.outcomes())).containsEntry("roleAssignment", Change.UNCHANGED);
        assertThat(second.roleAssignmentId()).isNotEqualTo(first.roleAssignmentId());
        assertThat(grantedScopes(second)).hasSize(1);
    }

    /** A role that holds on the whole vault is enough, but it is not the one that was asked for. */
    @Test
    void roleOnTheVault_doesNotStandForTheKeys() {
        FederatedApp app = phase1();
        AuthorizedKey wide = authorization(app).roleScope(RoleScope.VAULT).authorize();

        AuthorizedKey narrow = phase2(app);

        assertThat(changeByStep(narrow.outcomes())).containsEntry("roleAssignment", Change.CREATED);
        assertThat(grantedScopes(wide)).containsExactlyInAnyOrder(vault(), key());
    }

    @Test
    void vaultAndKeyOfThePortal_areAdopted() {
        vaultIsThere();
        keyIsThere();

        AuthorizedKey key = phase2(phase1());

        assertThat(changeByStep(key.outcomes()))
                .containsEntry("resourceGroup", Change.UNCHANGED)
                .containsEntry("keyVault", Change.UNCHANGED)
                .containsEntry("key", Change.UNCHANGED)
                .containsEntry("roleAssignment", Change.CREATED);
        assertThat(arm(fabrikam, key(), "2023-07-01").at("properties.keySize")).isEqualTo(2048);
        assertThat(versions()).isEqualTo(1);
    }

    @Test
    void vaultByResourceId_isAdopted() {
        vaultIsThere();

        AuthorizedKey key = byResourceId(phase1()).authorize();

        assertThat(changeByStep(key.outcomes()))
                .doesNotContainKey("resourceGroup")
                .containsEntry("keyVault", Change.UNCHANGED)
                .containsEntry("key", Change.CREATED);
    }

    @Test
    void vaultByResourceId_mustBeThere() {
        KeyAuthorization definition = byResourceId(phase1());

        assertThat(step(definition.plan(), "keyVault").action()).isEqualTo(Action.CONFLICT);
        ResourceMissingException refused = catchThrowableOfType(ResourceMissingException.class, definition::authorize);

        assertThat(refused.step()).isEqualTo("keyVault");
        assertThat(refused).hasMessageContaining("It is not there");
        assertThat(refused.fix()).contains("region");
        assertThat(arm(fabrikam, group(), "2025-04-01").status()).isEqualTo(404);
    }

    private KeyAuthorization byResourceId(FederatedApp app) {
        return CrossTenantCmk.customer(customer())
                .application(app.clientId())
                .keyVault(ResourceId.of(vault()))
                .key("contoso-cmk");
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Unfit(String property, @Nullable String actual, String fix, Object[] made) {}

    private static Named<Unfit> unfit(
            String name, String property, @Nullable String actual, String fix, Object... made) {
        return Named.of(name, new Unfit(property, actual, fix, made));
    }

    static Stream<Named<Unfit>> unfitVaults() {
        return Stream.of(
                unfit(
                        "no purge protection",
                        "enablePurgeProtection",
                        null,
                        "--enable-purge-protection",
                        "enablePurgeProtection",
                        null),
                unfit(
                        "access policies",
                        "enableRbacAuthorization",
                        "false",
                        "--enable-rbac-authorization",
                        "enableRbacAuthorization",
                        false));
    }

    @ParameterizedTest
    @MethodSource("unfitVaults")
    void unfitVault_isAConflictThatSaysWhatToChange(Unfit unfit) {
        vaultIsThere(unfit.made());
        FederatedApp app = phase1();

        ResourceConflictException refused = catchThrowableOfType(ResourceConflictException.class, () -> phase2(app));

        assertThat(refused.step()).isEqualTo("keyVault");
        assertThat(refused.differences()).containsExactly(new Difference(unfit.property(), "true", unfit.actual()));
        assertThat(refused.fix()).contains(unfit.fix());
        assertThat(refused.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(refused).hasMessageContaining(unfit.property());
        Plan plan = authorization(app).plan();
        assertThat(step(plan, "keyVault").action()).isEqualTo(Action.CONFLICT);
        assertThat(step(plan, "keyVault").differences()).isEqualTo(refused.differences());
    }

    /** A subscription that moved to another directory takes its vaults along, and they go on trusting the old tenant. */
    @Test
    void vaultOfAnotherTenant_isAConflict() {
        UUID old = UUID.randomUUID();
        vaultIsThere();
        FederatedApp app = phase1();
        HttpPipelinePolicy moved = new HttpPipelinePolicy() {
            @Override
            public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
                return next.process().map(this::told);
            }

            @Override
            public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
                return told(next.processSync());
            }

            private HttpResponse told(HttpResponse response) {
                if (!response.getRequest().getUrl().getPath().endsWith("/vaults/kv-fabrikam")) {
                    return response;
                }
                String body = response.getBodyAsBinaryData().toString();
                return new MockHttpResponse(
                        response.getRequest(),
                        response.getStatusCode(),
                        response.getHeaders(),
                        body.replace(fabrikam.tenantId().toString(), old.toString())
                                .getBytes(StandardCharsets.UTF_8));
            }
        };
        TenantConnection wired = customer();
        TenantConnection connection = TenantConnection.builder()
                .tenantId(wired.tenantId())
                .subscriptionId(wired.subscriptionId())
                .credential(wired.credential())
                .httpClient(wired.httpClient().orElseThrow())
                .timeSource(wired.timeSource())
                .executor(wired.executor().orElseThrow())
                .addPolicy(moved)
                .build();

        ResourceConflictException refused = catchThrowableOfType(
                ResourceConflictException.class,
                () -> phase2On(connection, app.clientId()).authorize());

        assertThat(refused.differences())
                .containsExactly(new Difference("tenantId", fabrikam.tenantId().toString(), old.toString()));
    }

    @Test
    void standardVaultForHsmKey_isAConflict() {
        vaultIsThere();
        FederatedApp app = phase1();

        ResourceConflictException refused = catchThrowableOfType(
                ResourceConflictException.class,
                () -> authorization(app)
                        .key("contoso-cmk", KeySpec.rsaHsm(2048))
                        .authorize());

        assertThat(refused.differences()).containsExactly(new Difference("sku.name", "premium", "standard"));
    }

    @Test
    void hsmKey_makesAPremiumVault() {
        AuthorizedKey key =
                authorization(phase1()).key("contoso-cmk", KeySpec.rsaHsm(2048)).authorize();

        assertThat(arm(fabrikam, vault(), "2023-07-01").at("properties.sku.name"))
                .isEqualTo("premium");
        assertThat(arm(fabrikam, key(), "2023-07-01").at("properties.kty")).isEqualTo("RSA-HSM");
        assertThat(key.key().isManagedHsm()).isFalse();
    }

    @Test
    void retention_isAsAsked() {
        authorization(phase1()).softDeleteRetention(7).authorize();

        assertThat(arm(fabrikam, vault(), "2023-07-01").at("properties.softDeleteRetentionInDays"))
                .isEqualTo(7);
    }

    /** The fake's clock begins in 2026. */
    static Stream<Named<Unfit>> unfitKeys() {
        long past = Instant.parse("2025-06-01T00:00:00Z").getEpochSecond();
        long future = Instant.parse("2027-06-01T00:00:00Z").getEpochSecond();
        return Stream.of(
                unfit("EC", "kty", "EC", "RSA", "kty", "EC", "curveName", "P-256"),
                unfit("disabled", "attributes.enabled", "false", "enable", "attributes", object("enabled", false)),
                unfit(
                        "expired",
                        "attributes.exp",
                        "2025-06-01T00:00:00Z",
                        "not expired",
                        "attributes",
                        object("exp", past)),
                unfit(
                        "not yet valid",
                        "attributes.nbf",
                        "2027-06-01T00:00:00Z",
                        "valid",
                        "attributes",
                        object("nbf", future)),
                unfit("only signs", "keyOps", "[sign, verify]", "wrapKey", "keyOps", List.of("sign", "verify")));
    }

    @ParameterizedTest
    @MethodSource("unfitKeys")
    void unfitKey_isAConflictThatSaysWhatToChange(Unfit unfit) {
        vaultIsThere();
        keyIsThere(unfit.made());
        FederatedApp app = phase1();

        ResourceConflictException refused = catchThrowableOfType(ResourceConflictException.class, () -> phase2(app));

        assertUnfit(refused, unfit);
        assertThat(step(authorization(app).plan(), "key").action()).isEqualTo(Action.CONFLICT);
    }

    @ParameterizedTest
    @MethodSource("unfitKeys")
    void unfitKeyOnTheDataPlane_isTheSameConflict(Unfit unfit) {
        vaultIsThere();
        keyIsThere(unfit.made());
        fabrikam.administrator().grant(OFFICER, vault());
        azure.clock().advance(Duration.ofMinutes(1));
        FederatedApp app = phase1();

        assertUnfit(
                catchThrowableOfType(
                        ResourceConflictException.class,
                        () -> authorization(app).keyPlane(KeyPlane.DATA).authorize()),
                unfit);
    }

    private static void assertUnfit(ResourceConflictException refused, Unfit unfit) {
        assertThat(refused.step()).isEqualTo("key");
        assertThat(refused.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(refused.fix()).contains(unfit.fix());
        assertThat(refused.differences())
                .filteredOn(d -> d.property().equals(unfit.property()))
                .hasSize(1)
                .allSatisfy(d -> {
                    if (!unfit.property().equals("keyOps")) {
                        assertThat(d.actual()).isEqualTo(unfit.actual());
                    }
                });
        assertThat(refused).hasMessageContaining(unfit.property());
    }

    @Test
    void dataPlane_withTheRoleOfItsPlan() {
        groupIsThere();
        FederatedApp app = phase1();
        KeyAuthorization definition = authorization(app).keyPlane(KeyPlane.DATA);
        RequiredRole role = step(definition.plan(), "key").roles().get(0);
        assertThat(role.name()).isEqualTo(OFFICER);
        fabrikam.administrator().grant(role.name(), role.scope());

        AuthorizedKey first = definition.authorize();
        AuthorizedKey second = definition.authorize();

        assertThat(changeByStep(first.outcomes())).containsEntry("key", Change.CREATED);
        assertThat(changeByStep(second.outcomes())).containsEntry("key", Change.UNCHANGED);
        assertThat(versions()).isEqualTo(1);
        assertThat(arm(fabrikam, key(), "2023-07-01").at("properties.keySize")).isEqualTo(3072);
    }

    @Test
    void dataPlaneWithoutRole_saysWhichRole() {
        FederatedApp app = phase1();

        PermissionMissingException refused = catchThrowableOfType(
                PermissionMissingException.class,
                () -> authorization(app).keyPlane(KeyPlane.DATA).authorize());

        assertThat(refused.step()).isEqualTo("key");
        assertThat(refused.fix()).contains(OFFICER).contains(vault());
        assertThat(refused.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(refused.azureAnswer().orElseThrow().status()).isEqualTo(403);
        assertThat(changes(refused.done())).contains("keyVault CREATED");
    }

    @Test
    void dataPlaneWithFreshRole_isWaitedForWhenAsked() {
        vaultIsThere();
        azure.rolePropagation(Duration.ofMinutes(3));
        fabrikam.administrator().grant(OFFICER, vault());
        azure.rolePropagation(Duration.ZERO);
        FederatedApp app = phase1();

        AuthorizedKey key = authorization(app)
                .keyPlane(KeyPlane.DATA)
                .propagationTimeout(Duration.ofMinutes(10))
                .authorize();

        assertThat(changeByStep(key.outcomes())).containsEntry("key", Change.CREATED);
        assertThat(versions()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(KeyPlane.class)
    void repeats_neverRotate(KeyPlane plane) {
        groupIsThere();
        fabrikam.administrator().grant(OFFICER, group());
        FederatedApp app = phase1();

        for (int i = 0; i < 3; i++) {
            authorization(app).keyPlane(plane).authorize();
        }

        assertThat(versions()).isEqualTo(1);
    }

    /**
     * With the principal's type named, Resource Manager takes the caller's word and does not look the principal up
     * (learn.microsoft.com/azure/role-based-access-control/troubleshooting, "new principal").
     */
    @Test
    void newServicePrincipal_getsItsRoleBeforeTheDirectoryHasReplicated() {
        FederatedApp app = phase1();
        azure.directoryReplication(Duration.ofMinutes(5));

        AuthorizedKey key = phase2(app);

        assertThat(changeByStep(key.outcomes())).containsEntry("roleAssignment", Change.CREATED);
        assertThat(azure.calls()).noneMatch(c -> c.status() >= 400 && c.method().equals("PUT"));
    }

    @Test
    void servicePrincipalOfMomentsAgo_isWaitedForUntilItCanBeRead() {
        FederatedApp app = phase1();
        azure.directoryReplication(Duration.ofSeconds(60));
        phase2(app);

        AuthorizedKey again = phase2(app);

        assertThat(again.outcomes()).extracting(StepOutcome::change).containsOnly(Change.UNCHANGED);
    }

    @Test
    void servicePrincipalThatStaysUnreadable_timesOutWithWhatIsDone() {
        FederatedApp app = phase1();
        azure.directoryReplication(Duration.ofMinutes(5));
        phase2(app);

        PropagationTimeoutException late = catchThrowableOfType(PropagationTimeoutException.class, () -> phase2(app));

        assertThat(late.step()).isEqualTo("servicePrincipal");
        assertThat(late.waitedFor()).contains("application").contains("customer's tenant");
        assertThat(late.waited()).isEqualTo(Duration.ofMinutes(2));
        assertThat(late.probes()).isGreaterThan(3);
        assertThat(late.actor()).isEqualTo(Actor.WAIT);
        assertThat(changes(late.done())).contains("keyVault UNCHANGED", "key UNCHANGED");
        azure.clock().advance(Duration.ofMinutes(5));
        assertThat(phase2(app).outcomes()).extracting(StepOutcome::change).containsOnly(Change.UNCHANGED);
    }

    @Test
    void newApplication_isWaitedForUntilTheCustomersTenantKnowsIt() {
        azure.directoryReplication(Duration.ofSeconds(25));
        FederatedApp app = phase1();
        azure.directoryReplication(Duration.ZERO);

        assertThat(changeByStep(phase2(app).outcomes())).containsEntry("servicePrincipal", Change.CREATED);
    }

    @Test
    void unknownClientId_givesUpAfterTheDirectorysPatience() {
        Instant began = azure.clock().now();
        ClientId nobodys = new ClientId(UUID.randomUUID());

        PropagationTimeoutException late = catchThrowableOfType(
                PropagationTimeoutException.class,
                () -> phase2On(customer(), nobodys).authorize());

        assertThat(late.step()).isEqualTo("servicePrincipal");
        assertThat(late.actor()).isEqualTo(Actor.PROVIDER);
        assertThat(late.fix()).contains("client id").contains("AzureADMultipleOrgs");
        assertThat(Duration.between(began, azure.clock().now())).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void singleTenantApplication_givesUpAtOnceWhenAskedTo() {
        Reply mine = graph(
                contoso, "POST", "/applications", object("displayName", "mine", "signInAudience", "AzureADMyOrg"));
        ClientId clientId = ClientId.of(String.valueOf(mine.at("appId")));

        PropagationTimeoutException late = catchThrowableOfType(
                PropagationTimeoutException.class,
                () -> phase2On(customer(), clientId)
                        .propagationTimeout(Duration.ZERO)
                        .authorize());

        assertThat(late.probes()).isEqualTo(1);
        assertThat(late.fix()).contains("AzureADMultipleOrgs");
    }

    @Test
    void disabledServicePrincipal_isAConflictAndStaysDisabled() {
        FederatedApp app = phase1();
        phase2(app);
        fabrikam.enableApplication(app.clientId(), false);

        ResourceConflictException refused = catchThrowableOfType(ResourceConflictException.class, () -> phase2(app));

        assertThat(refused.step()).isEqualTo("servicePrincipal");
        assertThat(refused.differences()).containsExactly(new Difference("accountEnabled", "true", "false"));
        assertThat(refused.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(graph(fabrikam, "/servicePrincipals(appId='" + app.clientId() + "')")
                        .at("accountEnabled"))
                .isEqualTo(false);
        assertThat(step(authorization(app).plan(), "servicePrincipal").action()).isEqualTo(Action.CONFLICT);
    }

    @Test
    void callerWithoutDirectoryRole_isToldWhereToConsent() {
        FederatedApp app = phase1();
        FakePrincipal pipeline = fabrikam.newPrincipal("pipeline").grant("Owner", subscription(fabrikam));

        ConsentRequiredException refused = catchThrowableOfType(
                ConsentRequiredException.class,
                () -> phase2On(pipeline.connection(), app.clientId()).authorize());

        assertThat(refused.consentUrl())
                .hasToString("https://login.microsoftonline.com/" + fabrikam.tenantId() + "/adminconsent?client_id="
                        + app.clientId());
        assertThat(refused.step()).isEqualTo("servicePrincipal");
        assertThat(refused.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(refused.fix())
                .contains("Cloud Application Administrator")
                .contains(refused.consentUrl().toString());
        assertThat(refused.azureAnswer().orElseThrow().code()).isEqualTo("Authorization_RequestDenied");
    }

    /** Registering applications is not installing those of others. */
    @Test
    void applicationDeveloper_mayNotInstall() {
        FederatedApp app = phase1();
        FakePrincipal developer =
                fabrikam.newPrincipal("developer", "Application Developer").grant("Owner", subscription(fabrikam));

        assertThat(catchThrowableOfType(
                        ConsentRequiredException.class,
                        () -> phase2On(developer.connection(), app.clientId()).authorize()))
                .isNotNull();
    }

    @Test
    void callerWithoutAzureRole_isToldWhichRole() {
        FederatedApp app = phase1();
        FakePrincipal helpdesk = fabrikam.newPrincipal("helpdesk", "Cloud Application Administrator");

        PermissionMissingException refused = catchThrowableOfType(
                PermissionMissingException.class,
                () -> phase2On(helpdesk.connection(), app.clientId()).authorize());

        assertThat(refused.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(refused.step()).isEqualTo("resourceGroup");
        assertThat(refused.fix()).contains("Contributor (Azure, on " + subscription(fabrikam) + ")");
        assertThat(refused.azureAnswer().orElseThrow().code()).isEqualTo("AuthorizationFailed");
    }

    @Test
    void callerWhoMayNotGrant_isToldWhatIsDoneAndARunByAnotherConverges() {
        groupIsThere();
        FederatedApp app = phase1();
        FakePrincipal keeper = fabrikam.newPrincipal("keeper", "Cloud Application Administrator")
                .grant("Key Vault Contributor", group());

        PermissionMissingException refused = catchThrowableOfType(
                PermissionMissingException.class,
                () -> phase2On(keeper.connection(), app.clientId()).authorize());

        assertThat(refused.step()).isEqualTo("roleAssignment");
        assertThat(refused.fix()).contains("Role Based Access Control Administrator (Azure, on " + key() + ")");
        assertThat(changes(refused.done()))
                .containsExactlyInAnyOrder(
                        "servicePrincipal CREATED", "resourceGroup UNCHANGED", "keyVault CREATED", "key CREATED");
        assertThat(refused).hasMessageContaining("Done so far: ").hasMessageContaining("kv-fabrikam");
        assertThat(changes(phase2(app).outcomes()))
                .containsExactlyInAnyOrder(
                        "servicePrincipal UNCHANGED",
                        "resourceGroup UNCHANGED",
                        "keyVault UNCHANGED",
                        "key UNCHANGED",
                        "roleAssignment CREATED");
    }

    @Test
    void vaultsNameTakenElsewhere_isAConflict() {
        FakeTenant tailspin = azure.tenant("tailspin");
        vaultIsThereIn(
                tailspin,
                subscription(tailspin) + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-fabrikam");
        FederatedApp app = phase1();

        ResourceConflictException refused = catchThrowableOfType(ResourceConflictException.class, () -> phase2(app));

        assertThat(refused.step()).isEqualTo("keyVault");
        assertThat(refused.azureAnswer().orElseThrow().code()).isEqualTo("VaultAlreadyExists");
        assertThat(refused.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(refused.fix()).contains("another name");
    }

    @Test
    void softDeletedVaultOfTheName_isAConflict() {
        vaultIsThere();
        rest(fabrikam, "DELETE", "https://management.azure.com" + vault() + "?api-version=2023-07-01", null);
        FederatedApp app = phase1();

        ResourceConflictException refused = catchThrowableOfType(ResourceConflictException.class, () -> phase2(app));

        assertThat(refused.step()).isEqualTo("keyVault");
        assertThat(refused.azureAnswer().orElseThrow().code()).isEqualTo("ConflictError");
        assertThat(refused.fix())
                .contains("Recover it", "recoverDeleted()", "purge it")
                .doesNotContain("run again");
    }

    @Test
    void softDeletedKeyOfTheName_isAConflict() {
        FederatedApp app = phase1();
        phase2(app);
        fabrikam.administrator().grant(OFFICER, vault());
        Reply deleted =
                rest(fabrikam, "DELETE", "https://kv-fabrikam.vault.azure.net/keys/contoso-cmk?api-version=7.4", null);
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);

        ResourceConflictException onData = catchThrowableOfType(
                ResourceConflictException.class,
                () -> authorization(app).keyPlane(KeyPlane.DATA).authorize());
        ResourceConflictException onControl = catchThrowableOfType(ResourceConflictException.class, () -> phase2(app));

        assertThat(onData.step()).isEqualTo("key");
        assertThat(onData.fix()).contains("Recover it");
        assertThat(onControl.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(onControl).hasMessageContaining("deleted but recoverable");
        assertThat(onControl.azureAnswer().orElseThrow().code()).isEqualTo("Conflict");
        assertThat(onControl.fix()).contains("recoverDeleted()", "purge it").doesNotContain("run again");
    }

    @Test
    void plan_onNothing() {
        FederatedApp app = phase1();
        azure.clearCalls();

        Plan plan = authorization(app).plan();

        assertThat(plan.steps()).extracting(PlannedStep::action).containsOnly(Action.CREATE);
        assertThat(writes()).isEmpty();
        Map<String, List<String>> roles = plan.steps().stream()
                .collect(Collectors.toMap(
                        PlannedStep::step,
                        s -> s.roles().stream().map(RequiredRole::toString).toList()));
        assertThat(roles)
                .containsOnly(
                        Map.entry("servicePrincipal", List.of("Cloud Application Administrator (Entra)")),
                        Map.entry("resourceGroup", List.of("Contributor (Azure, on " + subscription(fabrikam) + ")")),
                        Map.entry("keyVault", List.of("Key Vault Contributor (Azure, on " + group() + ")")),
                        Map.entry("key", List.of("Key Vault Contributor (Azure, on " + vault() + ")")),
                        Map.entry(
                                "roleAssignment",
                                List.of("Role Based Access Control Administrator (Azure, on " + key() + ")")));
    }

    @Test
    void plan_onHalf() {
        vaultIsThere();

        Plan plan = authorization(phase1()).roleScope(RoleScope.VAULT).plan();

        assertThat(plan.steps())
                .extracting(s -> s.step() + " " + s.action())
                .containsExactly(
                        "servicePrincipal CREATE",
                        "resourceGroup NONE",
                        "keyVault NONE",
                        "key CREATE",
                        "roleAssignment CREATE");
        assertThat(step(plan, "roleAssignment").roles().get(0).scope()).isEqualTo(vault());
    }

    @Test
    void plan_onAll() {
        FederatedApp app = phase1();
        phase2(app);
        azure.clearCalls();

        Plan plan = authorization(app).plan();

        assertThat(plan.hasChanges()).isFalse();
        assertThat(plan.hasConflicts()).isFalse();
        assertThat(plan.steps()).extracting(PlannedStep::action).containsOnly(Action.NONE);
        assertThat(writes()).isEmpty();
    }

    private static PlannedStep step(Plan plan, String name) {
        return plan.steps().stream()
                .filter(s -> s.step().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void async_doesTheSame() {
        FederatedApp app = phase1();
        List<StepOutcome> told = new ArrayList<>();

        AuthorizedKey key =
                authorization(app).onStep(told::add).authorizeAsync().block();

        assertThat(told).isEqualTo(key.outcomes()).hasSize(5);
        assertThat(phase2(app).key()).isEqualTo(key.key());
    }

    @Test
    void vaultSideAndDirectorySide_runAtTheSameTime() {
        FederatedApp app = phase1();
        azure.latency("PATCH", "/{version}/servicePrincipals(appId='{appId}')", Duration.ofSeconds(20));
        azure.latency("PUT", "/subscriptions/{subscription}/resourceGroups/{group}", Duration.ofSeconds(5));
        Instant began = azure.clock().now();

        AuthorizedKey key = phase2(app);

        assertThat(Duration.between(began, azure.clock().now())).isEqualTo(Duration.ofSeconds(20));
        assertThat(key.outcomes())
                .filteredOn(o -> o.step().equals("resourceGroup"))
                .extracting(StepOutcome::took)
                .containsExactly(Duration.ofSeconds(5));
    }

    // rotation

    private AuthorizedKey authorizedForRotation() {
        AuthorizedKey key = phase2(phase1());
        azure.clock().advance(Duration.ofMinutes(1));
        return key;
    }

    private KeyRotation rotation(AuthorizedKey key) {
        return CrossTenantCmk.customer(customer()).key(key);
    }

    @Test
    void rotate_makesExactlyOneVersion() {
        AuthorizedKey key = authorizedForRotation();
        fabrikam.administrator().grant(OFFICER, key());
        List<StepOutcome> told = new ArrayList<>();

        KeyIdentifier rotated = rotation(key).onStep(told::add).rotate();

        assertThat(versions()).isEqualTo(2);
        assertThat(rotated.versionless()).isEqualTo(key.key());
        assertThat(rotated.version()).isNotNull();
        assertThat(arm(fabrikam, key(), "2023-07-01").at("properties.keyUriWithVersion"))
                .asString()
                .endsWith(rotated.version());
        assertThat(changes(told)).containsExactly("keyVersion CREATED");
    }

    @Test
    void rotateAsync_andAgain_makeOneEach() {
        AuthorizedKey key = authorizedForRotation();
        fabrikam.administrator().grant(OFFICER, key());
        KeyRotation rotation = rotation(key);

        KeyIdentifier second = rotation.rotateAsync().block();
        azure.clock().advance(Duration.ofMinutes(1));
        KeyIdentifier third = rotation.rotate();

        assertThat(versions()).isEqualTo(3);
        assertThat(third).isNotEqualTo(second);
    }

    @Test
    void rotateIfCurrent_canBeRepeated() {
        AuthorizedKey key = authorizedForRotation();
        fabrikam.administrator().grant(OFFICER, key());
        String first = rotation(key).rotate().version();
        List<StepOutcome> told = new ArrayList<>();

        KeyIdentifier second = rotation(key).ifCurrent(first).onStep(told::add).rotate();
        KeyIdentifier again = rotation(key).ifCurrent(first).onStep(told::add).rotate();

        assertThat(again).isEqualTo(second);
        assertThat(second.version()).isNotEqualTo(first);
        assertThat(versions()).isEqualTo(3);
        assertThat(changes(told)).containsExactly("keyVersion CREATED", "keyVersion UNCHANGED");
        assertThat(rotation(key).ifCurrent(first).plan().hasChanges()).isFalse();
        assertThat(rotation(key)
                        .ifCurrent(String.valueOf(second.version()))
                        .plan()
                        .hasChanges())
                .isTrue();
    }

    @Test
    void rotateIfCurrent_takesAVersionOnly() {
        AuthorizedKey key = authorizedForRotation();
        assertThat(catchThrowableOfType(
                        InvalidInputException.class, () -> rotation(key).ifCurrent("newest")))
                .hasMessageContaining("version");
    }

    @Test
    void rotateWithoutRole_saysWhichRole() {
        AuthorizedKey key = authorizedForRotation();

        PermissionMissingException refused = catchThrowableOfType(
                PermissionMissingException.class, () -> rotation(key).rotate());

        assertThat(refused.step()).isEqualTo("keyVersion");
        assertThat(refused.fix()).contains(OFFICER + " (Azure, on " + key() + ")");
        assertThat(refused.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(versions()).isEqualTo(1);
    }

    @Test
    void rotateWithFreshRole_isWaitedForWhenAsked() {
        AuthorizedKey key = authorizedForRotation();
        azure.rolePropagation(Duration.ofMinutes(3));
        fabrikam.administrator().grant(OFFICER, key());

        rotation(key).propagationTimeout(Duration.ofMinutes(10)).rotate();

        assertThat(versions()).isEqualTo(2);
    }

    @Test
    void rotationsPlan_readsOnly() {
        AuthorizedKey key = authorizedForRotation();
        fabrikam.administrator().grant(OFFICER, key());
        azure.clearCalls();

        Plan plan = rotation(key).plan();

        assertThat(plan.steps()).hasSize(1);
        assertThat(plan.hasChanges()).isTrue();
        assertThat(step(plan, "keyVersion").roles())
                .extracting(RequiredRole::name)
                .containsExactly(OFFICER);
        assertThat(writes()).isEmpty();
        assertThat(versions()).isEqualTo(1);
    }

    @Test
    void rotationOfAnotherTenantsKey_isRefusedBeforeAnyRequest() {
        AuthorizedKey key = phase2(phase1());
        azure.clearCalls();

        InvalidInputException refused = catchThrowableOfType(
                InvalidInputException.class,
                () -> CrossTenantCmk.customer(provider()).key(key));

        assertThat(refused.argument()).isEqualTo("key");
        assertThat(refused).hasMessageContaining(fabrikam.tenantId().toString());
        assertThat(azure.calls()).isEmpty();
    }
}

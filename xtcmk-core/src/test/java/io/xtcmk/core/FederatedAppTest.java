package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.management.Region;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.FederatedAppDefinition;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.PropagationTimeoutException;
import io.xtcmk.exception.ResourceConflictException;
import io.xtcmk.exception.ResourceMissingException;
import io.xtcmk.model.Difference;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.Plan;
import io.xtcmk.model.PlannedStep;
import io.xtcmk.model.PlannedStep.Action;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.StepOutcome;
import io.xtcmk.model.StepOutcome.Change;
import io.xtcmk.testing.RecordedCall;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Sinks;

/** Phase 1: application, managed identity, and the credential between them. */
class FederatedAppTest extends Scenario {
    private static final String GROUP_TEMPLATE = "/subscriptions/{subscription}/resourceGroups/{group}";
    private static final String IDENTITY_TEMPLATE =
            GROUP_TEMPLATE + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}";
    private static final String BY_NAME = "/applications(uniqueName='contoso-cmk')";

    private String group() {
        return subscription(contoso) + "/resourceGroups/rg-identities";
    }

    private String identity() {
        return group() + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-cmk";
    }

    private Reply groupIsThere(String region) {
        return armPut(contoso, group(), "2025-04-01", object("location", region));
    }

    private Reply identityIsThere() {
        groupIsThere("westeurope");
        return armPut(contoso, identity(), "2024-11-30", object("location", "westeurope"));
    }

    /** An application of our unique name, registered by hand. */
    private Reply applicationIsThere(Object... more) {
        Map<String, Object> body = object(
                "displayName", "Made by hand", "uniqueName", "contoso-cmk", "signInAudience", "AzureADMultipleOrgs");
        body.putAll(object(more));
        Reply made = graph(contoso, "POST", "/applications", body);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made;
    }

    private Reply credentialIsThere(Reply application, String name, String subject) {
        Reply made = graph(
                contoso,
                "POST",
                "/applications/" + application.at("id") + "/federatedIdentityCredentials",
                object(
                        "name",
                        name,
                        "issuer",
                        "https://login.microsoftonline.com/" + contoso.tenantId() + "/v2.0",
                        "subject",
                        subject,
                        "audiences",
                        List.of("api://AzureADTokenExchange")));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made;
    }

    private Reply credentials(FederatedApp app) {
        return graph(contoso, "/applications/" + app.objectId() + "/federatedIdentityCredentials");
    }

    @Test
    void fromNothing_makesAll() {
        FederatedApp app = phase1();

        assertThat(changes(app.outcomes()))
                .containsExactlyInAnyOrder(
                        "application CREATED",
                        "resourceGroup CREATED",
                        "managedIdentity CREATED",
                        "federatedIdentityCredential CREATED");
        assertThat(app.tenantId()).isEqualTo(contoso.tenantId());
        assertThat(app.name()).isEqualTo("contoso-cmk");
        assertThat(app.identity().id()).isEqualTo(ResourceId.of(identity()));
        assertThat(app.identity().region()).isEqualTo(Region.EUROPE_WEST);
        assertThat(app.credentialName()).isEqualTo("id-cmk");
        assertThat(app.trustedSince()).isEqualTo(azure.clock().now());
    }

    @Test
    void applicationMade_isMultiTenantWithoutSecretsOrPermissions() {
        FederatedApp app = phase1();

        Reply there = graph(contoso, BY_NAME);
        assertThat(there.at("id")).isEqualTo(app.objectId().toString());
        assertThat(there.at("appId")).isEqualTo(app.clientId().toString());
        assertThat(there.at("displayName")).isEqualTo("contoso-cmk");
        assertThat(there.at("signInAudience")).isEqualTo("AzureADMultipleOrgs");
        assertThat(there.list("passwordCredentials")).isEmpty();
        assertThat(there.list("keyCredentials")).isEmpty();
        assertThat(there.list("requiredResourceAccess")).isEmpty();
    }

    @Test
    void credentialMade_isDerivedFromIdentityTenantAndCloud() {
        FederatedApp app = phase1();

        Reply all = credentials(app);
        assertThat(all.list("value")).hasSize(1);
        assertThat(all.at("value.0.name")).isEqualTo("id-cmk");
        assertThat(all.at("value.0.issuer"))
                .isEqualTo("https://login.microsoftonline.com/" + contoso.tenantId() + "/v2.0");
        assertThat(all.at("value.0.subject"))
                .isEqualTo(arm(contoso, identity(), "2024-11-30").at("properties.principalId"));
        assertThat(all.list("value.0.audiences")).isEqualTo(List.of("api://AzureADTokenExchange"));
    }

    @Test
    void repeated_changesNothing() {
        FederatedApp first = phase1();
        azure.clearCalls();

        FederatedApp second = phase1();

        assertThat(second.outcomes()).extracting(StepOutcome::change).containsOnly(Change.UNCHANGED);
        assertThat(writes()).isEmpty();
        assertThat(second.objectId()).isEqualTo(first.objectId());
        assertThat(second.clientId()).isEqualTo(first.clientId());
        assertThat(second.identity()).isEqualTo(first.identity());
        assertThat(second.credentialName()).isEqualTo(first.credentialName());
    }

    @Test
    void definition_canBeRunTwice() {
        FederatedAppDefinition definition = phase1On(provider());
        FederatedApp first = definition.createFederatedApp();

        FederatedApp second = definition.createFederatedApp();

        assertThat(second.clientId()).isEqualTo(first.clientId());
        assertThat(second.outcomes()).extracting(StepOutcome::change).containsOnly(Change.UNCHANGED);
    }

    static Stream<Named<Part>> parts() {
        return Stream.of(
                part("the application", "application", t -> t.applicationIsThere()),
                part("the resource group", "resourceGroup", t -> t.groupIsThere("westeurope")),
                part("the identity", "resourceGroup managedIdentity", t -> t.identityIsThere()),
                part("application and identity", "application resourceGroup managedIdentity", t -> {
                    t.applicationIsThere();
                    t.identityIsThere();
                }),
                part("all", "application resourceGroup managedIdentity federatedIdentityCredential", t -> {
                    Reply application = t.applicationIsThere();
                    t.credentialIsThere(
                            application,
                            "id-cmk",
                            String.valueOf(t.identityIsThere().at("properties.principalId")));
                }));
    }

    record Part(List<String> steps, Consumer<FederatedAppTest> hand) {}

    private static Named<Part> part(String name, String steps, Consumer<FederatedAppTest> hand) {
        return Named.of(name, new Part(List.of(steps.split(" ")), hand));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void partIsThere_isAdoptedAndTheRestMade(Part part) {
        part.hand().accept(this);

        Map<String, Change> changes = changeByStep(phase1().outcomes());

        assertThat(changes).hasSize(4);
        changes.forEach((step, change) ->
                assertThat(change).as(step).isEqualTo(part.steps().contains(step) ? Change.UNCHANGED : Change.CREATED));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void partIsThere_planSaysWhatIsLeftByReadingOnly(Part part) {
        part.hand().accept(this);
        azure.clearCalls();

        Plan plan = phase1On(provider()).plan();

        assertThat(plan.steps())
                .hasSize(4)
                .allSatisfy(step -> assertThat(step.action())
                        .as(step.step())
                        .isEqualTo(part.steps().contains(step.step()) ? Action.NONE : Action.CREATE));
        assertThat(plan.hasChanges()).isEqualTo(part.steps().size() < 4);
        assertThat(writes()).isEmpty();
    }

    @Test
    void otherDisplayName_isLeftAloneUnlessAsked() {
        applicationIsThere();

        assertThat(changeByStep(phase1().outcomes())).containsEntry("application", Change.UNCHANGED);

        assertThat(graph(contoso, BY_NAME).at("displayName")).isEqualTo("Made by hand");
    }

    @Test
    void otherDisplayName_isUpdatedWhenAsked() {
        applicationIsThere();

        Plan plan = phase1On(provider()).displayName("Contoso encryption").plan();
        FederatedApp app =
                phase1On(provider()).displayName("Contoso encryption").createFederatedApp();

        assertThat(step(plan, "application").action()).isEqualTo(Action.UPDATE);
        assertThat(step(plan, "application").differences())
                .containsExactly(new Difference("displayName", "Contoso encryption", "Made by hand"));
        assertThat(changeByStep(app.outcomes())).containsEntry("application", Change.UPDATED);
        assertThat(graph(contoso, BY_NAME).at("displayName")).isEqualTo("Contoso encryption");
    }

    @Test
    void redirectUris_areAddedToThoseThere() {
        applicationIsThere("web", object("redirectUris", List.of("https://old.contoso.com/back")));

        FederatedApp app = phase1On(provider())
                .redirectUri(URI.create("https://saas.contoso.com/consented"))
                .redirectUri(URI.create("http://localhost:8080/consented"))
                .createFederatedApp();

        assertThat(changeByStep(app.outcomes())).containsEntry("application", Change.UPDATED);
        assertThat(strings(graph(contoso, BY_NAME).list("web.redirectUris")))
                .containsExactlyInAnyOrder(
                        "https://old.contoso.com/back",
                        "https://saas.contoso.com/consented",
                        "http://localhost:8080/consented");
        azure.clearCalls();
        phase1On(provider())
                .redirectUri(URI.create("https://saas.contoso.com/consented"))
                .createFederatedApp();
        assertThat(writes()).isEmpty();
    }

    @Test
    void displayNameAlone_keepsRedirectUris() {
        applicationIsThere("web", object("redirectUris", List.of("https://old.contoso.com/back")));

        phase1On(provider()).displayName("New").createFederatedApp();

        assertThat(strings(graph(contoso, BY_NAME).list("web.redirectUris")))
                .containsExactly("https://old.contoso.com/back");
    }

    private static List<String> strings(List<?> list) {
        return list.stream().map(String::valueOf).toList();
    }

    @Test
    void singleTenantApplication_isAConflict() {
        applicationIsThere("signInAudience", "AzureADMyOrg");

        ResourceConflictException refused = catchThrowableOfType(ResourceConflictException.class, () -> phase1());

        assertThat(refused.differences())
                .containsExactly(new Difference("signInAudience", "AzureADMultipleOrgs", "AzureADMyOrg"));
        assertThat(refused.step()).isEqualTo("application");
        assertThat(refused.actor()).isEqualTo(CrossTenantCmkException.Actor.PROVIDER);
        assertThat(refused).hasMessageContaining("signInAudience").hasMessageContaining("multi-tenant");
        assertThat(graph(contoso, BY_NAME).at("signInAudience")).isEqualTo("AzureADMyOrg");
    }

    @Test
    void applicationWithSecret_isAConflict() {
        Reply application = applicationIsThere();
        graph(
                contoso,
                "POST",
                "/applications/" + application.at("id") + "/addPassword",
                object("passwordCredential", object("displayName", "ci")));

        assertThat(conflict().differences()).containsExactly(new Difference("passwordCredentials", "none", "1"));
        assertThat(step(phase1On(provider()).plan(), "application").action()).isEqualTo(Action.CONFLICT);
    }

    @Test
    void applicationWithPermissions_isAConflict() {
        applicationIsThere(
                "requiredResourceAccess",
                List.of(object(
                        "resourceAppId",
                        "00000003-0000-0000-c000-000000000000",
                        "resourceAccess",
                        List.of(object("id", "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type", "Scope")))));

        assertThat(conflict().differences()).containsExactly(new Difference("requiredResourceAccess", "none", "1"));
    }

    @Test
    void applicationWithCertificate_isAConflict() {
        applicationIsThere(
                "keyCredentials",
                List.of(object(
                        "type", "AsymmetricX509Cert", "usage", "Verify", "key", "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A")));

        assertThat(conflict().differences()).containsExactly(new Difference("keyCredentials", "none", "1"));
    }

    private ResourceConflictException conflict() {
        return catchThrowableOfType(ResourceConflictException.class, () -> phase1());
    }

    @Test
    void conflict_plansAsConflictWithItsDifferences() {
        applicationIsThere("signInAudience", "AzureADMyOrg");

        Plan plan = phase1On(provider()).plan();

        assertThat(plan.hasConflicts()).isTrue();
        assertThat(step(plan, "application").action()).isEqualTo(Action.CONFLICT);
        assertThat(step(plan, "application").differences())
                .containsExactly(new Difference("signInAudience", "AzureADMultipleOrgs", "AzureADMyOrg"));
    }

    @Test
    void credentialOfSameNameForAnother_isAConflictAndNotOverwritten() {
        String other = UUID.randomUUID().toString();
        credentialIsThere(applicationIsThere(), "id-cmk", other);

        ResourceConflictException refused = conflict();

        assertThat(refused.step()).isEqualTo("federatedIdentityCredential");
        assertThat(refused.differences()).hasSize(1).allSatisfy(d -> {
            assertThat(d.property()).isEqualTo("subject");
            assertThat(d.actual()).isEqualTo(other);
        });
        assertThat(refused.fix()).contains("credentialName");
        assertThat(changes(refused.done())).contains("application UNCHANGED", "managedIdentity CREATED");
        assertThat(graph(contoso, BY_NAME + "/federatedIdentityCredentials").at("value.0.subject"))
                .isEqualTo(other);
        assertThat(step(phase1On(provider()).plan(), "federatedIdentityCredential")
                        .action())
                .isEqualTo(Action.CONFLICT);
    }

    @Test
    void credentialOfSameNameForAnother_otherNameIsTheWayOut() {
        credentialIsThere(applicationIsThere(), "id-cmk", UUID.randomUUID().toString());

        FederatedApp app = phase1On(provider()).credentialName("id-cmk-2").createFederatedApp();

        assertThat(app.credentialName()).isEqualTo("id-cmk-2");
        assertThat(credentials(app).list("value")).hasSize(2);
    }

    @Test
    void sameTrustUnderAnotherName_isAdopted() {
        Reply application = applicationIsThere();
        Object principalId = identityIsThere().at("properties.principalId");
        credentialIsThere(application, "made-by-hand", String.valueOf(principalId));

        FederatedApp app = phase1();

        assertThat(app.credentialName()).isEqualTo("made-by-hand");
        assertThat(changeByStep(app.outcomes())).containsEntry("federatedIdentityCredential", Change.UNCHANGED);
        assertThat(credentials(app).list("value")).hasSize(1);
    }

    @Test
    void identityByResourceId_isAdopted() {
        identityIsThere();

        FederatedApp app = CrossTenantCmk.provider(provider())
                .application("contoso-cmk")
                .managedIdentity(ResourceId.of(identity()))
                .createFederatedApp();

        assertThat(changeByStep(app.outcomes()))
                .doesNotContainKey("resourceGroup")
                .containsEntry("managedIdentity", Change.UNCHANGED);
        assertThat(app.identity().region()).isEqualTo(Region.EUROPE_WEST);
    }

    @Test
    void identityByResourceId_mustBeThere() {
        FederatedAppDefinition definition = CrossTenantCmk.provider(provider())
                .application("contoso-cmk")
                .managedIdentity(ResourceId.of(identity()));

        assertThat(step(definition.plan(), "managedIdentity").action()).isEqualTo(Action.CONFLICT);
        ResourceMissingException refused =
                catchThrowableOfType(ResourceMissingException.class, definition::createFederatedApp);

        assertThat(refused.step()).isEqualTo("managedIdentity");
        assertThat(refused.fix()).contains("region");
        assertThat(arm(contoso, group(), "2025-04-01").status()).isEqualTo(404);
    }

    @Test
    void resourceGroupInAnotherRegion_isUsedAsItIs() {
        groupIsThere("northeurope");

        FederatedApp app = phase1();

        assertThat(changeByStep(app.outcomes())).containsEntry("resourceGroup", Change.UNCHANGED);
        assertThat(arm(contoso, group(), "2025-04-01").at("location")).isEqualTo("northeurope");
        assertThat(app.identity().region()).isEqualTo(Region.EUROPE_WEST);
    }

    /** Anybody may register an application of any display name: only the unique name is ours. */
    @Test
    void applicationsOfSameDisplayName_areNotOurs() {
        graph(contoso, "POST", "/applications", object("displayName", "contoso-cmk"));
        graph(contoso, "POST", "/applications", object("displayName", "contoso-cmk"));

        FederatedApp app = phase1();

        assertThat(changeByStep(app.outcomes())).containsEntry("application", Change.CREATED);
        assertThat(graph(contoso, BY_NAME).at("appId")).isEqualTo(app.clientId().toString());
    }

    @Test
    void plan_namesTheLeastPrivilegedRoleOfEachStep() {
        Plan plan = phase1On(provider()).plan();

        Map<String, List<String>> roles = plan.steps().stream()
                .collect(Collectors.toMap(
                        PlannedStep::step,
                        s -> s.roles().stream().map(RequiredRole::toString).toList()));
        assertThat(roles)
                .containsOnly(
                        Map.entry("application", List.of("Application Developer (Entra)")),
                        Map.entry("federatedIdentityCredential", List.of("Application Developer (Entra)")),
                        Map.entry("resourceGroup", List.of("Contributor (Azure, on " + subscription(contoso) + ")")),
                        Map.entry(
                                "managedIdentity",
                                List.of("Managed Identity Contributor (Azure, on " + group() + ")")));
        assertThat(plan.steps()).allSatisfy(s -> assertThat(s.tenantId()).isEqualTo(contoso.tenantId()));
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
        FederatedApp first = phase1On(provider()).createFederatedAppAsync().block();
        FederatedApp second = phase1();

        assertThat(second.clientId()).isEqualTo(first.clientId());
        assertThat(first.outcomes()).hasSize(4).extracting(StepOutcome::change).containsOnly(Change.CREATED);
        assertThat(second.outcomes()).extracting(StepOutcome::change).containsOnly(Change.UNCHANGED);
        assertThat(phase1On(provider()).planAsync().block().hasChanges()).isFalse();
    }

    @Test
    void async_startsOnlyWhenSubscribedTo() {
        phase1On(provider()).createFederatedAppAsync();
        phase1On(provider()).planAsync();

        assertThat(azure.calls()).isEmpty();
    }

    @Test
    void async_failsWithTheSameException() {
        applicationIsThere("signInAudience", "AzureADMyOrg");

        assertThat(catchThrowableOfType(
                        ResourceConflictException.class,
                        () -> phase1On(provider()).createFederatedAppAsync().block()))
                .hasMessageContaining("signInAudience");
    }

    @Test
    void async_cancelledMidway_goesNoFurther() {
        azure.latency("PUT", IDENTITY_TEMPLATE, Duration.ofMinutes(10));
        Sinks.Empty<Void> enough = Sinks.empty();

        FederatedApp app = phase1On(provider())
                .onStep(outcome -> {
                    if (outcome.step().equals("resourceGroup")) {
                        enough.tryEmitEmpty();
                    }
                })
                .createFederatedAppAsync()
                .takeUntilOther(enough.asMono())
                .block();

        assertThat(app).isNull();
        assertThat(changeByStep(phase1().outcomes()))
                .containsEntry("resourceGroup", Change.UNCHANGED)
                .containsEntry("managedIdentity", Change.CREATED)
                .containsEntry("federatedIdentityCredential", Change.CREATED);
    }

    @Test
    void interrupted_stopsKeepsTheFlagAndConvergesWhenRunAgain() {
        Thread caller = Thread.currentThread();
        FederatedAppDefinition definition = phase1On(provider()).onStep(outcome -> {
            if (outcome.step().equals("resourceGroup")) {
                caller.interrupt();
                untilInterrupted();
            }
        });

        CancellationException stopped =
                catchThrowableOfType(CancellationException.class, definition::createFederatedApp);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped).hasMessageContaining("resourceGroup");
        assertThat(changeByStep(phase1().outcomes()))
                .containsEntry("resourceGroup", Change.UNCHANGED)
                .containsEntry("managedIdentity", Change.CREATED);
    }

    /** Works until the call is stopped, so that no other step begins before. */
    private static void untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void interruptedPlan_stopsAndKeepsTheFlag() {
        Thread.currentThread().interrupt();
        azure.latency("GET", IDENTITY_TEMPLATE, Duration.ofSeconds(1));

        assertThat(catchThrowableOfType(
                        CancellationException.class, () -> phase1On(provider()).plan()))
                .isNotNull();

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void onStep_tellsEachOutcomeInTheOrderOfItsFinishing() {
        azure.latency("PUT", IDENTITY_TEMPLATE, Duration.ofSeconds(7));
        List<StepOutcome> told = Collections.synchronizedList(new ArrayList<>());

        FederatedApp app = phase1On(provider()).onStep(told::add).createFederatedApp();

        assertThat(told).isEqualTo(app.outcomes());
        assertThat(changes(told))
                .endsWith("managedIdentity CREATED", "federatedIdentityCredential CREATED")
                .hasSize(4);
        assertThat(told)
                .filteredOn(o -> o.step().equals("managedIdentity"))
                .extracting(StepOutcome::took)
                .containsExactly(Duration.ofSeconds(7));
        assertThat(told).extracting(StepOutcome::tenantId).containsOnly(contoso.tenantId());
    }

    /** Application and identity do not need each other: the run takes the longer of the two chains. */
    @Test
    void independentSteps_runAtTheSameTime() {
        azure.latency("PUT", GROUP_TEMPLATE, Duration.ofSeconds(3));
        azure.latency("PUT", IDENTITY_TEMPLATE, Duration.ofSeconds(7));
        azure.latency("PATCH", "/{version}/applications(uniqueName='{uniqueName}')", Duration.ofSeconds(9));
        azure.latency(
                "PATCH",
                "/{version}/applications/{id}/federatedIdentityCredentials(name='{name}')",
                Duration.ofSeconds(2));
        Instant began = azure.clock().now();

        phase1();

        assertThat(Duration.between(began, azure.clock().now())).isEqualTo(Duration.ofSeconds(3 + 7 + 2));
    }

    @Test
    void listenersException_failsTheCall() {
        IllegalStateException mine = new IllegalStateException("mine");
        FederatedAppDefinition definition = phase1On(provider()).onStep(outcome -> {
            throw mine;
        });

        assertThat(catchThrowableOfType(IllegalStateException.class, definition::createFederatedApp))
                .isSameAs(mine);
    }

    @Test
    void directoryReplication_isProbedForUntilItIsThere() {
        azure.directoryReplication(Duration.ofSeconds(20));
        Instant began = azure.clock().now();

        FederatedApp app = phase1();

        assertThat(changeByStep(app.outcomes())).containsEntry("federatedIdentityCredential", Change.CREATED);
        assertThat(Duration.between(began, azure.clock().now()))
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(40));
        assertThat(serviceCalls().stream()
                        .filter(c -> c.url().getPath().contains("federatedIdentityCredentials"))
                        .map(RecordedCall::status))
                .contains(404)
                .endsWith(201);
    }

    @Test
    void directoryReplicationLongerThanPatience_timesOutAndConvergesLater() {
        azure.directoryReplication(Duration.ofSeconds(20));

        PropagationTimeoutException late = catchThrowableOfType(
                PropagationTimeoutException.class,
                () -> phase1On(provider())
                        .propagationTimeout(Duration.ofSeconds(5))
                        .createFederatedApp());

        assertThat(late.waitedFor()).contains("application").contains("replicated");
        assertThat(late.waited()).isEqualTo(Duration.ofSeconds(5));
        assertThat(late.probes()).isGreaterThan(2);
        assertThat(late.step()).isEqualTo("federatedIdentityCredential");
        assertThat(late.actor()).isEqualTo(CrossTenantCmkException.Actor.WAIT);
        assertThat(changes(late.done())).contains("application CREATED", "managedIdentity CREATED");
        assertThat(late.azureAnswer().orElseThrow().status()).isEqualTo(404);
        azure.clock().advance(Duration.ofSeconds(20));
        assertThat(changes(phase1().outcomes()))
                .contains("application UNCHANGED", "federatedIdentityCredential CREATED");
    }

    @Test
    void noPatience_probesOnce() {
        azure.directoryReplication(Duration.ofSeconds(20));

        PropagationTimeoutException late = catchThrowableOfType(
                PropagationTimeoutException.class,
                () -> phase1On(provider()).propagationTimeout(Duration.ZERO).createFederatedApp());

        assertThat(late.probes()).isEqualTo(1);
        assertThat(late.waited()).isEqualTo(Duration.ZERO);
    }

    /** A second run, in another process, moments after the first: the application is there but not seen everywhere. */
    @Test
    void applicationMadeMomentsAgoByAnotherRun_isWaitedForToo() {
        azure.directoryReplication(Duration.ofSeconds(20));
        assertThatExceptionOfType(PropagationTimeoutException.class)
                .isThrownBy(() ->
                        phase1On(provider()).propagationTimeout(Duration.ZERO).createFederatedApp());

        FederatedApp app = phase1();

        assertThat(changes(app.outcomes())).contains("application UNCHANGED", "federatedIdentityCredential CREATED");
    }
}

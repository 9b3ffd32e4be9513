package io.xtcmk.testing;

import static io.xtcmk.testing.FakeAzureAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.management.AzureEnvironment;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ResourceId;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that a test can have the fake do, each with arguments for two connected tenants. */
final class FakeVerbs {
    private static final Set<Class<?>> TYPES = Set.of(
            FakeAzure.class,
            FakeTenant.class,
            FakePrincipal.class,
            FakeUser.class,
            FakeWorkload.class,
            FakeClock.class,
            FakeAzureAssert.class,
            ApplicationAssert.class);
    /** What opens a socket has tests of its own. */
    private static final Set<String> OTHERS = Set.of("FakeAzure.serve", "FakeAzure.serveOnItsClock");

    private static final String READER = "Reader";
    private static final String WELCOME = "https://contoso.example/welcome";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Map<String, Verb> verbs = new LinkedHashMap<>();
    private final List<String> names;
    private final AtomicInteger count = new AtomicInteger();

    private final TwoTenants two;
    private final FakeAzure azure;
    private final FakeTenant contoso;
    private final FakeTenant fabrikam;
    private final FakePrincipal principal;
    private final FakeUser user;
    private final FakeWorkload workload;
    private final FakeSnapshot connected;
    private final ClientId application;
    private final ResourceId vault;
    private final String scope;

    FakeVerbs(TwoTenants two) {
        this.two = two;
        azure = two.azure;
        contoso = two.contoso;
        fabrikam = two.fabrikam;
        principal = contoso.newPrincipal("helper");
        user = fabrikam.newUser("alice", "Application Administrator");
        workload = azure.workload(two.identityId);
        application = ClientId.of(two.clientId);
        vault = ResourceId.of(two.vaultId);
        scope = "/subscriptions/" + contoso.subscriptionId();
        two.createAccount();
        two.createServer();
        TwoTenants.ok(two.graph(contoso)
                .patch(
                        "https://graph.microsoft.com/v1.0/applications/" + two.applicationObjectId,
                        Map.of("web", Map.of("redirectUris", List.of(WELCOME)))));
        connected = azure.snapshot();
        ofAzure();
        ofTenants();
        ofPrincipals();
        ofTime();
        assertions();
        requests();
        names = List.copyOf(verbs.keySet());
    }

    /** The public methods of the fake's types, as {@code Type.method}. */
    static Set<String> ofThePublicApi() {
        return TYPES.stream()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(m -> Modifier.isPublic(m.getModifiers()) && !Modifier.isStatic(m.getModifiers()))
                .filter(m -> !m.isSynthetic())
                .map(FakeVerbs::name)
                .filter(name -> !OTHERS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    List<String> names() {
        return names;
    }

    String any(Random random) {
        return names.get(random.nextInt(names.size()));
    }

    void call(String name) throws Exception {
        verbs.get(name).call();
    }

    private void ofAzure() {
        verbs.put("FakeAzure.tenant", () -> {
            azure.tenant("woodgrove");
            azure.tenant("t" + count.incrementAndGet(), AzureEnvironment.AZURE_US_GOVERNMENT);
        });
        verbs.put("FakeAzure.clock", azure::clock);
        verbs.put("FakeAzure.httpClient", azure::httpClient);
        verbs.put("FakeAzure.calls", azure::calls);
        verbs.put("FakeAzure.clearCalls", azure::clearCalls);
        verbs.put("FakeAzure.onCall", () -> {
            Runnable unsubscribe = azure.onCall(call -> azure.calls());
            readGroup();
            unsubscribe.run();
        });
        verbs.put("FakeAzure.latency", () -> azure.latency("GET", "/subscriptions", SECOND));
        verbs.put("FakeAzure.snapshot", azure::snapshot);
        verbs.put("FakeAzure.restore", this::restore);
        verbs.put("FakeAzure.inject", () -> {
            InjectedFault fault =
                    azure.inject(Fault.lag(SECOND).on("GET", "/subscriptions").always());
            arm("/subscriptions?api-version=2022-12-01");
            fault.remove();
        });
        verbs.put("FakeAzure.pendingFaults", azure::pendingFaults);
        verbs.put("FakeAzure.directoryReplication", () -> azure.directoryReplication(SECOND));
        verbs.put("FakeAzure.credentialPropagation", () -> azure.credentialPropagation(SECOND));
        verbs.put("FakeAzure.rolePropagation", () -> azure.rolePropagation(SECOND));
        verbs.put("FakeAzure.vaultDns", () -> azure.vaultDns(SECOND));
        verbs.put("FakeAzure.storageCreation", () -> azure.storageCreation(SECOND));
        verbs.put("FakeAzure.sqlOperation", () -> azure.sqlOperation(SECOND));
        verbs.put("FakeAzure.groupDeletion", () -> azure.groupDeletion(SECOND));
        verbs.put("FakeAzure.storageKeyCache", () -> azure.storageKeyCache(SECOND));
        verbs.put("FakeAzure.sqlSelfHealing", () -> azure.sqlSelfHealing(SECOND));
        verbs.put("FakeAzure.realistic", azure::realistic);
        verbs.put("FakeAzure.throttling", () -> azure.throttling(count.get() % 2 == 0));
        verbs.put("FakeAzure.largestPage", () -> azure.largestPage(2));
        verbs.put("FakeAzure.workload", () -> azure.workload(two.identityId));
        verbs.put("FakeAzure.attachIdentity", () -> azure.attachIdentity(two.identityId));
        verbs.put("FakeAzure.blobAtRest", () -> azure.blobAtRest("stfabrikam", "data", "letter"));
        verbs.put("FakeAzure.toString", () -> assertThat(azure.toString()).isNotBlank());
    }

    /** Refused only for what the documentation says: others work or wait on the clock. */
    private void restore() {
        try {
            azure.restore(connected);
        } catch (IllegalStateException others) {
            assertThat(others).hasMessageContaining("the clock cannot be set back");
        }
    }

    private void ofTenants() {
        verbs.put("FakeTenant.tenantId", contoso::tenantId);
        verbs.put("FakeTenant.subscriptionId", contoso::subscriptionId);
        verbs.put("FakeTenant.environment", contoso::environment);
        verbs.put("FakeTenant.connection", contoso::connection);
        verbs.put("FakeTenant.credential", contoso::credential);
        verbs.put("FakeTenant.administrator", contoso::administrator);
        verbs.put("FakeTenant.newPrincipal", () -> contoso.newPrincipal("p", "Directory Readers"));
        verbs.put("FakeTenant.newUser", () -> contoso.newUser("u" + count.incrementAndGet()));
        verbs.put("FakeTenant.usersMayConsent", () -> contoso.usersMayConsent(true));
        verbs.put("FakeTenant.usersMayCreateApplications", () -> contoso.usersMayCreateApplications(true));
        verbs.put("FakeTenant.servicePrincipalOf", () -> fabrikam.servicePrincipalOf(application));
        verbs.put("FakeTenant.enableApplication", () -> fabrikam.enableApplication(application, true));
        verbs.put(
                "FakeTenant.grant",
                () -> contoso.grant(principal.servicePrincipalId().value(), READER, scope));
        verbs.put(
                "FakeTenant.revoke",
                unlessGone(() -> contoso.revoke(principal.servicePrincipalId().value(), READER, scope)));
        verbs.put("FakeTenant.managedIdentity", () -> contoso.managedIdentity(two.identityId));
        verbs.put("FakeTenant.acceptConsent", () -> fabrikam.acceptConsent(consentUrl()));
        verbs.put("FakeTenant.declineConsent", () -> fabrikam.declineConsent(consentUrl()));
        verbs.put("FakeTenant.toString", () -> assertThat(contoso.toString()).isNotBlank());
    }

    private URI consentUrl() {
        return URI.create("https://login.microsoftonline.com/" + fabrikam.tenantId() + "/adminconsent?client_id="
                + two.clientId + "&redirect_uri=" + WELCOME);
    }

    private void ofPrincipals() {
        verbs.put("FakePrincipal.clientId", principal::clientId);
        verbs.put("FakePrincipal.servicePrincipalId", principal::servicePrincipalId);
        verbs.put("FakePrincipal.clientSecret", principal::clientSecret);
        verbs.put("FakePrincipal.grant", () -> principal.grant(READER, scope));
        verbs.put("FakePrincipal.revoke", unlessGone(() -> principal.revoke(READER, scope)));
        verbs.put("FakePrincipal.grantGraph", () -> principal.grantGraph("Application.ReadWrite.OwnedBy"));
        verbs.put("FakePrincipal.credential", principal::credential);
        verbs.put("FakePrincipal.connection", principal::connection);
        verbs.put(
                "FakePrincipal.toString", () -> assertThat(principal.toString()).isNotBlank());
        verbs.put("FakeUser.objectId", user::objectId);
        verbs.put("FakeUser.userPrincipalName", user::userPrincipalName);
        verbs.put("FakeUser.password", user::password);
        verbs.put("FakeUser.grant", () -> user.grant(READER, two.vaultId));
        verbs.put("FakeUser.revoke", unlessGone(() -> user.revoke(READER, two.vaultId)));
        verbs.put("FakeUser.credential", user::credential);
        verbs.put("FakeUser.connection", user::connection);
        verbs.put("FakeUser.acceptConsent", () -> user.acceptConsent(consentUrl()));
        verbs.put("FakeUser.declineConsent", () -> user.declineConsent(consentUrl()));
        verbs.put("FakeUser.toString", () -> assertThat(user.toString()).isNotBlank());
        verbs.put("FakeWorkload.httpClient", workload::httpClient);
        verbs.put("FakeWorkload.environment", workload::environment);
        verbs.put(
                "FakeWorkload.credential",
                () -> Rest.token(workload.credential(), "https://management.azure.com/.default"));
        verbs.put("FakeWorkload.toString", () -> assertThat(workload.toString()).isNotBlank());
    }

    private void ofTime() {
        FakeClock clock = azure.clock();
        verbs.put("FakeClock.now", clock::now);
        verbs.put("FakeClock.advance", () -> clock.advance(SECOND));
        verbs.put("FakeClock.pause", () -> clock.pause(SECOND));
        verbs.put("FakeClock.executor", () -> clock.executor().execute(this::readGroup));
        verbs.put(
                "FakeClock.await", () -> clock.await(CompletableFuture.runAsync(this::pauseAndRead, clock.executor())));
        verbs.put(
                "FakeClock.at",
                () -> clock.at(clock.now().plus(SECOND), clock::now).run());
        verbs.put("FakeClock.toString", () -> assertThat(clock.toString()).isNotBlank());
    }

    private void pauseAndRead() {
        try {
            azure.clock().pause(SECOND);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        readGroup();
    }

    private void assertions() {
        ResourceId account =
                ResourceId.of(scope + "/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stfabrikam");
        ResourceId server = ResourceId.of(scope + "/resourceGroups/rg/providers/Microsoft.Sql/servers/sql-fabrikam");
        verbs.put("FakeAzureAssert.storageAccount", () -> assertThat(azure).storageAccount(account));
        verbs.put("FakeAzureAssert.sqlServer", () -> assertThat(azure).sqlServer(server));
        verbs.put("FakeAzureAssert.application", () -> assertThat(azure).application(application));
        verbs.put("FakeAzureAssert.hasResource", () -> assertThat(azure).hasResource(vault));
        verbs.put(
                "FakeAzureAssert.hasNoResource",
                () -> assertThat(azure).hasNoResource(ResourceId.of(two.vaultId + "x")));
        String tokens = "/{tenant}/oauth2/v2.0/token";
        verbs.put(
                "FakeAzureAssert.hasCalled", unlessFalse(() -> assertThat(azure).hasCalled("POST", tokens)));
        verbs.put(
                "FakeAzureAssert.hasCalledTimes",
                unlessFalse(() -> assertThat(azure).hasCalledTimes(1, "POST", tokens)));
        verbs.put(
                "FakeAzureAssert.hasNotCalled",
                unlessFalse(() -> assertThat(azure).hasNotCalled("POST", tokens)));
        verbs.put(
                "FakeAzureAssert.hasChangedNothing",
                unlessFalse(() -> assertThat(azure).hasChangedNothing()));
        verbs.put(
                "FakeAzureAssert.hasNoPendingFaults",
                unlessFalse(() -> assertThat(azure).hasNoPendingFaults()));
        verbs.put(
                "ApplicationAssert.isMultiTenant",
                () -> assertThat(azure).application(application).isMultiTenant());
        verbs.put(
                "ApplicationAssert.hasNoSecrets",
                () -> assertThat(azure).application(application).hasNoSecrets());
        verbs.put(
                "ApplicationAssert.trustsIdentity",
                () -> assertThat(azure).application(application).trustsIdentity(ResourceId.of(two.identityId)));
        verbs.put(
                "ApplicationAssert.isInstalledIn",
                () -> assertThat(azure).application(application).isInstalledIn(fabrikam));
        verbs.put(
                "ApplicationAssert.mayUse",
                () -> assertThat(azure).application(application).mayUse(KeyIdentifier.parse(two.keyUrl)));
    }

    private void requests() {
        verbs.put("a group is read", this::readGroup);
        verbs.put("an account is read", () -> arm(accountPath("stfabrikam")));
        verbs.put(
                "an account is made",
                () -> two.arm(contoso)
                        .put(TwoTenants.account(contoso, "st" + count.incrementAndGet()), two.accountBody()));
        verbs.put("a key is rotated", () -> fabrikamsKeys().post(two.keyUrl + "/rotate?api-version=7.4", Map.of()));
        verbs.put("a server is read", () -> two.arm(contoso).get(TwoTenants.sql(contoso, "/databases")));
        verbs.put(
                "applications are listed",
                () -> two.graph(contoso).get("https://graph.microsoft.com/v1.0/applications"));
    }

    private Rest fabrikamsKeys() {
        return Rest.over(azure.httpClient()).as(fabrikam.credential(), "https://vault.azure.net/.default");
    }

    private static String accountPath(String name) {
        return "/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/" + name + "?api-version=2025-06-01";
    }

    private void readGroup() {
        arm("/resourceGroups/rg?api-version=2021-04-01");
    }

    private void arm(String path) {
        String url = path.startsWith("/subscriptions") ? path : scope + path;
        assertThat(two.arm(contoso).get("https://management.azure.com" + url).status())
                .isLessThan(500);
    }

    /** Another thread may have taken it away, or gone back to when it was not there. */
    private static Verb unlessGone(Verb verb) {
        return () -> {
            try {
                verb.call();
            } catch (IllegalArgumentException gone) {
                assertThat(gone).hasMessageContaining("does not have the role");
            }
        };
    }

    private static Verb unlessFalse(Verb assertion) {
        return () -> {
            try {
                assertion.call();
            } catch (AssertionError isFalse) {
                assertThat(isFalse).hasMessageContaining("Expected");
            }
        };
    }

    /** Something to do. */
    interface Verb {
        void call() throws InterruptedException, ExecutionException;
    }
}

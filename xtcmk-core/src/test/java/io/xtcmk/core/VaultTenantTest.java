package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.Region;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.ResourceEncryption;
import io.xtcmk.TenantConnection;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.KeyOwnershipException;
import io.xtcmk.exception.KeyOwnershipException.Reason;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.Plan;
import io.xtcmk.model.PlannedStep;
import io.xtcmk.testing.FakeTenant;
import io.xtcmk.testing.RecordedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The confused deputy: the application may use the keys of all customers, so that the name of a key alone must not get a
 * resource encrypted with it.
 *
 * <pre>
 *   alice = fabrikam, a customer with a key        bob, another customer, installed the application too
 *                     mallory, who takes the name of alice's vault after its purge
 * </pre>
 */
class VaultTenantTest extends EncryptionScenario {
    private final FederatedApp app = phase1();
    private final AuthorizedKey alices = phase2(app);
    private final FakeTenant bob = azure.tenant("bob");

    private KeyOwnershipException refused(ResourceEncryption<?> definition) {
        azure.clearCalls();
        KeyOwnershipException e = catchThrowableOfType(KeyOwnershipException.class, definition::create);
        assertThat(e).isNotNull();
        assertThat(e.step()).isEqualTo("vaultTenant");
        assertThat(e.done()).isEmpty();
        assertThat(writes()).isEmpty();
        return e;
    }

    /** Alice's key, as Bob pastes it. */
    private AuthorizedKey alicesByBob() {
        return AuthorizedKey.of(bob.tenantId(), app.clientId(), KEY_URL);
    }

    @Test
    void anotherCustomersKey_isRefusedBeforeAnything() {
        for (ResourceEncryption<?> definition : List.of(storage(app, alicesByBob()), sql(app, alicesByBob()))) {
            KeyOwnershipException e = refused(definition);

            assertThat(e.reason()).isEqualTo(Reason.OTHER_TENANT);
            assertThat(e.fix()).contains("tenant");
            assertThat(e.actor()).isEqualTo(Actor.PROVIDER);
            assertThat(e.tenantId()).isEqualTo(bob.tenantId());
            assertThat(e.resource()).isEqualTo("https://kv-fabrikam.vault.azure.net/");
            assertThat(e).hasMessageContaining("tenantId is " + fabrikam.tenantId());
            assertThat(azure.calls()).as("one question, no token").hasSize(1);
        }
    }

    @Test
    void anotherCustomersKey_isRefusedAnUpdateToo() {
        storage(app, alices).create();
        azure.clearCalls();

        KeyOwnershipException e = catchThrowableOfType(
                KeyOwnershipException.class, () -> storage(app, alicesByBob()).update());

        assertThat(e.reason()).isEqualTo(Reason.OTHER_TENANT);
        assertThat(azure.calls()).hasSize(1);
    }

    @Test
    void anotherCustomersKey_isAConflictInThePlan() {
        Plan plan = storage(app, alicesByBob()).plan();

        PlannedStep step = plan.steps().get(0);
        assertThat(step.step()).isEqualTo("vaultTenant");
        assertThat(step.action()).isEqualTo(PlannedStep.Action.CONFLICT);
        assertThat(step.tenantId()).isEqualTo(bob.tenantId());
        assertThat(step.differences())
                .singleElement()
                .satisfies(d ->
                        assertThat(d.actual()).isEqualTo(fabrikam.tenantId().toString()));
        assertThat(step.roles()).isEmpty();
    }

    @Test
    void ownKey_isInThePlanAndNoOutcome() {
        assertThat(storage(app, alices).plan().steps().get(0).action()).isEqualTo(PlannedStep.Action.NONE);
        assertThat(storage(app, alices).create().outcomes()).extracting("step").doesNotContain("vaultTenant");
    }

    /** Ninety days after the deletion the name of Alice's vault is free, for anybody, with all her roles forgotten. */
    @Test
    void nameOfAPurgedVault_inAnotherTenant_isNotAlices() {
        rest(fabrikam, "DELETE", "https://management.azure.com" + vaultId + "?api-version=2024-11-01", null);
        azure.clock().advance(Duration.ofDays(91));
        FakeTenant mallory = azure.tenant("mallory");
        CrossTenantCmk.customer(mallory.connection())
                .application(app.clientId())
                .keyVault("rg-keys", "kv-fabrikam", Region.EUROPE_WEST)
                .key("contoso-cmk")
                .authorize();

        KeyOwnershipException e = refused(storage(app, alices));

        assertThat(e.reason()).isEqualTo(Reason.OTHER_TENANT);
        assertThat(e).hasMessageContaining("tenantId is " + mallory.tenantId());
    }

    @Test
    void vaultThatIsNotThere_isUnknown() {
        AuthorizedKey nowhere =
                AuthorizedKey.of(fabrikam.tenantId(), app.clientId(), "https://kv-nowhere.vault.azure.net", "k");

        KeyOwnershipException e = refused(storage(app, nowhere));

        assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_TENANT);
        assertThat(e.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(e.fix()).contains("acceptUnreachableVault()");
    }

    @Test
    void vaultBehindAFirewall_isAcceptedIfToldSo() {
        KeyOwnershipException e = refused(storageOn(withoutVaults(), app, alices));
        assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_TENANT);

        assertThat(changes(storageOn(withoutVaults(), app, alices)
                        .acceptUnreachableVault()
                        .create()
                        .outcomes()))
                .containsExactly("resourceGroup CREATED", "storageAccount CREATED");
    }

    @Test
    void firewallThatSpeaksForTheVault_isAcceptedIfToldSo() {
        TenantConnection connection = hostile(403, headers -> {}, "{\"error\":{\"code\":\"Forbidden\"}}");

        KeyOwnershipException e = refused(storageOn(connection, app, alices));
        assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_TENANT);
        assertThat(e.fix()).contains("acceptUnreachableVault()");
        assertThat(e).hasMessageContaining("firewall");

        storageOn(connection, app, alices).acceptUnreachableVault().create();
    }

    /** To accept silence is not to accept another answer. */
    @Test
    void vaultOfAnotherTenant_isNeverAccepted() {
        KeyOwnershipException e = refused(storage(app, alicesByBob()).acceptUnreachableVault());

        assertThat(e.reason()).isEqualTo(Reason.OTHER_TENANT);
    }

    // a vault that somebody else plays

    private final List<HttpRequest> strangers = new ArrayList<>();

    private TenantConnection hostile(int status, Consumer<HttpHeaders> headers, String body) {
        return over(provider(), new Intercepted(azure.httpClient(), (request, onward) -> {
            String host = request.getUrl().getHost();
            if (host.endsWith(".azure.com") || host.equals("login.microsoftonline.com")) {
                return onward.send();
            }
            strangers.add(request);
            HttpHeaders all = new HttpHeaders();
            headers.accept(all);
            HttpResponse answer = Intercepted.answer(request, status, all, body);
            return answer;
        }));
    }

    private void assertNotTrusted(TenantConnection connection) {
        KeyOwnershipException e = refused(storageOn(connection, app, alices).acceptUnreachableVault());
        assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_TENANT);
        assertThat(strangers).isNotEmpty().allSatisfy(request -> {
            assertThat(request.getUrl().getHost()).isEqualTo("kv-fabrikam.vault.azure.net");
            assertThat(request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION))
                    .isNull();
        });
        assertThat(azure.calls())
                .extracting(RecordedCall::url)
                .as("no token is asked for")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer authorization=\"https://login.evil.example/%s\", resource=\"https://vault.azure.net\"",
                "Bearer authorization=\"https://login.microsoftonline.com/%s\", resource=\"https://evil.example\"",
                "Bearer authorization=\"https://login.microsoftonline.com/%s\", resource=\"https://management.azure.com\"",
                "Bearer error=\"insufficient_claims\", claims=\"eyJhY2Nlc3NfdG9rZW4iOnt9fQ==\", authorization=\"%s\"",
            })
    void challengeThatLeadsElsewhere_isNotFollowed(String challenge) {
        assertNotTrusted(hostile(
                401,
                headers -> headers.set(
                        HttpHeaderName.WWW_AUTHENTICATE,
                        challenge.replace("%s", fabrikam.tenantId().toString())),
                "{}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirect_isNotFollowed(int status) {
        assertNotTrusted(hostile(
                status,
                headers -> headers.set(HttpHeaderName.LOCATION, "https://evil.example/keys?api-version=7.4"),
                ""));
    }

    @Test
    void hugeAnswer_doesNoHarm() {
        assertNotTrusted(hostile(
                401,
                headers -> headers.set(HttpHeaderName.WWW_AUTHENTICATE, "Bearer " + "a=\"b\", ".repeat(1_000_000)),
                "x".repeat(10_000_000)));
    }
}

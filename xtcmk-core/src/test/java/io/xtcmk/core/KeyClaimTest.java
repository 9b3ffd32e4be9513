package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.management.Region;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.KeyRegistry;
import io.xtcmk.KeyRegistry.Answer;
import io.xtcmk.KeyRegistry.Claim;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.exception.KeyOwnershipException;
import io.xtcmk.exception.KeyOwnershipException.Reason;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.PlannedStep;
import io.xtcmk.model.PlannedStep.Action;
import io.xtcmk.testing.FakeTenant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One key, one customer; one customer, one tenant: by the provider's registry, in phase 3. */
class KeyClaimTest extends EncryptionScenario {
    private final FederatedApp app = phase1();
    private final AuthorizedKey alices = phase2(app);
    private final KeyRegistry registry = KeyRegistry.inMemory();

    private KeyOwnershipException refused(Runnable call) {
        azure.clearCalls();
        KeyOwnershipException e = catchThrowableOfType(KeyOwnershipException.class, call::run);
        assertThat(e).isNotNull();
        assertThat(e.actor()).isEqualTo(Actor.PROVIDER);
        assertThat(writes()).isEmpty();
        return e;
    }

    @Test
    void ownKey_isClaimedOnce_forAnyNumberOfResources() {
        assertThat(storage(app, alices).claimFor("alice", registry).create().outcomes())
                .extracting("step")
                .doesNotContain("keyClaim");
        sql(app, alices).claimFor("alice", registry).create();
        storage(app, alices).claimFor("alice", registry).update();

        assertThat(registry.peek(new Claim("bob", fabrikam.tenantId(), alices.key())))
                .isEqualTo(Answer.HELD_BY_ANOTHER);
    }

    /** Bob names Alice's tenant too, and the provider has let him: the vault's answer agrees, the registry does not. */
    @Test
    void secondCustomersClaim_isRefused_andNamesNobody() {
        storage(app, alices).claimFor("alice", registry).create();

        AuthorizedKey typed = AuthorizedKey.of(
                fabrikam.tenantId(), app.clientId(), "https://KV-Fabrikam.vault.azure.net", "Contoso-CMK");

        KeyOwnershipException e = refused(() -> CrossTenantCmk.provider(provider())
                .storage("rg-data", "stbob")
                .federatedApp(app)
                .withCustomerKey(typed)
                .claimFor("bob", registry)
                .create());

        assertThat(e.reason()).isEqualTo(Reason.HELD_BY_ANOTHER);
        assertThat(e.step()).isEqualTo("keyClaim");
        assertThat(e).hasMessageContaining("The key is claimed for another customer");
        assertThat(e.fix()).startsWith("Do not use this key for this customer.");
        assertThat(e.getMessage()).doesNotContain("alice");
    }

    @Test
    void keyInAnotherTenant_needsANewBeginning() {
        storage(app, alices).claimFor("alice", registry).create();
        FakeTenant elsewhere = azure.tenant("elsewhere");
        AuthorizedKey moved = CrossTenantCmk.customer(elsewhere.connection())
                .application(app.clientId())
                .keyVault("rg-keys", "kv-elsewhere", Region.EUROPE_WEST)
                .key("cmk")
                .authorize();

        KeyOwnershipException e =
                refused(() -> storage(app, moved).claimFor("alice", registry).update());
        assertThat(e.reason()).isEqualTo(Reason.TENANT_CHANGED);
        assertThat(e).hasMessageContaining("The key is in another tenant than this customer's first key");

        registry.release("alice");
        storage(app, moved).claimFor("alice", registry).update();
    }

    /** What Bob fails to get must not be kept from Alice. */
    @Test
    void refusedCustomer_leavesNoClaim() {
        FakeTenant bob = azure.tenant("bob");
        AuthorizedKey typed = AuthorizedKey.of(bob.tenantId(), app.clientId(), KEY_URL);

        KeyOwnershipException e =
                refused(() -> storage(app, typed).claimFor("bob", registry).create());

        assertThat(e.reason()).isEqualTo(Reason.OTHER_TENANT);
        assertThat(registry.peek(new Claim("alice", fabrikam.tenantId(), alices.key())))
                .isEqualTo(Answer.GRANTED);
    }

    @Test
    void plan_claimsNothing() {
        List<PlannedStep> steps =
                storage(app, alices).claimFor("alice", registry).plan().steps();
        assertThat(steps).extracting(PlannedStep::step).startsWith("vaultTenant", "keyClaim");
        assertThat(registry.claim(new Claim("bob", fabrikam.tenantId(), alices.key())))
                .isEqualTo(Answer.GRANTED);

        assertThat(storage(app, alices)
                        .claimFor("alice", registry)
                        .plan()
                        .steps()
                        .get(1)
                        .action())
                .isEqualTo(Action.CONFLICT);
    }

    @Test
    void ofTwoCustomersAtOnce_oneGetsTheKey() {
        List<CompletableFuture<Reason>> ends = new ArrayList<>();
        for (String customer : List.of("alice", "bob", "carol")) {
            ends.add(CrossTenantCmk.provider(provider())
                    .storage("rg-data", "st" + customer)
                    .federatedApp(app)
                    .withCustomerKey(alices)
                    .claimFor(customer, registry)
                    .createAsync()
                    .toFuture()
                    .handle((account, e) -> e instanceof KeyOwnershipException refusal ? refusal.reason() : null));
        }

        assertThat(ends.stream().map(CompletableFuture::join).toList())
                .containsOnlyOnce((Reason) null)
                .filteredOn(Reason.HELD_BY_ANOTHER::equals)
                .hasSize(2);
    }

    @Test
    void brokenRegistry_stopsEverything() {
        KeyRegistry broken = new KeyRegistry() {
            @Override
            public Answer claim(Claim claim) {
                throw new IllegalStateException("the database is down");
            }

            @Override
            public Answer peek(Claim claim) {
                return Answer.GRANTED;
            }

            @Override
            public void release(String reference) {}
        };
        azure.clearCalls();

        assertThatThrownBy(() -> storage(app, alices).claimFor("alice", broken).create())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the database is down");
        assertThat(writes()).isEmpty();
    }

    @Test
    void badInput_isRefusedByName() {
        assertThatThrownBy(() -> storage(app, alices).claimFor(" ", registry))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("reference");
        assertThatThrownBy(() -> storage(app, alices).claimFor("alice", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("registry");
        assertThatThrownBy(() -> new Claim("alice", fabrikam.tenantId(), null))
                .isInstanceOf(InvalidInputException.class);
    }
}

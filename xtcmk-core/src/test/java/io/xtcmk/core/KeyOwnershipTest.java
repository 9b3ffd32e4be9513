package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.azure.core.management.Region;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.KeyAuthorization;
import io.xtcmk.KeyAuthorization.KeyPlane;
import io.xtcmk.KeyOwnership;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.exception.KeyAccessException;
import io.xtcmk.exception.KeyOwnershipException;
import io.xtcmk.exception.KeyOwnershipException.Reason;
import io.xtcmk.exception.PermissionMissingException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.OwnershipTag;
import io.xtcmk.model.PlannedStep;
import io.xtcmk.model.PlannedStep.Action;
import io.xtcmk.model.ProvenKey;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.StepOutcome;
import io.xtcmk.testing.FakeTenant;
import io.xtcmk.testing.RecordedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The proof that a key is the customer's who names it: a tag on the key, which only its owner can put there, and which the
 * application reads.
 */
class KeyOwnershipTest extends EncryptionScenario {
    private final FederatedApp app = phase1();
    private final OwnershipTag tag = OwnershipTag.issue("customer-42", fabrikam.tenantId());
    private final String tagName = OwnershipTag.name(app.clientId());

    private KeyOwnership ownership(AuthorizedKey key, OwnershipTag issued) {
        return CrossTenantCmk.provider(provider())
                .ownership(key)
                .tag(issued)
                .managedIdentity(contoso.managedIdentity(app.identity().id().toString()));
    }

    private KeyAuthorization tagging() {
        return phase2On(customer(), app.clientId()).ownershipTag(tag.value());
    }

    private AuthorizedKey pasted() {
        return AuthorizedKey.of(fabrikam.tenantId(), app.clientId(), KEY_URL);
    }

    private KeyOwnershipException refused(AuthorizedKey key, OwnershipTag issued) {
        KeyOwnershipException e = catchThrowableOfType(
                KeyOwnershipException.class, () -> ownership(key, issued).prove());
        assertThat(e).isNotNull();
        return e;
    }

    private Map<?, ?> tags() {
        Object tags = keyCall(officer(), "GET", "", null).at("tags");
        return tags instanceof Map<?, ?> map ? map : Map.of();
    }

    // tagging

    @Test
    void newKey_hasTheTagFromItsMaking() {
        AuthorizedKey key = tagging().authorize();

        assertThat(changes(key.outcomes())).contains("key CREATED", "keyTag UNCHANGED");
        assertThat(writtenPaths()).containsOnlyOnce("PUT contoso-cmk");
        assertThat(tags().get(tagName)).isEqualTo(tag.value());
        assertThat(ownership(key, tag).prove().reference()).isEqualTo("customer-42");
    }

    @Test
    void newKey_byTheVaultItself_hasItToo() {
        fabrikam.administrator().grant("Key Vault Crypto Officer", subscription(fabrikam));

        AuthorizedKey key = tagging().keyPlane(KeyPlane.DATA).authorize();

        assertThat(changes(key.outcomes())).contains("key CREATED", "keyTag UNCHANGED");
        assertThat(tags().get(tagName)).isEqualTo(tag.value());
    }

    @ParameterizedTest
    @EnumSource(KeyPlane.class)
    void adoptedKey_getsTheTagAndNothingElse(KeyPlane plane) {
        phase2(app);
        fabrikam.administrator().grant("Key Vault Crypto Officer", subscription(fabrikam));
        String version = version();
        Instant expires = azure.clock().now().plus(Duration.ofDays(400));
        keyCall(
                officer(),
                "PATCH",
                "/" + version,
                object("attributes", object("exp", expires.getEpochSecond()), "tags", object("owner", "ops")));
        Reply before = keyCall(officer(), "GET", "", null);
        azure.clearCalls();

        AuthorizedKey key = tagging().keyPlane(plane).authorize();

        assertThat(changes(key.outcomes())).contains("key UNCHANGED", "keyTag UPDATED");
        Reply after = keyCall(officer(), "GET", "", null);
        assertThat(tags()).isEqualTo(Map.of("owner", "ops", tagName, tag.value()));
        assertThat(without(whole(after), "tags", "attributes")).isEqualTo(without(whole(before), "tags", "attributes"));
        assertThat(without(after.at("attributes"), "updated")).isEqualTo(without(before.at("attributes"), "updated"));
        RecordedCall patch = serviceCalls().stream()
                .filter(c -> c.method().equals("PATCH") && c.url().getPath().contains(version))
                .findFirst()
                .orElseThrow();
        assertThat(((Map<?, ?>) patch.requestBody()).keySet()).isEqualTo(java.util.Set.of("tags"));

        azure.clearCalls();
        assertThat(changes(tagging().keyPlane(plane).authorize().outcomes())).contains("keyTag UNCHANGED");
        assertThat(writtenPaths()).noneMatch(path -> path.contains(version));
    }

    @Test
    void adoptedKey_needsARoleOnIt_whichThePlanTells() {
        assertThat(planned(tagging()).action()).isEqualTo(Action.CREATE);
        assertThat(planned(tagging()).roles()).isEmpty();
        phase2(app);

        PlannedStep step = planned(tagging());
        PermissionMissingException e = catchThrowableOfType(
                PermissionMissingException.class, () -> tagging().authorize());

        assertThat(step.action()).isEqualTo(Action.UPDATE);
        assertThat(step.roles()).extracting("name").containsExactly("Key Vault Crypto Officer");
        assertThat(e.step()).isEqualTo("keyTag");
        assertThat(e.fix()).contains("Key Vault Crypto Officer").contains("keys/contoso-cmk");
        assertThat(e.actor()).isEqualTo(Actor.CUSTOMER);
    }

    @Test
    void freshRoleOfTheCustomers_isWaitedFor() {
        phase2(app);
        azure.rolePropagation(Duration.ofMinutes(2));
        fabrikam.administrator().grant("Key Vault Crypto Officer", subscription(fabrikam));
        Instant granted = azure.clock().now();

        assertThat(changes(tagging()
                        .propagationTimeout(Duration.ofMinutes(5))
                        .authorize()
                        .outcomes()))
                .contains("keyTag UPDATED");
        assertThat(Duration.between(granted, azure.clock().now()))
                .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
    }

    private static PlannedStep planned(KeyAuthorization definition) {
        return definition.plan().steps().stream()
                .filter(step -> step.step().equals("keyTag"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void rotatedKey_keepsIt() {
        AuthorizedKey key = tagging().authorize();
        fabrikam.administrator().grant("Key Vault Crypto Officer", subscription(fabrikam));
        CrossTenantCmk.customer(customer()).key(key).rotate();

        assertThat(ownership(key, tag).prove()).isNotNull();
    }

    // proving

    @Test
    void ownKey_isProven_byReadingAlone() {
        AuthorizedKey key = tagging().authorize();
        azure.clearCalls();

        ProvenKey proven = ownership(key, tag).prove();

        assertThat(proven.key()).isEqualTo(key);
        assertThat(proven.reference()).isEqualTo("customer-42");
        assertThat(proven.provenAt()).isEqualTo(azure.clock().now());
        assertThat(writes()).isEmpty();
        assertThat(serviceCalls())
                .extracting(c -> c.url().getHost() + " " + c.status())
                .containsSubsequence("kv-fabrikam.vault.azure.net 401", "kv-fabrikam.vault.azure.net 200")
                .doesNotContain("management.azure.com 200");
        assertThat(ownership(key, tag).proveAsync().block()).isEqualTo(proven);
        assertThat(ownership(key, tag).plan().steps())
                .extracting(PlannedStep::action)
                .containsExactly(Action.NONE, Action.NONE);
        assertThat(ownership(key, tag).plan().steps().get(1).roles())
                .extracting(RequiredRole::name, RequiredRole::scope)
                .containsExactly(tuple("Key Vault Crypto Service Encryption User", vaultId + "/keys/contoso-cmk"));
    }

    /** What only looks has nothing to tell of what it made. */
    @Test
    void proof_isNoOutcome() {
        AuthorizedKey key = tagging().authorize();
        List<StepOutcome> told = new ArrayList<>();

        ownership(key, tag).onStep(told::add).prove();

        assertThat(told).isEmpty();
    }

    /** Only a fresh role can be "not yet". */
    @Test
    void deletedKey_isSaidAtOnce_howeverFreshTheGrant() {
        AuthorizedKey key = tagging().authorize();
        keyCall(officer(), "DELETE", "", null);
        Instant asked = azure.clock().now();

        KeyAccessException e = catchThrowableOfType(
                KeyAccessException.class, () -> ownership(key, tag).prove());

        assertThat(e.step()).isEqualTo("ownershipTag");
        assertThat(azure.clock().now()).isEqualTo(asked);
    }

    @Test
    void keyOfTheCustomersHands_isProvenWithTheTagOfTheCommand() {
        phase2(app);
        String line = tag.azureCliCommand(pasted());
        String value = line.substring(line.indexOf('=') + 1);
        KeyOwnershipException untagged = refused(pasted(), tag);
        assertThat(untagged.reason()).isEqualTo(Reason.NO_TAG);
        assertThat(untagged.likelyCause()).contains("not tagged the key yet");

        keyCall(officer(), "PATCH", "/" + version(), object("tags", object(tagName, value)));

        assertThat(ownership(pasted(), tag).prove().key()).isEqualTo(pasted());
    }

    @Test
    void freshGrant_isWaitedFor() {
        azure.rolePropagation(Duration.ofMinutes(4));
        AuthorizedKey key = tagging().authorize();
        Instant granted = azure.clock().now();

        ownership(key, tag).prove();

        assertThat(Duration.between(granted, azure.clock().now()))
                .isBetween(Duration.ofMinutes(3), Duration.ofMinutes(5));
    }

    @Test
    void missingKey_isSaid() {
        phase2(app);
        AuthorizedKey other = AuthorizedKey.of(fabrikam.tenantId(), app.clientId(), KEY_URL + "2");
        fabrikam.grant(phase2(app).servicePrincipalId().value(), "Key Vault Crypto Service Encryption User", vaultId);

        KeyAccessException e = catchThrowableOfType(
                KeyAccessException.class, () -> ownership(other, tag).prove());

        assertThat(e.step()).isEqualTo("ownershipTag");
        assertThat(e.actor()).isEqualTo(Actor.CUSTOMER);
    }

    @Test
    void customerWithoutTheApplication_isSaid() {
        phase2(app);
        graph(fabrikam, "DELETE", "/servicePrincipals/" + phase2(app).servicePrincipalId(), null);

        KeyAccessException e = catchThrowableOfType(
                KeyAccessException.class, () -> ownership(pasted(), tag).prove());

        assertThat(e.actor()).isEqualTo(Actor.CUSTOMER);
    }

    // attacks

    /** Bob types Alice's tenant id and her key's URL: the vault is of that tenant, but the key is not Bob's to tag. */
    @Test
    void anotherCustomersTenantAndKey_lackTheTag() {
        tagging().authorize();
        OwnershipTag bobs = OwnershipTag.issue("bob", fabrikam.tenantId());

        KeyOwnershipException e = refused(pasted(), bobs);

        assertThat(e.reason()).isEqualTo(Reason.OTHER_TAG);
        assertThat(e.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(e.likelyCause()).contains("is another customer's");
        assertThat(e.fix()).startsWith("Have the customer tag the key");
        assertThat(e.getMessage()).contains(tagName + " is another");
        assertThat(e.getMessage()).doesNotContain(tag.value(), bobs.value(), tag.nonce(), "customer-42");
    }

    @Test
    void anotherCustomersTag_isNoneOfBobs() {
        FakeTenant bob = azure.tenant("bob");
        AuthorizedKey bobsKey = CrossTenantCmk.customer(bob.connection())
                .application(app.clientId())
                .keyVault("rg-keys", "kv-bob", Region.EUROPE_WEST)
                .key("cmk")
                .ownershipTag(tag.value())
                .authorize();
        OwnershipTag stolen = new OwnershipTag("bob", bob.tenantId(), tag.nonce());

        assertThat(refused(bobsKey, stolen).reason()).isEqualTo(Reason.OTHER_TAG);
        assertThatThrownBy(() -> ownership(bobsKey, tag))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("was issued for tenant");
    }

    /** The tag of last year's contract, still on the key, against this year's. */
    @Test
    void replayedTag_isRefused() {
        AuthorizedKey key = tagging().authorize();
        OwnershipTag anew = OwnershipTag.issue("customer-42", fabrikam.tenantId());

        assertThat(refused(key, anew).reason()).isEqualTo(Reason.OTHER_TAG);
        assertThat(ownership(key, tag).prove()).isNotNull();
    }

    /** Mallory knows Alice's tag, and has taken the name of her purged vault. */
    @Test
    void rightTagInAnotherTenantsVault_isNotRead() {
        AuthorizedKey alices = tagging().authorize();
        rest(fabrikam, "DELETE", "https://management.azure.com" + vaultId + "?api-version=2024-11-01", null);
        azure.clock().advance(Duration.ofDays(91));
        CrossTenantCmk.customer(azure.tenant("mallory").connection())
                .application(app.clientId())
                .keyVault("rg-keys", "kv-fabrikam", Region.EUROPE_WEST)
                .key("contoso-cmk")
                .ownershipTag(tag.value())
                .authorize();
        azure.clearCalls();

        assertThat(refused(alices, tag).reason()).isEqualTo(Reason.OTHER_TENANT);
        assertThat(azure.calls()).as("no token was asked for").hasSize(1);
    }

    @Test
    void unreachableVault_provesNothing() {
        AuthorizedKey key = tagging().authorize();
        KeyOwnership blind = CrossTenantCmk.provider(withoutVaults())
                .ownership(key)
                .tag(tag)
                .managedIdentity(contoso.managedIdentity(app.identity().id().toString()));

        KeyOwnershipException e = catchThrowableOfType(KeyOwnershipException.class, blind::prove);

        assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_TENANT);
    }

    @Test
    void badInput_isRefusedByName() {
        for (String value : List.of("", "short", tag.value() + "x", "xtcmk=\"1\"", tag.value() + "\n")) {
            assertThatThrownBy(() -> phase2On(customer(), app.clientId()).ownershipTag(value))
                    .isInstanceOf(InvalidInputException.class);
        }
        assertThatThrownBy(() ->
                        CrossTenantCmk.provider(provider()).ownership(pasted()).prove())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tag")
                .hasMessageContaining("managedIdentity");
        assertThatThrownBy(() -> CrossTenantCmk.provider(provider())
                        .ownership(AuthorizedKey.of(
                                fabrikam.tenantId(), app.clientId(), "https://kv-f.vault.azure.cn/keys/k")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("another cloud");
    }
}

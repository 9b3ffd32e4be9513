package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.KeyRegistry;
import io.xtcmk.KeyRegistry.Answer;
import io.xtcmk.KeyRegistry.Claim;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link KeyRegistry} must do. An implementation's own test extends it. */
public abstract class KeyRegistryContract {
    private static final TenantId ALICES = new TenantId(new UUID(0, 0xa11ce));
    private static final TenantId BOBS = new TenantId(new UUID(0, 0xb0b));
    private static final KeyIdentifier KEY = KeyIdentifier.parse("https://kv-alice.vault.azure.net/keys/cmk");
    private static final KeyIdentifier OTHER = KeyIdentifier.parse("https://kv-alice.vault.azure.net/keys/other");

    /** For an implementation's test. */
    protected KeyRegistryContract() {}

    /**
     * The registry to be tested.
     *
     * @return an empty one, or one in which nobody uses the references {@code alice} and {@code bob} and the vault
     *     {@code kv-alice}
     */
    protected abstract KeyRegistry registry();

    private static Claim alices(KeyIdentifier key) {
        return new Claim("alice", ALICES, key);
    }

    private static Claim bobs(KeyIdentifier key) {
        return new Claim("bob", BOBS, key);
    }

    @Test
    final void firstClaim_isGranted_andAgain() {
        KeyRegistry registry = registry();

        assertThat(registry.claim(alices(KEY))).isEqualTo(Answer.GRANTED);
        assertThat(registry.claim(alices(KEY))).isEqualTo(Answer.GRANTED);
        assertThat(registry.claim(alices(OTHER))).isEqualTo(Answer.GRANTED);
    }

    @Test
    final void anothersKey_isRefused_inAnyVersionAndSpelling() {
        KeyRegistry registry = registry();
        registry.claim(alices(KEY));

        assertThat(registry.claim(bobs(KEY))).isEqualTo(Answer.HELD_BY_ANOTHER);
        assertThat(registry.claim(bobs(KEY.withVersion("0123456789abcdef0123456789abcdef"))))
                .isEqualTo(Answer.HELD_BY_ANOTHER);
        assertThat(registry.claim(bobs(KeyIdentifier.parse("https://KV-Alice.vault.azure.net/keys/CMK"))))
                .isEqualTo(Answer.HELD_BY_ANOTHER);
        assertThat(registry.claim(new Claim("bob", ALICES, KEY))).isEqualTo(Answer.HELD_BY_ANOTHER);
    }

    @Test
    final void anotherTenant_isRefused() {
        KeyRegistry registry = registry();
        registry.claim(alices(KEY));

        assertThat(registry.claim(new Claim("alice", BOBS, OTHER))).isEqualTo(Answer.OTHER_TENANT);
        assertThat(registry.claim(new Claim("alice", BOBS, KEY))).isEqualTo(Answer.OTHER_TENANT);
    }

    @Test
    final void refusedClaim_leavesNothing() {
        KeyRegistry registry = registry();
        registry.claim(alices(KEY));
        registry.claim(new Claim("bob", ALICES, KEY));
        registry.claim(new Claim("alice", BOBS, OTHER));

        assertThat(registry.claim(bobs(OTHER)))
                .as("neither tenant nor key is taken")
                .isEqualTo(Answer.GRANTED);
    }

    @Test
    final void peek_answersAsClaimWould_andChangesNothing() {
        KeyRegistry registry = registry();

        assertThat(registry.peek(alices(KEY))).isEqualTo(Answer.GRANTED);
        assertThat(registry.claim(bobs(KEY))).isEqualTo(Answer.GRANTED);
        assertThat(registry.peek(alices(KEY))).isEqualTo(Answer.HELD_BY_ANOTHER);
        assertThat(registry.peek(new Claim("bob", ALICES, OTHER))).isEqualTo(Answer.OTHER_TENANT);
    }

    @Test
    final void release_forgetsTenantAndKeys_ofOneCustomer() {
        KeyRegistry registry = registry();
        registry.claim(alices(KEY));
        registry.claim(bobs(OTHER));

        registry.release("alice");

        assertThat(registry.claim(new Claim("bob", BOBS, KEY))).isEqualTo(Answer.GRANTED);
        assertThat(registry.claim(new Claim("alice", BOBS, OTHER))).isEqualTo(Answer.HELD_BY_ANOTHER);
        registry.release("bob");
        assertThat(registry.claim(new Claim("alice", BOBS, OTHER))).isEqualTo(Answer.GRANTED);
    }

    @Test
    final void ofManyAtOnce_oneIsGranted() throws Exception {
        KeyRegistry registry = registry();
        int customers = 16;
        List<Callable<Answer>> claims = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            Claim claim = new Claim("customer-" + i, new TenantId(new UUID(1, i + 1L)), KEY);
            claims.add(() -> registry.claim(claim));
        }
        ExecutorService threads = Executors.newFixedThreadPool(customers);
        try {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : threads.invokeAll(claims)) {
                answers.add(answer.get());
            }
            assertThat(answers).containsOnlyOnce(Answer.GRANTED);
            assertThat(answers).filteredOn(Answer.HELD_BY_ANOTHER::equals).hasSize(customers - 1);
        } finally {
            threads.shutdown();
            for (int i = 0; i < customers; i++) {
                registry.release("customer-" + i);
            }
        }
    }
}

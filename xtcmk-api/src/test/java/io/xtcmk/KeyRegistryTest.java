package io.xtcmk;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.KeyRegistry.Answer;
import io.xtcmk.KeyRegistry.Claim;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.TenantId;
import org.junit.jupiter.api.Test;

/** The registry in memory; the whole contract is in the testing module, for everybody's registry. */
class KeyRegistryTest {
    private static final TenantId FABRIKAM = TenantId.of("22222222-2222-4222-8222-222222222222");
    private static final TenantId TAILSPIN = TenantId.of("33333333-3333-4333-8333-333333333333");

    private final KeyRegistry registry = KeyRegistry.inMemory();

    private static Claim claim(String reference, TenantId tenant, String key) {
        return new Claim(reference, tenant, KeyIdentifier.parse("https://kv-fabrikam.vault.azure.net/keys/" + key));
    }

    @Test
    void keyOfOne_isNotAnothers_untilReleased() {
        assertThat(registry.claim(claim("a", FABRIKAM, "k"))).isEqualTo(Answer.GRANTED);
        assertThat(registry.claim(claim("a", FABRIKAM, "k"))).isEqualTo(Answer.GRANTED);
        assertThat(registry.claim(claim("b", FABRIKAM, "k"))).isEqualTo(Answer.HELD_BY_ANOTHER);

        registry.release("a");
        assertThat(registry.claim(claim("b", FABRIKAM, "k"))).isEqualTo(Answer.GRANTED);
    }

    @Test
    void firstKey_setsTheTenant_untilReleased() {
        assertThat(registry.claim(claim("a", FABRIKAM, "k"))).isEqualTo(Answer.GRANTED);
        assertThat(registry.claim(claim("a", TAILSPIN, "other"))).isEqualTo(Answer.OTHER_TENANT);

        registry.release("a");
        assertThat(registry.claim(claim("a", TAILSPIN, "other"))).isEqualTo(Answer.GRANTED);
    }

    @Test
    void peekAndARefusedClaim_changeNothing() {
        assertThat(registry.peek(claim("a", FABRIKAM, "k"))).isEqualTo(Answer.GRANTED);
        assertThat(registry.claim(claim("b", TAILSPIN, "k"))).isEqualTo(Answer.GRANTED);
        assertThat(registry.claim(claim("a", FABRIKAM, "k"))).isEqualTo(Answer.HELD_BY_ANOTHER);
        assertThat(registry.claim(claim("a", TAILSPIN, "other"))).isEqualTo(Answer.GRANTED);
    }
}

package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Throttle;
import io.xtcmk.testing.http.Throttle.Charge;
import io.xtcmk.testing.http.Throttle.Limit;
import io.xtcmk.testing.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How many transactions a vault takes in ten seconds: Microsoft's page "Azure Key Vault service limits". A longer key
 * weighs more, by how many fewer of its transactions the page allows; all weigh on one allowance.
 */
final class VaultThrottle {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Limit SOFTWARE = new Limit("software keys", 4000, WINDOW);
    private static final Limit HARDWARE = new Limit("HSM keys", 2000, WINDOW);
    private static final Limit SOFTWARE_CREATE = new Limit("new software keys", 10, WINDOW);
    private static final Limit HARDWARE_CREATE = new Limit("new HSM keys", 5, WINDOW);

    private final Throttle throttle;
    private final Keys keys;

    VaultThrottle(World world) {
        this.throttle = new Throttle(world);
        this.keys = new Keys(world);
    }

    /** Counts a request, or refuses it. */
    void check(Exchange exchange, Vault vault) {
        throttle.take(List.of(charge(exchange, vault))).ifPresent(exhausted -> {
            throw refusal().header("Retry-After", Long.toString(exhausted.retryAfter()));
        });
    }

    static AzureError refusal() {
        return AzureError.of(
                429,
                "Throttled",
                "VaultRequestTypeLimitReached",
                "Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached");
    }

    private Charge charge(Exchange exchange, Vault vault) {
        if (exchange.path().toLowerCase(java.util.Locale.ROOT).endsWith("/create")) {
            boolean inHardware = isInHardware(String.valueOf(exchange.json().get("kty")));
            return Charge.one(inHardware ? HARDWARE_CREATE : SOFTWARE_CREATE, vault.id());
        }
        Optional<KeyVersion> key = exchange.maybeParameter("key")
                .flatMap(name -> keys.find(vault, name))
                .map(Key::current);
        boolean inHardware = key.filter(k -> isInHardware(k.kty())).isPresent();
        long weight =
                key.flatMap(KeyVersion::rsaBits).map(VaultThrottle::weight).orElse(1L);
        return new Charge(inHardware ? HARDWARE : SOFTWARE, vault.id(), weight);
    }

    private static boolean isInHardware(String kty) {
        return kty.endsWith("-HSM");
    }

    private static long weight(int bits) {
        return bits > 3072 ? 16 : bits > 2048 ? 8 : 1;
    }
}

package io.xtcmk.testing.cmk;

import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.testing.http.Json;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A version of a customer's key, as the vault shows it to the service.
 *
 * @param id the key with its version
 * @param type RSA, RSA-HSM, EC, ...
 * @param modulus the public modulus; empty where the key is no RSA key
 * @param enabled whether it may be used
 * @param createdAt when this version was made
 * @param notBefore when it may first be used, or null
 * @param expiresAt when it may no longer be used, or null
 * @param recoveryLevel what becomes of it when it is deleted
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CustomerKey(
        KeyIdentifier id,
        String type,
        byte[] modulus,
        boolean enabled,
        Instant createdAt,
        @Nullable Instant notBefore,
        @Nullable Instant expiresAt,
        String recoveryLevel) {

    /** The key in Key Vault's answer to a GET. */
    static CustomerKey of(Map<String, Object> bundle) {
        return new CustomerKey(
                KeyIdentifier.parse(Json.text(bundle, "key.kid").orElseThrow()),
                Json.text(bundle, "key.kty").orElse(""),
                Base64.getUrlDecoder().decode(Json.text(bundle, "key.n").orElse("")),
                Json.flag(bundle, "attributes.enabled").orElse(true),
                time(bundle, "created").orElse(Instant.EPOCH),
                time(bundle, "nbf").orElse(null),
                time(bundle, "exp").orElse(null),
                Json.text(bundle, "attributes.recoveryLevel").orElse(""));
    }

    private static Optional<Instant> time(Map<String, Object> bundle, String name) {
        return Json.number(bundle, "attributes." + name).map(Instant::ofEpochSecond);
    }

    /** The key's version. */
    public String version() {
        return String.valueOf(id.version());
    }

    /** When it ends. */
    public Optional<Instant> expiry() {
        return Optional.ofNullable(expiresAt);
    }

    /** 40 hex digits that stand for the key's material. */
    public String thumbprint() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(modulus))
                    .toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Breaks off unless a service may encrypt under this key now. */
    void check(Set<Integer> sizes, Instant now) {
        if (!type.startsWith("RSA") || !sizes.contains(new BigInteger(1, modulus).bitLength())) {
            throw new BrokenLink(
                    Link.KEY_KIND,
                    "",
                    "The key is of type " + type + " and " + new BigInteger(1, modulus).bitLength() + " bits.");
        }
        // The service cannot see the vault's settings; what it sees is what would become of the key.
        if (recoveryLevel.isEmpty() || recoveryLevel.contains("Purgeable")) {
            throw new BrokenLink(Link.RECOVERY_LEVEL, "", "The key's recovery level is " + recoveryLevel + ".");
        }
        if (!enabled) {
            throw new BrokenLink(Link.KEY_ENABLED, "KeyDisabled", "The key is disabled.");
        }
        boolean tooEarly = notBefore != null && notBefore.isAfter(now);
        boolean tooLate = expiresAt != null && !expiresAt.isAfter(now);
        if (tooEarly || tooLate) {
            throw new BrokenLink(Link.KEY_TIME, "KeyNotYetValidOrExpired", "The key is not yet valid or has expired.");
        }
    }
}

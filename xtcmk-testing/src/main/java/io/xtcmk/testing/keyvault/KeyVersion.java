package io.xtcmk.testing.keyvault;

import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version of a key.
 *
 * @param version 32 hex digits
 * @param kty the JSON Web Key type: RSA, RSA-HSM, EC, EC-HSM
 * @param operations what it may be used for
 * @param curve of an EC key its curve, such as P-256; else null
 * @param pair the key itself
 * @param enabled whether it may be used
 * @param notBefore when it begins to be valid, or null
 * @param expires when it ends to be valid, or null
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 * @param tags its tags
 */
public record KeyVersion(
        String version,
        String kty,
        List<String> operations,
        @Nullable String curve,
        KeyPair pair,
        boolean enabled,
        @Nullable Instant notBefore,
        @Nullable Instant expires,
        Instant createdAt,
        Instant updatedAt,
        Map<String, Object> tags) {

    public boolean isRsa() {
        return pair.getPublic() instanceof RSAPublicKey;
    }

    /** The size in bits of an RSA key. */
    public Optional<Integer> rsaBits() {
        return pair.getPublic() instanceof RSAPublicKey rsa
                ? Optional.of(rsa.getModulus().bitLength())
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "KeyVersion[" + version + "]";
    }
}

package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for in a new version of a key.
 *
 * @param kty the JSON Web Key type
 * @param bits of an RSA key its size
 * @param curve of an EC key its curve, else null
 * @param operations what it may be used for
 * @param enabled whether it may be used
 * @param notBefore when it begins to be valid, or null
 * @param expires when it ends to be valid, or null
 * @param tags its tags
 */
public record KeyRequest(
        String kty,
        int bits,
        @Nullable String curve,
        List<String> operations,
        boolean enabled,
        @Nullable Instant notBefore,
        @Nullable Instant expires,
        Map<String, Object> tags) {

    private static final Set<String> TYPES = Set.of("RSA", "RSA-HSM", "EC", "EC-HSM");
    private static final Set<Integer> SIZES = Set.of(2048, 3072, 4096);
    private static final Set<String> OPERATIONS =
            Set.of("encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey", "import", "export");
    private static final List<String> RSA_OPERATIONS =
            List.of("encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey");
    private static final List<String> EC_OPERATIONS = List.of("sign", "verify");

    /** From the body of the data plane's create. */
    public static KeyRequest ofDataPlane(Map<String, Object> body) {
        return of(body, "key_size", "crv", "key_ops", Json.map(body, "tags"));
    }

    /** From the body of Resource Manager's create. */
    public static KeyRequest ofResource(Map<String, Object> body) {
        return of(Json.map(body, "properties"), "keySize", "curveName", "keyOps", Json.map(body, "tags"));
    }

    private static KeyRequest of(
            Map<String, Object> body, String sizeName, String curveName, String opsName, Map<String, Object> tags) {
        String kty = type(body);
        boolean isRsa = kty.startsWith("RSA");
        return new KeyRequest(
                kty,
                isRsa ? size(Json.number(body, sizeName), sizeName) : 0,
                isRsa ? null : Json.text(body, curveName).orElse("P-256"),
                operations(Json.list(body, opsName), isRsa),
                Json.flag(body, "attributes.enabled").orElse(true),
                time(body, "nbf"),
                time(body, "exp"),
                tags);
    }

    private static String type(Map<String, Object> body) {
        String kty = Json.text(body, "kty")
                .orElseThrow(() -> KeyErrors.badParameter("Property kty is missing or has an invalid value."));
        if (!TYPES.contains(kty.toUpperCase(Locale.ROOT))) {
            throw KeyErrors.badParameter("Property kty has invalid value: " + kty);
        }
        return kty.toUpperCase(Locale.ROOT);
    }

    private static int size(Optional<Long> asked, String name) {
        int size = asked.orElse(2048L).intValue();
        if (!SIZES.contains(size)) {
            throw KeyErrors.badParameter("Property " + name + " has invalid value: " + size);
        }
        return size;
    }

    static List<String> operations(List<Object> asked, boolean isRsa) {
        List<String> names = asked.stream().map(String::valueOf).toList();
        names.stream().filter(n -> !OPERATIONS.contains(n)).findFirst().ifPresent(n -> {
            throw KeyErrors.badParameter("Property key_ops has invalid value: " + n);
        });
        return names.isEmpty() ? isRsa ? RSA_OPERATIONS : EC_OPERATIONS : names;
    }

    static @Nullable Instant time(Map<String, Object> body, String name) {
        return Json.number(body, "attributes." + name)
                .map(Instant::ofEpochSecond)
                .orElse(null);
    }
}

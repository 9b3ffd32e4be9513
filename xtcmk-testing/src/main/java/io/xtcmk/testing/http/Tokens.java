package io.xtcmk.testing.http;

import io.xtcmk.testing.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * JSON Web Tokens, RS256, signed by the fake's token-signing key. A token is a real one: who changes a byte of it, or
 * brings one of another world's making, is refused.
 */
public final class Tokens {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    /**
     * Signatures by what is signed. RS256 gives the same for the same, and a test that comes back to a snapshot a thousand
     * times would have all of them made again, which costs more than everything else that it does.
     */
    private static final Map<String, String> SIGNATURES = remembered();

    private static final Map<String, Boolean> VERDICTS = remembered();

    private final World world;
    private final String keyId;

    public Tokens(World world) {
        this.world = world;
        this.keyId = world.ids().hex32();
    }

    private static KeyPair key() {
        return KeyPool.rsa(2048, 0);
    }

    /** The signing key's id. */
    public String keyId() {
        return keyId;
    }

    /** The public signing key as a JSON Web Key. */
    public Map<String, Object> jwk() {
        RSAPublicKey key = (RSAPublicKey) key().getPublic();
        return Json.object(
                "kty",
                "RSA",
                "use",
                "sig",
                "kid",
                keyId,
                "x5t",
                keyId,
                "n",
                ENCODER.encodeToString(unsigned(key.getModulus().toByteArray())),
                "e",
                ENCODER.encodeToString(unsigned(key.getPublicExponent().toByteArray())));
    }

    /** Signs the claims. */
    public String sign(Map<String, Object> claims) {
        Map<String, Object> header = Json.object("typ", "JWT", "alg", "RS256", "x5t", keyId, "kid", keyId);
        String head = ENCODER.encodeToString(Json.write(header)) + "." + ENCODER.encodeToString(Json.write(claims));
        return head + "." + SIGNATURES.computeIfAbsent(head, Tokens::signature);
    }

    private static String signature(String head) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key().getPrivate());
            signature.update(head.getBytes(StandardCharsets.US_ASCII));
            return ENCODER.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The latest thousands. */
    private static <V> Map<String, V> remembered() {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > 4096;
            }
        });
    }

    /** The claims of a JWT, unverified; empty where it is none. */
    public static Optional<Map<String, Object>> claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Json.parse(DECODER.decode(parts[1])) instanceof Map<?, ?> map
                    ? Optional.of(Json.cast(map))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Whether this world signed the token. */
    public boolean isGenuine(String token) {
        Optional<Map<String, Object>> header = headerOf(token);
        return header.isPresent()
                && keyId.equals(header.get().get("kid"))
                && VERDICTS.computeIfAbsent(token, Tokens::isSigned);
    }

    private static boolean isSigned(String token) {
        int dot = token.lastIndexOf('.');
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key().getPublic());
            signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(DECODER.decode(token.substring(dot + 1)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<Map<String, Object>> headerOf(String token) {
        int dot = token.indexOf('.');
        return dot < 0 ? Optional.empty() : claims("." + token.substring(0, dot) + ".x");
    }

    /** Whether the token's time has not come or is over, with Entra's five minutes of grace at neither end. */
    public boolean isCurrent(Map<String, Object> claims) {
        long now = world.now().getEpochSecond();
        return Json.number(claims, "nbf").orElse(0L) <= now
                && Json.number(claims, "exp").orElse(0L) > now;
    }

    /** The caller that an access token speaks for. */
    public static Caller caller(Map<String, Object> claims) {
        return new Caller(
                UUID.fromString(Json.text(claims, "tid").orElseThrow()),
                UUID.fromString(Json.text(claims, "oid").orElseThrow()),
                UUID.fromString(Json.text(claims, "appid")
                        .or(() -> Json.text(claims, "azp"))
                        .orElseThrow()),
                withoutSlash(Json.text(claims, "aud").orElse("")),
                Json.text(claims, "iss").orElse(""),
                Json.text(claims, "xms_mirid").orElse(null),
                Json.text(claims, "upn").orElse(null),
                Json.list(claims, "roles").stream().map(String::valueOf).toList());
    }

    /** An audience without trailing slashes: Azure takes both spellings. */
    public static String withoutSlash(String audience) {
        String text = audience;
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        return text;
    }

    /** When, in the token's unit. */
    public static long seconds(Instant when) {
        return when.getEpochSecond();
    }

    private static byte[] unsigned(byte[] twosComplement) {
        return twosComplement[0] == 0
                ? java.util.Arrays.copyOfRange(twosComplement, 1, twosComplement.length)
                : twosComplement;
    }
}

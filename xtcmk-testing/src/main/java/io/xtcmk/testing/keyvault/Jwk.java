package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.http.Json;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** JSON Web Keys to and from Java's. */
final class Jwk {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Jwk() {}

    /** The members of the public key. */
    static Map<String, Object> publicPart(KeyVersion version) {
        PublicKey key = version.pair().getPublic();
        if (key instanceof RSAPublicKey rsa) {
            return Json.object("n", text(unsigned(rsa.getModulus())), "e", text(unsigned(rsa.getPublicExponent())));
        }
        ECPublicKey ec = (ECPublicKey) key;
        int bytes = (ec.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        return Json.object(
                "crv", String.valueOf(version.curve()),
                "x", text(padded(ec.getW().getAffineX(), bytes)),
                "y", text(padded(ec.getW().getAffineY(), bytes)));
    }

    /** The key pair of a JSON Web Key with its private part. */
    static KeyPair pair(Map<String, Object> jwk) {
        try {
            return Json.text(jwk, "kty").orElse("").startsWith("EC") ? ec(jwk) : rsa(jwk);
        } catch (GeneralSecurityException e) {
            throw KeyErrors.badParameter("The JSON Web Key is not valid.");
        }
    }

    private static KeyPair rsa(Map<String, Object> jwk) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("RSA");
        BigInteger n = number(jwk, "n");
        BigInteger e = number(jwk, "e");
        return new KeyPair(
                factory.generatePublic(new RSAPublicKeySpec(n, e)),
                factory.generatePrivate(new RSAPrivateCrtKeySpec(
                        n,
                        e,
                        number(jwk, "d"),
                        number(jwk, "p"),
                        number(jwk, "q"),
                        number(jwk, "dp"),
                        number(jwk, "dq"),
                        number(jwk, "qi"))));
    }

    private static KeyPair ec(Map<String, Object> jwk) throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec(Keys.jcaCurve(Json.text(jwk, "crv").orElse(""))));
        ECParameterSpec spec = curve.getParameterSpec(ECParameterSpec.class);
        KeyFactory factory = KeyFactory.getInstance("EC");
        return new KeyPair(
                factory.generatePublic(new ECPublicKeySpec(new ECPoint(number(jwk, "x"), number(jwk, "y")), spec)),
                factory.generatePrivate(new ECPrivateKeySpec(number(jwk, "d"), spec)));
    }

    private static BigInteger number(Map<String, Object> jwk, String name) {
        return new BigInteger(
                1,
                bytes(Json.text(jwk, name)
                        .orElseThrow(() -> KeyErrors.badParameter("Property " + name + " is missing."))));
    }

    static String text(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    static byte[] bytes(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw KeyErrors.badParameter("Property value is not base64url encoded.");
        }
    }

    /** Big-endian, without a sign byte. */
    static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 && bytes.length > 1 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    static byte[] padded(BigInteger number, int length) {
        byte[] bytes = unsigned(number);
        byte[] padded = new byte[length];
        System.arraycopy(bytes, 0, padded, length - bytes.length, bytes.length);
        return padded;
    }
}

package io.xtcmk.testing.keyvault;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** Signatures over digests that the caller has computed, as RFC 7518 names them. */
final class Signing {
    /** The ASN.1 DigestInfo before a digest (RFC 8017, 9.2, note 1), by the digest's bits. */
    private static final Map<String, String> DIGEST_INFO = Map.of(
            "256", "3031300d060960864801650304020105000420",
            "384", "3041300d060960864801650304020205000430",
            "512", "3051300d060960864801650304020305000440");

    private static final Map<String, String> CURVES = Map.of("ES256", "P-256", "ES384", "P-384", "ES512", "P-521");

    private Signing() {}

    static byte[] sign(KeyVersion version, String algorithm, byte[] digest) {
        check(version, algorithm, digest);
        try {
            if (algorithm.startsWith("PS")) {
                RSAPublicKey key = (RSAPublicKey) version.pair().getPublic();
                byte[] encoded = Pss.encode(digest, key.getModulus().bitLength() - 1, bits(algorithm));
                return privately(version, encoded);
            }
            Signature signature = Signature.getInstance(jcaName(algorithm));
            signature.initSign(version.pair().getPrivate());
            signature.update(input(algorithm, digest));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw KeyErrors.badParameter("The parameter is incorrect.\r\n");
        }
    }

    static boolean verify(KeyVersion version, String algorithm, byte[] digest, byte[] signed) {
        check(version, algorithm, digest);
        try {
            if (algorithm.startsWith("PS")) {
                RSAPublicKey key = (RSAPublicKey) version.pair().getPublic();
                return Pss.isEncoded(
                        digest, publicly(key, signed), key.getModulus().bitLength() - 1, bits(algorithm));
            }
            Signature signature = Signature.getInstance(jcaName(algorithm));
            signature.initVerify(version.pair().getPublic());
            signature.update(input(algorithm, digest));
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void check(KeyVersion version, String algorithm, byte[] digest) {
        if (!algorithm.matches("(RS|PS|ES)(256|384|512)")) {
            throw KeyErrors.badParameter("Property alg has invalid value: " + algorithm);
        }
        boolean fits = version.isRsa()
                ? !algorithm.startsWith("ES")
                : String.valueOf(CURVES.get(algorithm)).equals(version.curve());
        if (!fits) {
            throw KeyErrors.badParameter(
                    "Key and signing algorithm are incompatible. Key " + version.kty() + ", algorithm " + algorithm);
        }
        int bytes = Integer.parseInt(bits(algorithm)) / 8;
        if (digest.length != bytes) {
            throw KeyErrors.badParameter("Invalid length of 'value': " + digest.length
                    + " bytes. It must be the digest of the algorithm, " + bytes + " bytes.");
        }
    }

    private static String bits(String algorithm) {
        return algorithm.substring(2);
    }

    private static String jcaName(String algorithm) {
        return algorithm.startsWith("ES") ? "NONEwithECDSAinP1363Format" : "NONEwithRSA";
    }

    private static byte[] input(String algorithm, byte[] digest) {
        if (algorithm.startsWith("ES")) {
            return digest;
        }
        byte[] prefix = HexFormat.of().parseHex(DIGEST_INFO.get(bits(algorithm)));
        byte[] whole = Arrays.copyOf(prefix, prefix.length + digest.length);
        System.arraycopy(digest, 0, whole, prefix.length, digest.length);
        return whole;
    }

    private static byte[] privately(KeyVersion version, byte[] encoded) {
        RSAPrivateKey key = (RSAPrivateKey) version.pair().getPrivate();
        BigInteger signature = new BigInteger(1, encoded).modPow(key.getPrivateExponent(), key.getModulus());
        return Jwk.padded(signature, (key.getModulus().bitLength() + 7) / 8);
    }

    private static byte[] publicly(RSAPublicKey key, byte[] signature) {
        BigInteger number = new BigInteger(1, signature);
        if (number.compareTo(key.getModulus()) >= 0) {
            return new byte[0];
        }
        return Jwk.padded(
                number.modPow(key.getPublicExponent(), key.getModulus()),
                (key.getModulus().bitLength() + 6) / 8);
    }
}

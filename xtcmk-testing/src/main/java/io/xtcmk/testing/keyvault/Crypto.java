package io.xtcmk.testing.keyvault;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;

/** Encryption and decryption by RSA keys. */
final class Crypto {
    private Crypto() {}

    static byte[] encrypt(KeyVersion version, String algorithm, byte[] plain) {
        return run(Cipher.ENCRYPT_MODE, version, version.pair().getPublic(), algorithm, plain);
    }

    static byte[] decrypt(KeyVersion version, String algorithm, byte[] encrypted) {
        return run(Cipher.DECRYPT_MODE, version, version.pair().getPrivate(), algorithm, encrypted);
    }

    private static byte[] run(int mode, KeyVersion version, Key key, String algorithm, byte[] bytes) {
        if (!version.isRsa()) {
            throw KeyErrors.badParameter(
                    "Key and algorithm are incompatible. Key: " + version.kty() + ", algorithm: " + algorithm);
        }
        try {
            Cipher cipher = Cipher.getInstance(transformation(algorithm));
            cipher.init(mode, key, padding(algorithm));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw KeyErrors.badParameter("The parameter is incorrect.\r\n");
        }
    }

    private static String transformation(String algorithm) {
        return switch (algorithm) {
            case "RSA-OAEP", "RSA-OAEP-256" -> "RSA/ECB/OAEPPadding";
            case "RSA1_5" -> "RSA/ECB/PKCS1Padding";
            default -> throw KeyErrors.badParameter("Property alg has invalid value: " + algorithm);
        };
    }

    private static @Nullable AlgorithmParameterSpec padding(String algorithm) {
        return switch (algorithm) {
            case "RSA-OAEP" -> oaep("SHA-1");
            case "RSA-OAEP-256" -> oaep("SHA-256");
            default -> null;
        };
    }

    /** RFC 7518, 4.3: the mask generation function uses the same digest. */
    private static OAEPParameterSpec oaep(String digest) {
        return new OAEPParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), PSource.PSpecified.DEFAULT);
    }
}

package io.xtcmk.testing.http;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Real key pairs, made once per JVM and used again by the next world: making an RSA key takes longer than a whole
 * scenario. Within a world no two keys share a pair, since each takes the next index.
 */
public final class KeyPool {
    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();
    private static final Map<String, BigInteger> PRIMES = new ConcurrentHashMap<>();

    private KeyPool() {}

    /** The RSA pair of this size and index. */
    public static KeyPair rsa(int bits, int index) {
        return PAIRS.computeIfAbsent("RSA " + bits + " " + index, k -> pair(bits, index));
    }

    /**
     * The index-th pair of the primes: with each further prime there are as many more keys as there were primes, so that
     * some dozens make keys for hundreds of vaults. Good enough for a fake, and only there.
     */
    private static KeyPair pair(int bits, int index) {
        int second = 1;
        int first = index;
        while (first >= second) {
            first -= second++;
        }
        return RsaPair.of(prime(bits / 2, first), prime(bits / 2, second));
    }

    private static BigInteger prime(int bits, int index) {
        return PRIMES.computeIfAbsent(bits + " " + index, k -> RsaPair.prime(bits));
    }

    /** The EC pair of this curve, by its JCA name such as {@code secp256r1}, and index. */
    public static KeyPair ec(String curve, int index) {
        return PAIRS.computeIfAbsent("EC " + curve + " " + index, k -> generate(curve));
    }

    private static KeyPair generate(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

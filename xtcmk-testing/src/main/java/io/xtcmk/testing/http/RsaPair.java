package io.xtcmk.testing.http;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;

/** RSA key pairs from given primes. */
final class RsaPair {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);
    private static final BigInteger ONE = BigInteger.ONE;

    private RsaPair() {}

    /** A prime whose two highest bits are set, so that a product of two has all its bits. */
    static BigInteger prime(int bits) {
        BigInteger prime = BigInteger.probablePrime(bits, RANDOM);
        while (!prime.testBit(bits - 2) || prime.mod(EXPONENT).equals(ONE)) {
            prime = BigInteger.probablePrime(bits, RANDOM);
        }
        return prime;
    }

    static KeyPair of(BigInteger p, BigInteger q) {
        BigInteger modulus = p.multiply(q);
        BigInteger d = EXPONENT.modInverse(p.subtract(ONE).multiply(q.subtract(ONE)));
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    factory.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT)),
                    factory.generatePrivate(new RSAPrivateCrtKeySpec(
                            modulus,
                            EXPONENT,
                            d,
                            p,
                            q,
                            d.mod(p.subtract(ONE)),
                            d.mod(q.subtract(ONE)),
                            q.modInverse(p))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

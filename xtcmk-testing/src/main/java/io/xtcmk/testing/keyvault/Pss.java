package io.xtcmk.testing.keyvault;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * EMSA-PSS (RFC 8017, 9.1) over a digest that is given; Java's own signs messages only. The salt is derived from the
 * digest, since nothing in the fake is random; it is as long as the digest, as RFC 7518 has it.
 */
final class Pss {
    private Pss() {}

    static byte[] encode(byte[] digest, int bits, String digestBits) throws GeneralSecurityException {
        MessageDigest hash = MessageDigest.getInstance("SHA-" + digestBits);
        byte[] salt = hash.digest(digest);
        return encode(hash, digest, salt, bits);
    }

    private static byte[] encode(MessageDigest hash, byte[] digest, byte[] salt, int bits) {
        int length = (bits + 7) / 8;
        byte[] h = saltedHash(hash, digest, salt);
        byte[] block = new byte[length - h.length - 1];
        block[block.length - salt.length - 1] = 1;
        System.arraycopy(salt, 0, block, block.length - salt.length, salt.length);
        mask(hash, h, block, 8 * length - bits);
        byte[] encoded = Arrays.copyOf(block, length);
        System.arraycopy(h, 0, encoded, block.length, h.length);
        encoded[length - 1] = (byte) 0xbc;
        return encoded;
    }

    static boolean isEncoded(byte[] digest, byte[] encoded, int bits, String digestBits)
            throws GeneralSecurityException {
        MessageDigest hash = MessageDigest.getInstance("SHA-" + digestBits);
        if (encoded.length != (bits + 7) / 8) {
            return false;
        }
        int size = hash.getDigestLength();
        byte[] block = Arrays.copyOf(encoded, encoded.length - size - 1);
        byte[] h = Arrays.copyOfRange(encoded, block.length, block.length + size);
        mask(hash, h, block, 8 * encoded.length - bits);
        byte[] salt = Arrays.copyOfRange(block, block.length - size, block.length);
        return Arrays.equals(encoded, encode(hash, digest, salt, bits));
    }

    private static byte[] saltedHash(MessageDigest hash, byte[] digest, byte[] salt) {
        hash.update(new byte[8]);
        hash.update(digest);
        return hash.digest(salt);
    }

    /** Masks the block with MGF1 of the seed, and clears the bits that are too many. */
    private static void mask(MessageDigest hash, byte[] seed, byte[] block, int spareBits) {
        ByteArrayOutputStream mask = new ByteArrayOutputStream();
        for (int counter = 0; mask.size() < block.length; counter++) {
            hash.update(seed);
            mask.writeBytes(hash.digest(new byte[] {0, 0, 0, (byte) counter}));
        }
        byte[] bytes = mask.toByteArray();
        for (int i = 0; i < block.length; i++) {
            block[i] ^= bytes[i];
        }
        block[0] &= (byte) (0xff >> spareBits);
    }
}

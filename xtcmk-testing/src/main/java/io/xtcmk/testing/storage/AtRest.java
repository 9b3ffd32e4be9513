package io.xtcmk.testing.storage;

import io.xtcmk.testing.world.World;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM, as Storage encrypts what it keeps; the nonce stands before the encrypted bytes. */
final class AtRest {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private AtRest() {}

    static byte[] encrypt(World world, byte[] key, byte[] content) {
        byte[] nonce = nonce(world.ids().uuid());
        byte[] encrypted = run(Cipher.ENCRYPT_MODE, key, nonce, content, 0);
        return ByteBuffer.allocate(NONCE + encrypted.length)
                .put(nonce)
                .put(encrypted)
                .array();
    }

    static byte[] decrypt(byte[] key, byte[] atRest) {
        return run(Cipher.DECRYPT_MODE, key, java.util.Arrays.copyOf(atRest, NONCE), atRest, NONCE);
    }

    private static byte[] nonce(UUID random) {
        return ByteBuffer.allocate(NONCE)
                .putLong(random.getMostSignificantBits())
                .putInt((int) random.getLeastSignificantBits())
                .array();
    }

    private static byte[] run(int mode, byte[] key, byte[] nonce, byte[] input, int from) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input, from, input.length - from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

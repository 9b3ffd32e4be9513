package io.xtcmk.testing.arm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * The URLs at which operations are followed. Since 2023 Resource Manager adds four parameters to them: the time, its
 * certificate, a signature and a hash. All of Azure's recorded traffic since then has them, and they make the URL 3,000
 * characters long. Here they only look so: Azure has been seen to answer without them as well.
 */
final class OperationUrls {
    /** Ticks of 100 nanoseconds between the year 1 and 1970. */
    private static final long TICKS_TO_1970 = 621_355_968_000_000_000L;

    private static final int CERTIFICATE_BYTES = 2091;
    private static final int SIGNATURE_BYTES = 256;
    private static final int HASH_BYTES = 32;
    private static final String CERTIFICATE = bytes("asyncoperationsigningcertificate", CERTIFICATE_BYTES);

    private OperationUrls() {}

    /** The URL, signed now; a signature that it has is replaced. */
    static String signed(String url, Instant now) {
        long ticks = TICKS_TO_1970 + now.getEpochSecond() * 10_000_000 + now.getNano() / 100;
        String dated = url.replaceFirst("&t=.*", "") + "&t=" + ticks;
        return dated + "&c=" + CERTIFICATE + "&s=" + bytes("s" + dated, SIGNATURE_BYTES) + "&h="
                + bytes("h" + dated, HASH_BYTES);
    }

    private static String bytes(String seed, int count) {
        byte[] bytes = new byte[count];
        byte[] block = seed.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < count; at += block.length) {
            block = sha256(block);
            System.arraycopy(block, 0, bytes, at, Math.min(block.length, count - at));
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, count));
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package io.xtcmk.testing.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Bytes that a client might send by mistake or malice: true ones, garbled. */
public final class Garbler {
    private static final List<String> PIECES = List.of(
            "\r\n",
            "\n",
            "\r",
            "\u0000",
            " ",
            "\t",
            ":",
            ";",
            "/",
            "//",
            "/../",
            "?",
            "#",
            "%",
            "%00",
            "%2f",
            "%zz",
            "&",
            "=",
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            "[[[[[[[[[[",
            "{\"a\":",
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "99999999999999999999",
            "\u00e4",
            "\u202e",
            "\ud83d\ude00",
            "Content-Length: 5\r\n",
            "Content-Length: -1\r\n",
            "Host: evil.example\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: x, chunked\r\n",
            "Expect: 100-continue\r\n",
            "Connection: close\r\n",
            "Upgrade: h2c\r\n",
            "0\r\n\r\n",
            "ffffffff\r\n",
            "HTTP/1.0",
            "HTTP/9.9",
            "CONNECT ",
            "GET ",
            "http://evil.example/",
            "management.azure.com:443",
            "management.azure.com@evil.example",
            "\u0016\u0003\u0001");

    private final Random random;
    private final List<String> seeds;

    public Garbler(long seed, List<String> seeds) {
        this.random = new Random(seed);
        this.seeds = seeds;
    }

    /** The next bytes. */
    public byte[] next() {
        byte[] bytes = bytes(pick(seeds));
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int end = Math.min(bytes.length, at + random.nextInt(16));
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 64);
        out.write(bytes, 0, at);
        boolean keepsRest = true;
        switch (random.nextInt(7)) {
            case 0 -> out.writeBytes(bytes(pick(PIECES)));
            case 1 -> at = end;
            case 2 -> out.write(random.nextInt(256));
            case 3 ->
                out.writeBytes(bytes(pick(PIECES).repeat(1 + random.nextInt(random.nextInt(40) == 0 ? 4000 : 8))));
            case 4 -> keepsRest = false;
            case 5 -> out.write(bytes, at, end - at);
            default -> {
                out.writeBytes(bytes(pick(PIECES)));
                at = end;
            }
        }
        if (keepsRest) {
            out.write(bytes, at, bytes.length - at);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** For a failure's message. */
    public static String shown(byte[] bytes) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, 600); i++) {
            int b = bytes[i] & 0xff;
            shown.append(b >= 0x20 && b < 0x7f ? String.valueOf((char) b) : String.format("\\x%02x", b));
        }
        return shown + " (" + bytes.length + " bytes)";
    }
}

package io.xtcmk.core.azure;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;

/** Texts that somebody might send: true ones, changed a little or much, and ones made of what parsers stumble over. */
final class Fuzz {
    private static final List<String> TOKENS = List.of(
            "",
            " ",
            "/",
            "//",
            "/..",
            "/../",
            "..;/",
            "\\",
            "?",
            "#",
            "@",
            ":",
            ":443",
            ":0",
            "%",
            "%00",
            "%2e%2e%2f",
            "%zz",
            "%C0%AF",
            "&",
            "=",
            ";",
            ",",
            "\"",
            "'",
            "{",
            "}",
            "[",
            "]",
            "[[[[[[[[",
            "{\"a\":",
            "null",
            "true",
            "-1",
            "1e999",
            "9223372036854775808",
            "0x10",
            "NaN",
            "\r\n",
            "\n",
            "\t",
            "\u0000",
            "\u001b[2J",
            "\u0085",
            "\u2028",
            "\u202e",
            "\u200b",
            "\ufeff",
            "\ud800",
            "\udc00",
            "\ud83d\ude00",
            "\u0130",
            "\u212a",
            "\u0430",
            "\uff0e",
            "\u3002",
            "xn--",
            "localhost",
            "127.0.0.1",
            "[::1]",
            "169.254.169.254",
            "evil.example",
            ".vault.azure.net",
            "https://",
            "http://",
            "file:///",
            "javascript:",
            "providers",
            "subscriptions",
            "Bearer ",
            "authorization=\"",
            "resource=\"",
            "access_token",
            "${jndi:ldap://x}",
            "<script>",
            "00000000-0000-0000-0000-000000000000",
            "bearer",
            "Tue, 01 Jan 2030 00:00:00 GMT",
            "-",
            "_",
            ".",
            "\u00e4");

    private final Random random;
    private final List<String> seeds;

    Fuzz(long seed, List<String> seeds) {
        this.random = new Random(seed);
        this.seeds = seeds;
    }

    /** The next text. */
    String next() {
        if (random.nextInt(8) == 0) {
            return soup();
        }
        StringBuilder text = new StringBuilder(pick(seeds));
        for (int changes = random.nextInt(5); changes >= 0; changes--) {
            change(text);
        }
        return text.toString();
    }

    private void change(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(12));
        switch (random.nextInt(10)) {
            case 0 -> text.insert(at, pick(TOKENS));
            case 1 -> text.delete(at, end);
            case 2 -> text.insert(at, text.substring(at, end));
            case 3 -> text.replace(at, end, pick(TOKENS));
            case 4 -> text.insert(at, character());
            case 5 -> text.setLength(at);
            case 6 -> text.append(pick(seeds));
            case 7 -> text.insert(at, pick(TOKENS).repeat(1 + random.nextInt(random.nextInt(50) == 0 ? 5000 : 20)));
            case 8 -> text.replace(at, end, percentEncoded(text.substring(at, end)));
            default -> text.replace(at, end, swappedCase(text.substring(at, end)));
        }
    }

    private String soup() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(random.nextBoolean() ? pick(TOKENS) : character());
        }
        return text.toString();
    }

    private String character() {
        int kind = random.nextInt(4);
        return kind == 0
                ? Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1))
                : Character.toString(random.nextInt(kind == 1 ? 0x20 : 0x7f));
    }

    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder();
        text.chars().forEach(c -> encoded.append(String.format("%%%02x", c & 0xff)));
        return encoded.toString();
    }

    private static String swappedCase(String text) {
        StringBuilder swapped = new StringBuilder();
        text.chars()
                .forEach(c -> swapped.append(
                        (char) (Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))));
        return swapped.toString();
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** A text for a failure's message: short, and readable whatever is in it. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().limit(400).forEach(c -> {
            if (c >= 0x20 && c < 0x7f) {
                shown.append((char) c);
            } else {
                shown.append(String.format("\\u%04x", c));
            }
        });
        return shown + (text.length() > 400 ? "... (" + text.length() + ")" : "");
    }

    /** How many bytes this thread has allocated so far. */
    static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}

package io.xtcmk.testing.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the fake answers otherwise than an example, and why. */
final class Exceptions {
    private final List<Entry> entries;

    private Exceptions(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * An exception.
     *
     * @param files the examples' files by name, with asterisks
     * @param what the property in which they differ, with all below it, or the end of its path; {@code status}; {@code *}
     *     for the whole
     * @param reason why
     */
    record Entry(String files, String what, String reason) {
        static Entry of(String line) {
            String[] parts = line.split("\\|", 3);
            if (parts.length < 3 || parts[2].isBlank()) {
                throw new IllegalArgumentException("not \"file | what | reason\": " + line);
            }
            return new Entry(parts[0].strip(), parts[1].strip(), parts[2].strip());
        }

        boolean isWhole() {
            return what.equals("*");
        }

        boolean names(Example example) {
            return Stream.of(files.split(" ", -1)).anyMatch(f -> names(f, example));
        }

        private static boolean names(String file, Example example) {
            String regex = Pattern.quote(file).replace("*", "\\E[^/]*\\Q");
            return Pattern.compile("(.*/)?" + regex).matcher(example.file()).matches();
        }

        /** Whether it excuses a difference. */
        boolean covers(Difference difference) {
            String path = "." + difference.path() + ".";
            return isWhole() || path.contains("." + what + ".") || path.contains("." + what + "[].");
        }

        @Override
        public String toString() {
            return files + " | " + what;
        }
    }

    static Exceptions read() {
        try (InputStream in = Objects.requireNonNull(Exceptions.class.getResourceAsStream("exceptions.txt"))) {
            return new Exceptions(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .map(Entry::of)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Entry> all() {
        return entries;
    }

    List<Entry> of(Example example) {
        return entries.stream().filter(e -> e.names(example)).toList();
    }
}

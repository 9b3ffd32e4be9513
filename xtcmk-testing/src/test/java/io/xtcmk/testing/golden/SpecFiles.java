package io.xtcmk.testing.golden;

import io.xtcmk.testing.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The JSON files below a folder, each read once. References lead from one to another, and never out of the folder. */
final class SpecFiles {
    private final Path folder;
    private final Map<Path, Map<String, Object>> read = new HashMap<>();

    SpecFiles(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** The files with paths of operations. */
    List<Node> specifications() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(
                            f -> f.toString().endsWith(".json") && !f.toString().contains("/examples/"))
                    .sorted()
                    .map(this::root)
                    .filter(n -> n.has("paths"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a reference in a file leads to. */
    Node at(Path file, String reference) {
        String[] parts = reference.split("#", 2);
        Node node = parts[0].isEmpty() ? root(file) : root(file.resolveSibling(parts[0]));
        if (parts.length == 2) {
            for (String name : parts[1].split("/", -1)) {
                node = name.isEmpty()
                        ? node
                        : node.child(name.replace("~1", "/").replace("~0", "~"));
            }
        }
        return node;
    }

    Node root(Path file) {
        Path inside = file.normalize();
        if (!inside.startsWith(folder)) {
            throw new IllegalArgumentException(file + " is outside of " + folder);
        }
        return new Node(this, inside, read.computeIfAbsent(inside, SpecFiles::parse));
    }

    /** A file's name below the folder. */
    String name(Path file) {
        return folder.relativize(file.normalize()).toString();
    }

    private static Map<String, Object> parse(Path file) {
        try {
            String text = Files.readString(file);
            return Json.cast(Json.parse(text.replace("\uFEFF", "").getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}

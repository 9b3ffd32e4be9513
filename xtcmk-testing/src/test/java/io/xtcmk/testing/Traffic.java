package io.xtcmk.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Keeps what a test class exchanged with the fake, one JSON line a call, for checks against Azure's published types. */
final class Traffic {
    private static final Path FOLDER = Path.of("target", "traffic");

    private Traffic() {}

    /** Adds the fake's calls to the class's file. */
    static void keep(Class<?> test, FakeAzure azure) {
        List<String> lines = azure.calls().stream().map(RecordedCall::toJson).toList();
        try {
            Files.createDirectories(FOLDER);
            Files.write(
                    FOLDER.resolve(test.getSimpleName() + ".jsonl"),
                    lines,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

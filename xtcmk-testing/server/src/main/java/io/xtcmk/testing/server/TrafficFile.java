package io.xtcmk.testing.server;

import io.xtcmk.testing.RecordedCall;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** A file that gets a line of JSON for each call, at once: its readers may come while the fake still runs. */
final class TrafficFile implements Consumer<RecordedCall> {
    private final Path file;
    private final BufferedWriter writer;

    private TrafficFile(Path file, BufferedWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    /**
     * Opens a file for appending. It stays open for as long as the process runs.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    static TrafficFile at(Path file) {
        try {
            return new TrafficFile(
                    file, Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    @Override
    public void accept(RecordedCall call) {
        try {
            writer.write(call.toJson());
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static UncheckedIOException failed(Path file, IOException cause) {
        return new UncheckedIOException("cannot write to " + file + ": " + cause, cause);
    }
}

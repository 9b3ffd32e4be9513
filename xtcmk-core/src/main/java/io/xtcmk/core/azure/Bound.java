package io.xtcmk.core.azure;

import io.xtcmk.TimeSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How much of an answer's body is read, and until when. What is beyond is cut off: of a refusal, the head still says what
 * it is; a success that is cut off cannot be read, and says so.
 *
 * @param bytes how many bytes
 * @param end until when; empty for as long as the HTTP client waits
 * @param time the clock for that
 */
record Bound(int bytes, Optional<Instant> end, TimeSource time) {
    /** A page of a thousand vaults has some 2 MiB. */
    private static final int MOST = 16 << 20;

    /** For what Azure sends. */
    static Bound usual(TimeSource time) {
        return new Bound(MOST, Optional.empty(), time);
    }

    /** Reads a body, and lets go of what is left of it. */
    byte[] read(@Nullable Flux<ByteBuffer> body) {
        if (body == null) {
            return new byte[0];
        }
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        end.map(when -> body.takeUntilOther(alarm(when)))
                .orElse(body)
                .takeWhile(chunk -> takes(read, chunk))
                .then()
                .block();
        return read.toByteArray();
    }

    /** A client that reads while it hands on sees no alarm, so each chunk looks at the clock too. */
    private boolean takes(ByteArrayOutputStream read, ByteBuffer chunk) {
        if (end.filter(when -> !time.now().isBefore(when)).isPresent()) {
            return false;
        }
        byte[] bytesOfChunk = new byte[Math.min(chunk.remaining(), bytes - read.size())];
        chunk.get(bytesOfChunk);
        read.writeBytes(bytesOfChunk);
        return read.size() < bytes;
    }

    private Mono<Boolean> alarm(Instant when) {
        return Mono.create(sink -> {
            Runnable cancel = time.at(when, () -> sink.success(true));
            sink.onDispose(cancel::run);
        });
    }
}

package io.xtcmk.samples;

import io.xtcmk.TenantConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits as the library does: asks again until it is so or a deadline has passed, on the connection's clock. */
final class Waiting {
    private Waiting() {}

    static <T> T until(TenantConnection connection, String what, Duration limit, Supplier<Optional<T>> question) {
        Instant deadline = connection.timeSource().now().plus(limit);
        Optional<T> answer = question.get();
        while (answer.isEmpty()) {
            if (connection.timeSource().now().isAfter(deadline)) {
                throw new IllegalStateException(what + " did not happen within " + limit.toMinutes() + " minutes");
            }
            pause(connection);
            answer = question.get();
        }
        return answer.get();
    }

    private static void pause(TenantConnection connection) {
        try {
            connection.timeSource().pause(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}

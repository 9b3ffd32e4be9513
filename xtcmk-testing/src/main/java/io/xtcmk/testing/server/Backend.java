package io.xtcmk.testing.server;

import io.netty.util.concurrent.EventExecutor;
import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Dispatcher;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.UnsupportedRouteError;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What is behind the sockets: the world's dispatcher, threads that may wait for it, and its time. */
final class Backend {
    private final Dispatcher dispatcher;
    private final Pace pace;
    private final ExecutorService threads;
    private final Duration latency;
    private final Consumer<String> complaints;

    /**
     * A back end.
     *
     * @param dispatcher answers
     * @param pace moves the world's clock
     * @param threads to wait in for answers
     * @param latency real time that each answer takes at least
     * @param complaints is told what a user of the proxy should see, a line each
     */
    Backend(Dispatcher dispatcher, Pace pace, ExecutorService threads, Duration latency, Consumer<String> complaints) {
        this.dispatcher = dispatcher;
        this.pace = pace;
        this.threads = threads;
        this.latency = latency;
        this.complaints = complaints;
    }

    Optional<String> unreachable(String scheme, String host) {
        pace.catchUp();
        return dispatcher.unreachable(scheme, host);
    }

    /** Runs work on a thread that may wait, after the latency. */
    void submit(EventExecutor eventLoop, Runnable work) {
        if (latency.isZero()) {
            run(work);
        } else {
            var unused = eventLoop.schedule(() -> run(work), latency.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void run(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            // The server has been closed, and its connections are being closed.
        }
    }

    /**
     * The world's answer.
     *
     * @throws UncheckedIOException if the connection is to fail instead
     */
    Answer answer(String method, URI url, Map<String, String> headers, byte[] body) throws InterruptedException {
        pace.catchUp();
        try {
            return dispatcher.dispatch(method, url, headers, body);
        } catch (UnsupportedRouteError e) {
            return failure(501, "NotPlayedByTheFake", e);
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            return failure(500, "FaultOfTheFake", e);
        }
    }

    private Answer failure(int status, String code, Throwable error) {
        complain(error.toString());
        return Answer.json(
                status, Json.object("error", Json.object("code", code, "message", String.valueOf(error.getMessage()))));
    }

    void complain(String line) {
        complaints.accept(line);
    }
}

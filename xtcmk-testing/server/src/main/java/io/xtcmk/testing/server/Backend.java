package io.xtcmk.testing.server;

import io.netty.util.concurrent.EventExecutor;
import io.xtcmk.testing.spi.ServedAzure;
import io.xtcmk.testing.spi.ServedAzure.ServedAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** What is behind the sockets: the Azure, and threads that may wait for its answers. */
final class Backend {
    private final ServedAzure azure;
    private final ExecutorService threads;
    private final Duration latency;

    /**
     * A back end.
     *
     * @param azure answers
     * @param threads where to wait for answers
     * @param latency real time that each answer takes at least
     */
    Backend(ServedAzure azure, ExecutorService threads, Duration latency) {
        this.azure = azure;
        this.threads = threads;
        this.latency = latency;
    }

    Optional<String> unreachable(String scheme, String host) {
        return azure.unreachable(scheme, host);
    }

    URI url(String text) {
        return azure.url(text);
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
     * The Azure's answer.
     *
     * @throws java.io.UncheckedIOException if the connection has to fail instead
     */
    ServedAnswer answer(String method, URI url, Map<String, String> headers, byte[] body) throws InterruptedException {
        return azure.answer(method, url, headers, body);
    }

    boolean clientsGiveUp() {
        return azure.clientsGiveUp();
    }

    void complain(String line) {
        azure.complain(line);
    }
}

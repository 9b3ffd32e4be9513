package io.xtcmk.testing.http;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/**
 * Requests that travel over a socket while the thread that sent them works on the fake's clock. Until its answer is there
 * the thread at the other end of the socket works in its place: where that one pauses, both do, and where the sender gives
 * up, the other stops.
 */
public final class Errands {
    private static final HttpHeaderName ID = HttpHeaderName.fromString("x-xtcmk-errand");

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fake-azure-errand");
        thread.setDaemon(true);
        return thread;
    });

    private final Proxies proxies;
    private final ConcurrentMap<String, Runnable> begun = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();

    /**
     * No errands yet.
     *
     * @param proxies the clock's part of it
     */
    public Errands(Proxies proxies) {
        this.proxies = proxies;
    }

    /** A clock that lets one thread work in the place of another. */
    public interface Proxies {
        /**
         * This thread sends another on an errand, and waits for it.
         *
         * @return to be run by the thread that works in its place, when it begins
         */
        Runnable depart();

        /**
         * Waits for the answer.
         *
         * @return false if this thread has been interrupted and works by itself again
         */
        boolean await(CompletableFuture<?> answer);

        /** What this thread waited for is there, or it has given up. */
        void arrive();

        /** This thread works in no other's place any more. */
        void done();
    }

    /** Work that may wait for the clock. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T get() throws InterruptedException;
    }

    /**
     * A client whose requests are errands.
     *
     * @param wire sends them, over a socket that ends in {@link #serve}
     */
    public HttpClient sending(HttpClient wire) {
        return new Sending(wire);
    }

    /**
     * Serves a request, on a thread that may wait.
     *
     * @param headers the request's headers; what marks it as an errand is removed
     * @param work answers it
     */
    public <T> T serve(Map<String, String> headers, Work<T> work) throws InterruptedException {
        String id = headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(ID.getCaseInsensitiveName()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        headers.keySet().removeIf(ID.getCaseInsensitiveName()::equalsIgnoreCase);
        // It stays until its sender has an answer: Java's client and OkHttp send again by themselves what they take to
        // have
        // been lost with its connection.
        Runnable begin = begun.get(id);
        if (begin == null) {
            return work.get();
        }
        begin.run();
        try {
            return work.get();
        } finally {
            proxies.done();
        }
    }

    private final class Sending implements HttpClient {
        private final HttpClient wire;

        Sending(HttpClient wire) {
            this.wire = wire;
        }

        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
            return Mono.fromCallable(() -> sendSync(request, Context.NONE));
        }

        /**
         * The client is used by a thread of its own: this one waits where the clock sees in one breath that it has been
         * interrupted and that it does not wait any more.
         */
        @Override
        public HttpResponse sendSync(HttpRequest request, Context context) {
            String id = Long.toString(count.incrementAndGet());
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            begun.put(id, proxies.depart());
            try {
                HttpRequest marked = request.copy().setHeader(ID, id);
                Future<?> sending = THREADS.submit(() -> exchange(marked, context, answer));
                if (!proxies.await(answer)) {
                    sending.cancel(true);
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(new InterruptedException("interrupted while waiting for a socket"));
                }
                return answer(answer);
            } finally {
                begun.remove(id);
                proxies.arrive();
            }
        }

        /** Reads an answer to its end while the clock knows that its thread waits for a socket. */
        private void exchange(HttpRequest request, Context context, CompletableFuture<HttpResponse> result) {
            // Else a reader of Vert.x's answer waits without end if the connection broke before it began to read.
            Context eager = context.addData("azure-eagerly-read-response", true);
            try (HttpResponse answer = wire.sendSync(request, eager)) {
                BinaryData body = answer.getBodyAsBinaryData();
                byte[] bytes = body == null ? new byte[0] : body.toBytes();
                result.complete(
                        new InMemoryResponse(request, answer.getStatusCode(), answer.getHeaders(), bytes, null));
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        }

        private static HttpResponse answer(CompletableFuture<HttpResponse> answer) {
            try {
                return answer.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e.getCause() instanceof RuntimeException exception ? exception : e;
            }
        }
    }
}

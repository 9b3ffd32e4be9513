package io.xtcmk.core.engine;

import com.azure.core.util.Context;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Work that only reads, on one thread: now, or on another thread when subscribed to. */
public final class Reading {
    private Reading() {}

    /** Does it, and waits for the end. */
    public static <T> T now(Supplier<T> work) {
        try {
            return work.get();
        } catch (Retry.Interrupted e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted");
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    /** Does it when subscribed to, with the subscriber's span; stops when the subscription is cancelled. */
    public static <T> Mono<T> later(Executor executor, Function<Context, T> work) {
        return Mono.create(sink -> {
            Context caller = Phase.caller(sink.contextView());
            Task<T> task = new Task<>(() -> work.apply(caller), sink::success, sink::error);
            sink.onCancel(task::cancel);
            executor.execute(task);
        });
    }

    /** Work that can be interrupted. */
    private static final class Task<T> implements Runnable {
        private final Supplier<T> work;
        private final Consumer<T> success;
        private final Consumer<Throwable> failure;
        private @Nullable Thread thread;
        private boolean cancelled;

        Task(Supplier<T> work, Consumer<T> success, Consumer<Throwable> failure) {
            this.work = work;
            this.success = success;
            this.failure = failure;
        }

        @Override
        public void run() {
            synchronized (this) {
                if (cancelled) {
                    return;
                }
                thread = Thread.currentThread();
            }
            try {
                success.accept(work.get());
            } catch (RuntimeException | Error e) {
                failure.accept(e);
            } finally {
                leave();
            }
        }

        /** An interruption of ours must not reach what the thread does next. */
        private synchronized void leave() {
            thread = null;
            if (cancelled) {
                Thread.interrupted();
            }
        }

        synchronized void cancel() {
            cancelled = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}

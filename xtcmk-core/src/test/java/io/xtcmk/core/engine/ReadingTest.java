package io.xtcmk.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;

/** Work that is one read, blocking or subscribed to; and the threads for it. */
@Timeout(30)
class ReadingTest {

    @Test
    void now_isTheWorksResult() {
        assertThat(Reading.now(() -> "read")).isEqualTo("read");
    }

    @Test
    void now_interrupted_isCancelled_andTheThreadKnows() {
        assertThatThrownBy(() -> Reading.now(() -> {
                    throw new Retry.Interrupted(new InterruptedException());
                }))
                .isInstanceOf(CancellationException.class)
                .hasCauseInstanceOf(Retry.Interrupted.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void later_isDoneWhenSubscribedTo() {
        AtomicBoolean done = new AtomicBoolean();
        var read = Reading.later(Runnable::run, caller -> {
            done.set(true);
            return "read";
        });

        assertThat(done).isFalse();
        assertThat(read.block()).isEqualTo("read");
        assertThat(done).isTrue();
    }

    @Test
    void later_failure_isTheSubscribers() {
        IllegalStateException fault = new IllegalStateException("broken");

        assertThatThrownBy(() -> Reading.later(Runnable::run, caller -> {
                            throw fault;
                        })
                        .block())
                .isSameAs(fault);
    }

    @Test
    void later_cancelledBeforeItBegins_doesNotBegin() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        AtomicBoolean done = new AtomicBoolean();
        Disposable subscription =
                Reading.later(tasks::add, caller -> done.getAndSet(true)).subscribe();

        subscription.dispose();
        tasks.remove().run();

        assertThat(done).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void later_cancelled_interruptsItsThread() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Disposable subscription = Reading.later(Executors.perTask(), caller -> {
                    began.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return interrupted.complete(false);
                    } catch (InterruptedException e) {
                        return interrupted.complete(true);
                    }
                })
                .subscribe();
        began.await();

        subscription.dispose();

        assertThat(interrupted.get()).isTrue();
    }

    /** The thread is not ours: what it does next is nobody's to interrupt. */
    @Test
    void later_cancelledByItself_leavesItsThreadsFlagDown() {
        Sinks.One<String> stop = Sinks.one();
        AtomicBoolean flag = new AtomicBoolean();
        var unused = Reading.later(Runnable::run, caller -> {
                    stop.tryEmitValue("now").orThrow();
                    flag.set(Thread.currentThread().isInterrupted());
                    return "read";
                })
                .takeUntilOther(stop.asMono())
                .subscribe();

        assertThat(flag).as("while it worked").isTrue();
        assertThat(Thread.interrupted()).as("afterwards").isFalse();
    }

    @Test
    void cancelledWhenItIsOver_interruptsNobody() {
        Reading.later(Runnable::run, caller -> "read").subscribe().dispose();

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void threadsOfOurs_keepNoProgramAlive_andHaveAName() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();

        Executors.perTask().execute(() -> thread.complete(Thread.currentThread()));

        assertThat(thread.get().isDaemon()).isTrue();
        assertThat(thread.get().getName()).startsWith("xtcmk-");
    }
}

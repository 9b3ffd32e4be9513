package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One fake in the hands of many threads. The tests that draw lots do so from fixed seeds. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConcurrentUseTest {
    private static final int THREADS = 8;

    private final TwoTenants two = new TwoTenants().connect();
    private final FakeAzure azure = two.azure;
    private final ExecutorService threads = Executors.newCachedThreadPool(ConcurrentUseTest::daemon);

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    /** The thread that has brought the answer still has to leave the clock. That is not the test's concern. */
    @Test
    void restore_rightAfterAnAnswerFromTheClocksExecutor_succeeds() throws Exception {
        FakeSnapshot connected = azure.snapshot();
        Rest arm = two.arm(two.contoso);

        for (int i = 0; i < 500; i++) {
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(
                    () -> arm.get(TwoTenants.group(two.contoso, "?api-version=2021-04-01"))
                            .status(),
                    azure.clock().executor());
            assertThat(azure.clock().await(status)).isEqualTo(200);

            azure.restore(connected);
        }
    }

    /** A task that was submitted before restore() and begins after it would act in a world that is not its own. */
    @Test
    void restore_waitsForTasksThatHaveNotBegun() {
        FakeSnapshot connected = azure.snapshot();

        for (int i = 0; i < 200; i++) {
            AtomicReference<Instant> seen = new AtomicReference<>();
            azure.clock().advance(Duration.ofMinutes(1));
            azure.clock().executor().execute(() -> seen.set(azure.clock().now()));

            azure.restore(connected);

            assertThat(seen.get()).isEqualTo(connected.time().plusSeconds(60));
        }
    }

    @Test
    void restore_isRefused_whileATaskPauses() throws Exception {
        FakeSnapshot connected = azure.snapshot();
        CountDownLatch beforeThePause = new CountDownLatch(1);
        CompletableFuture<Void> task = CompletableFuture.runAsync(
                () -> {
                    await(beforeThePause);
                    pause(Duration.ofSeconds(1));
                },
                azure.clock().executor());
        // Another task keeps the clock from running on.
        CountDownLatch worked = new CountDownLatch(1);
        CompletableFuture<Void> other =
                CompletableFuture.runAsync(() -> await(worked), azure.clock().executor());
        beforeThePause.countDown();

        assertThatThrownBy(() -> azure.restore(connected))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the clock cannot be set back");

        worked.countDown();
        azure.clock().await(CompletableFuture.allOf(task, other));
        azure.restore(connected);
    }

    @Test
    void restore_isRefused_fromATaskOnTheClock() throws Exception {
        FakeSnapshot connected = azure.snapshot();

        CompletableFuture<Void> task = CompletableFuture.runAsync(
                () -> assertThatThrownBy(() -> azure.restore(connected))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("the clock cannot be set back"),
                azure.clock().executor());

        azure.clock().await(task);
    }

    @Test
    void restore_besideTheMakingOfATenant_doesNotDeadlock() throws Exception {
        FakeSnapshot connected = azure.snapshot();
        AtomicReference<Thread> maker = new AtomicReference<>();
        AtomicReference<Future<?>> made = new AtomicReference<>();

        azure.world().locked(() -> {
            made.set(threads.submit(() -> {
                maker.set(Thread.currentThread());
                azure.tenant("woodgrove");
            }));
            while (maker.get() == null || maker.get().getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait();
            }
            azure.restore(connected);
            return null;
        });

        made.get().get();
        assertThat(azure.toString()).contains("tenant woodgrove");
    }

    /** An operation is carried out as of its own end, which has passed; other threads must not see that time. */
    @Test
    void times_neverStepBack() throws Exception {
        List<RecordedCall> heard = Collections.synchronizedList(new ArrayList<>());
        Runnable unsubscribe = azure.onCall(heard::add);
        Rest arm = two.arm(two.contoso);
        String group = TwoTenants.group(two.contoso, "?api-version=2021-04-01");

        together(THREADS, thread -> {
            for (int i = 0; i < 150; i++) {
                if (thread == 0) {
                    arm.put(TwoTenants.account(two.contoso, "st" + i), two.accountBody());
                    azure.clock().advance(Duration.ofSeconds(30));
                }
                arm.get(group);
            }
        });

        unsubscribe.run();
        assertThat(azure.calls()).endsWith(heard.toArray(RecordedCall[]::new));
        assertThat(heard).extracting(RecordedCall::answeredAt).isSorted();
        assertThat(heard).extracting(RecordedCall::at).isSorted();
    }

    /** Each verb is tried beside every other. What a verb gives is not looked at: only that each returns. */
    @Test
    void allVerbs_fromManyThreads() throws Exception {
        FakeVerbs verbs = new FakeVerbs(two);
        assertThat(verbs.names()).containsAll(FakeVerbs.ofThePublicApi());
        FakeSnapshot connected = azure.snapshot();
        String before = azure.toString();
        Map<String, Integer> calls = new LinkedHashMap<>();

        together(THREADS, thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < 400; i++) {
                String verb = verbs.any(random);
                verbs.call(verb);
                synchronized (calls) {
                    calls.merge(verb, 1, Integer::sum);
                }
            }
        });

        assertThat(calls.keySet()).containsAll(verbs.names());
        azure.restore(connected);
        assertThat(azure).hasToString(before);
    }

    private void together(int count, Work work) throws Exception {
        CyclicBarrier begin = new CyclicBarrier(count);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            all.add(threads.submit(() -> {
                begin.await();
                work.of(number);
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
    }

    private void pause(Duration duration) {
        try {
            azure.clock().pause(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Work {
        void of(int thread) throws Exception;
    }
}

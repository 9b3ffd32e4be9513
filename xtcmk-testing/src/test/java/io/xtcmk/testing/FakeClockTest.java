package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FakeClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final FakeClock clock = new FakeClock(START);

    @Test
    void pause_ofTheOnlyThread_takesNoTimeButMovesTheClock() throws Exception {
        clock.pause(Duration.ofHours(3));

        assertThat(elapsed()).isEqualTo(Duration.ofHours(3));
    }

    @Test
    void pause_ofNothing_returnsAtOnce() throws Exception {
        clock.pause(Duration.ZERO);
        clock.pause(Duration.ofSeconds(-5));

        assertThat(elapsed()).isZero();
    }

    /** The thread that submits is not done submitting: the first task's pause must not be over before the second's. */
    @RepeatedTest(20)
    void pauses_ofConcurrentTasks_overlap() throws Exception {
        CompletableFuture<Void> first = run(() -> clock.pause(Duration.ofSeconds(10)));
        burn();
        CompletableFuture<Void> second = run(() -> clock.pause(Duration.ofSeconds(7)));

        clock.await(CompletableFuture.allOf(first, second));

        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(10));
    }

    /**
     * <pre>
     * a: 10 ----+
     *           +-- c: 5 ---- = 20
     * b: 15 ----+
     * d: 12 ------------------
     * </pre>
     */
    @RepeatedTest(20)
    void elapsedTime_isTheCriticalPath() throws Exception {
        CompletableFuture<Void> a = run(() -> clock.pause(Duration.ofSeconds(10)));
        CompletableFuture<Void> b = run(() -> clock.pause(Duration.ofSeconds(15)));
        CompletableFuture<Void> c = run(() -> {
            clock.await(a);
            clock.await(b);
            clock.pause(Duration.ofSeconds(5));
        });
        CompletableFuture<Void> d = run(() -> clock.pause(Duration.ofSeconds(12)));

        clock.await(CompletableFuture.allOf(c, d));

        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(20));
    }

    @RepeatedTest(50)
    void waiterResumesBeforeTheClockMovesOn() throws Exception {
        CompletableFuture<Void> early = run(() -> clock.pause(Duration.ofSeconds(1)));
        CompletableFuture<Void> late = run(() -> clock.pause(Duration.ofSeconds(100)));

        clock.await(early);
        Instant seen = clock.now();
        clock.await(late);

        assertThat(seen).isEqualTo(START.plusSeconds(1));
    }

    /** The result may come just as its waiter begins to wait. */
    @RepeatedTest(20)
    void waiterWhoseResultComesMeanwhile_resumesBeforeTheClockMovesOn() throws Exception {
        AtomicReference<Thread> sleeper = new AtomicReference<>();
        CompletableFuture<Void> late = run(() -> {
            sleeper.set(Thread.currentThread());
            clock.pause(Duration.ofSeconds(100));
        });
        while (sleeper.get() == null || sleeper.get().getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        clock.await(new CompletesWhenAskedToTell());
        Instant seen = clock.now();
        clock.await(late);

        assertThat(seen).isEqualTo(START);
    }

    @Test
    void sleepersWakeInOrder() throws Exception {
        List<Integer> woken = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i : List.of(3, 1, 2)) {
            all.add(run(() -> {
                clock.pause(Duration.ofSeconds(i));
                woken.add(i);
            }));
        }

        clock.await(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)));

        assertThat(woken).containsExactly(1, 2, 3);
    }

    @Test
    void await_ofAFailure_throwsItsCause() {
        CompletableFuture<Void> failing = run(() -> {
            clock.pause(Duration.ofSeconds(1));
            throw new IllegalStateException("as planned");
        });

        assertThatThrownBy(() -> clock.await(failing))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("as planned");
    }

    @Test
    void await_ofACancelledResult_throwsCancellation() {
        CompletableFuture<Void> result = new CompletableFuture<>();
        CompletableFuture<Void> unused = run(() -> {
            clock.pause(Duration.ofSeconds(1));
            result.cancel(true);
        });

        assertThatThrownBy(() -> clock.await(result)).isInstanceOf(CancellationException.class);
    }

    @Test
    void interruptedSleeper_leaves_andTheOthersGoOn() throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CompletableFuture<Void> holder = new CompletableFuture<>();
        CompletableFuture<Void> sleeper = run(() -> {
            thread.set(Thread.currentThread());
            asleep.countDown();
            try {
                clock.await(holder);
            } catch (InterruptedException e) {
                thrown.set(e);
                clock.pause(Duration.ofSeconds(2));
            }
        });
        asleep.await();

        thread.get().interrupt();
        clock.await(sleeper);

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void interruptBeforeAPause_isHonoured() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> clock.pause(Duration.ofSeconds(1))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(elapsed()).isZero();
    }

    /** Nothing may happen first that the caller, already told to stop, would find done. */
    @RepeatedTest(20)
    void interruptBeforeWaiting_isHonouredBeforeTheClockMoves() throws Exception {
        AtomicReference<Thread> sleeper = new AtomicReference<>();
        CompletableFuture<Void> slept = run(() -> {
            sleeper.set(Thread.currentThread());
            clock.pause(Duration.ofSeconds(8));
        });
        while (sleeper.get() == null || sleeper.get().getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> clock.await(slept)).isInstanceOf(InterruptedException.class);

        assertThat(elapsed()).isZero();
        clock.await(slept);
    }

    /** Who is told to stop does not wait any more, even if it has not had a processor yet to notice. */
    @RepeatedTest(20)
    void alarm_thatInterruptsWaiters_isTheLastThingThatHappens() throws Exception {
        AtomicReference<Thread> waiter = new AtomicReference<>();
        CompletableFuture<Void> longer = run(() -> clock.pause(Duration.ofSeconds(8)));
        CompletableFuture<Instant> stopped = CompletableFuture.supplyAsync(
                () -> {
                    waiter.set(Thread.currentThread());
                    try {
                        clock.await(longer);
                    } catch (InterruptedException | ExecutionException expected) {
                        return clock.now();
                    }
                    return Instant.MAX;
                },
                clock.executor());
        clock.at(START.plusSeconds(5), () -> waiter.get().interrupt());

        assertThat(clock.await(stopped)).isEqualTo(START.plusSeconds(5));
        clock.await(longer);
    }

    /** One task sleeps while it holds a lock that another one wants: the clock does not know, and must not hang. */
    @Test
    void lockOfSomeoneElse_doesNotStopTheClock() throws Exception {
        Object lock = new Object();
        CountDownLatch held = new CountDownLatch(1);
        CompletableFuture<Void> holder = run(() -> {
            synchronized (lock) {
                held.countDown();
                clock.pause(Duration.ofSeconds(4));
            }
        });
        CompletableFuture<Void> wanter = run(() -> {
            held.await();
            synchronized (lock) {
                clock.pause(Duration.ofSeconds(3));
            }
        });

        clock.await(CompletableFuture.allOf(holder, wanter));

        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(7));
    }

    /** A submitter that waits in a way of its own is noticed, too. */
    @Test
    void submitterThatJoins_doesNotStopTheClock() throws Exception {
        run(() -> clock.pause(Duration.ofMinutes(1))).get();

        assertThat(elapsed()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void advance_wakesWhoeverIsDue_andRunsOnlyForward() throws Exception {
        clock.advance(Duration.ofSeconds(30));

        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(30));
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thousandTasks_eachWithItsOwnSleeps_takeTheLongest() throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 1; i <= 1000; i++) {
            int seconds = i;
            all.add(run(() -> {
                clock.pause(Duration.ofSeconds(seconds));
                clock.pause(Duration.ofSeconds(1000 - seconds));
            }));
        }

        clock.await(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)));

        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(1000));
    }

    @Test
    void nestedTasks_count() throws Exception {
        CompletableFuture<Void> outer = run(() -> {
            CompletableFuture<Void> inner = run(() -> clock.pause(Duration.ofSeconds(8)));
            clock.pause(Duration.ofSeconds(3));
            clock.await(inner);
        });

        clock.await(outer);

        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void alarm_ringsAtItsTime_whileOthersPauseLonger() throws Exception {
        CompletableFuture<Instant> rung = new CompletableFuture<>();
        clock.at(START.plusSeconds(5), () -> rung.complete(clock.now()));

        CompletableFuture<Void> longer = run(() -> clock.pause(Duration.ofSeconds(60)));

        assertThat(clock.await(rung)).isEqualTo(START.plusSeconds(5));
        clock.await(longer);
        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(60));
    }

    /** Who is told to stop does not sleep any more, even if it has not had a processor yet to notice. */
    @RepeatedTest(20)
    void alarm_thatInterruptsSleepers_isTheLastThingThatHappens() throws Exception {
        AtomicReference<Thread> sleeper = new AtomicReference<>();
        CompletableFuture<Void> slept = run(() -> {
            sleeper.set(Thread.currentThread());
            try {
                clock.pause(Duration.ofSeconds(8));
            } catch (InterruptedException expected) {
                assertThat(clock.now()).isEqualTo(START.plusSeconds(5));
            }
        });
        clock.at(START.plusSeconds(5), () -> sleeper.get().interrupt());

        clock.await(slept);

        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(5));
    }

    /** What it does is work on the clock: time does not go on meanwhile. */
    @Test
    void alarmsTask_holdsTheClock() throws Exception {
        CompletableFuture<Instant> rung = new CompletableFuture<>();
        clock.at(START.plusSeconds(5), () -> {
            burn();
            rung.complete(clock.now());
        });

        clock.await(run(() -> clock.pause(Duration.ofSeconds(60))));

        assertThat(clock.await(rung)).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void alarm_calledOff_doesNotRing_norHoldTheClock() throws Exception {
        AtomicBoolean rung = new AtomicBoolean();
        Runnable off = clock.at(START.plusSeconds(5), () -> rung.set(true));
        off.run();
        off.run();

        clock.await(run(() -> clock.pause(Duration.ofSeconds(60))));

        assertThat(rung).isFalse();
    }

    @Test
    void alarm_whoseTimeIsOver_ringsAtOnce() throws Exception {
        CompletableFuture<Instant> rung = new CompletableFuture<>();
        clock.at(START.minusSeconds(5), () -> rung.complete(clock.now()));
        assertThat(clock.await(rung)).isEqualTo(START);
    }

    private Duration elapsed() {
        return Duration.between(START, clock.now());
    }

    /** Works for a while without waiting. */
    private static void burn() {
        long end = System.nanoTime() + 2_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private CompletableFuture<Void> run(Task task) {
        return run(clock, task);
    }

    static CompletableFuture<Void> run(FakeClock clock, Task task) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        task.run();
                    } catch (InterruptedException | ExecutionException e) {
                        throw new IllegalStateException(e);
                    }
                },
                clock.executor());
    }

    private static final class CompletesWhenAskedToTell extends CompletableFuture<Void> {
        @Override
        public <U> CompletableFuture<U> handle(BiFunction<? super Void, Throwable, ? extends U> action) {
            complete(null);
            return super.handle(action);
        }
    }

    interface Task {
        void run() throws InterruptedException, ExecutionException;
    }
}

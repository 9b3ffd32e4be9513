package io.xtcmk.testing;

import io.xtcmk.TimeSource;
import io.xtcmk.testing.http.Errands;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fake's time: a discrete-event clock. Nothing really sleeps. A thread that pauses is woken when the clock reaches
 * its hour, and the clock jumps to the earliest such hour as soon as everybody who works on the clock waits, so pauses
 * of concurrent work overlap and a run's elapsed time is its critical path.
 *
 * <p>Who works on the clock: tasks given to {@link #executor()}, from the moment they are submitted, and any thread
 * while it pauses, and a thread that gave the executor a task, while it runs: it may be about to give it another. A thread
 * that waits for another's result says so by {@link #await}, which the library does; waiting for a lock of someone
 * else's is noticed too.
 */
public final class FakeClock implements TimeSource {

    /** How often, in real time, the earliest sleeper checks that the busy ones are not stuck elsewhere. */
    private static final long STUCK_CHECK_NANOS = Duration.ofMillis(5).toNanos();

    /** In how many checks on end they must seem stuck: on a busy machine a thread may wait long for a processor. */
    private static final int STUCK_CHECKS = 120;

    /** How many such checks are made for tasks that are about to end: five seconds in all. */
    private static final int LEAVING_CHECKS = 1_000;

    private static final AtomicInteger THREADS = new AtomicInteger();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taskLeft = lock.newCondition();
    private final PriorityQueue<Sleeper> sleepers =
            new PriorityQueue<>(Comparator.comparing((Sleeper s) -> s.wakeAt).thenComparingLong(s -> s.order));
    /** The threads of tasks that run. */
    private final Set<Thread> workers = new HashSet<>();
    /** Threads that are not workers and gave the executor a task. */
    private final Set<Thread> submitters = new HashSet<>();
    /** Those of either kind, and others, that pause or await. */
    private final Set<Thread> resting = new HashSet<>();

    /** By the threads that have sent them and wait, and by those that work in their place. */
    private final Map<Thread, Errand> errands = new HashMap<>();

    private Predicate<Thread> queues = thread -> false;
    private Instant now;
    private long order;
    /** Tasks submitted or running, less those that wait. The clock may jump at zero. */
    private int busy;
    /** Tasks whose thread has not begun, and waiters already woken whose thread has not resumed: surely not stuck. */
    private int onTheirWay;
    /** Threads in {@link #awaitRunningTasks}; they count as on their way. */
    private int awaitingTasks;

    /**
     * A clock.
     *
     * @param start the time at which it stands
     */
    public FakeClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant now() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Moves the clock forward, waking on the way whoever waits for an hour that is passed.
     *
     * @param duration how far; must not be negative
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration is " + duration + ": the clock only runs forward");
        }
        lock.lock();
        try {
            now = now.plus(duration);
            wakeDue();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until no task runs. The thread that has completed a result still has to leave, and somebody who has the result
     * cannot know when it has. Does not wait for tasks that pause, await something, or are stuck elsewhere; those that run on
     * are given up after five seconds of real time.
     */
    void awaitRunningTasks() {
        lock.lock();
        // This thread is about to go on: until then time stands still.
        awaitingTasks++;
        onTheirWay++;
        try {
            int checks = 0;
            int stuck = 0;
            while (someTaskRuns() && stuck < STUCK_CHECKS && checks < LEAVING_CHECKS) {
                if (taskLeft.awaitNanos(STUCK_CHECK_NANOS) <= 0) {
                    checks++;
                    stuck = workers.stream().noneMatch(this::runs) ? stuck + 1 : 0;
                }
            }
        } catch (InterruptedException e) {
            // Who sets the clock next is refused if tasks still run.
            Thread.currentThread().interrupt();
        } finally {
            awaitingTasks--;
            onTheirWay--;
            lock.unlock();
        }
    }

    private boolean someTaskRuns() {
        boolean someHaveNotBegun = onTheirWay > awaitingTasks;
        return !isWorker() && (someHaveNotBegun || !resting.containsAll(workers));
    }

    /**
     * Sets the clock, even to an earlier time.
     *
     * @throws IllegalStateException if somebody works or waits on it, which would then go on in another time
     */
    void reset(Instant time) {
        lock.lock();
        try {
            Set<String> others = new TreeSet<>();
            workers.forEach(thread -> others.add(thread.getName()));
            resting.forEach(thread -> others.add(thread.getName()));
            sleepers.forEach(sleeper -> others.add(sleeper.thread.getName()));
            if (!others.isEmpty() || onTheirWay > awaitingTasks) {
                throw new IllegalStateException("the clock cannot be set back while threads work or wait on it: "
                        + others + "; let them end first");
            }
            now = time;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        stopIfInterrupted();
        if (duration.isNegative() || duration.isZero()) {
            return;
        }
        lock.lock();
        try {
            sleep(new Sleeper(Thread.currentThread(), now.plus(duration), order++, isWorker(), errand()));
        } finally {
            lock.unlock();
        }
    }

    private void sleep(Sleeper me) throws InterruptedException {
        sleepers.add(me);
        rests(me);
        if (me.worker) {
            busy--;
        }
        jumpIfIdle();
        try {
            awaitWaking(me);
        } finally {
            if (me.woken) {
                onTheirWay--;
            } else {
                leave(me);
            }
            // Whoever woke may have found nobody idle because of this thread.
            watchNext();
        }
    }

    private void leave(Sleeper me) {
        sleepers.remove(me);
        restsNoMore(me);
        if (me.worker) {
            busy++;
        }
    }

    /** Who works in another's place rests in the other's place too. */
    private void rests(Sleeper me) {
        resting.add(me.thread);
        if (me.errand != null) {
            me.errand.chain().forEach(errand -> resting.add(errand.sender));
        }
    }

    private void restsNoMore(Sleeper me) {
        resting.remove(me.thread);
        if (me.errand != null) {
            me.errand.chain().forEach(errand -> resting.remove(errand.sender));
        }
    }

    /** Waits to be woken; the earliest sleeper also looks whether those who seem busy are stuck. */
    private void awaitWaking(Sleeper me) throws InterruptedException {
        int stuck = 0;
        while (!me.woken && !me.calledOff) {
            boolean watches = sleepers.peek() == me;
            me.nudged = false;
            rest(watches ? STUCK_CHECK_NANOS : Long.MAX_VALUE);
            if (me.woken || me.calledOff) {
                return;
            }
            stopIfInterrupted();
            if (watches && !me.nudged) {
                stuck = isStuck() ? stuck + 1 : 0;
                if (isIdle() || stuck >= STUCK_CHECKS) {
                    submitters.removeIf(thread -> !resting.contains(thread));
                    jump();
                }
            }
        }
    }

    /**
     * Waits, without the lock, to be unparked or interrupted. The thread keeps its flag until it holds the lock again, so
     * that the clock never takes for asleep who has been told to stop.
     */
    private void rest(long nanos) {
        lock.unlock();
        try {
            LockSupport.parkNanos(this, nanos);
        } finally {
            lock.lock();
        }
    }

    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted on the fake's clock");
        }
    }

    private void watchNext() {
        Sleeper next = sleepers.peek();
        if (next != null) {
            next.nudged = true;
            LockSupport.unpark(next.thread);
        }
    }

    @Override
    public <T> T await(CompletableFuture<T> result) throws InterruptedException, ExecutionException {
        if (result.isDone()) {
            return result.get();
        }
        // Whoever completes the result makes the waiter busy again in the same breath: the clock cannot slip past. So
        // the result must know of the waiter before the clock believes that it waits.
        Waiter waiter = new Waiter(Thread.currentThread());
        CompletableFuture<?> unused = result.handle((value, error) -> completed(waiter));
        lock.lock();
        try {
            wait(waiter);
        } finally {
            lock.unlock();
        }
        return result.get();
    }

    private void wait(Waiter waiter) throws InterruptedException {
        if (waiter.completed) {
            return;
        }
        stopIfInterrupted();
        waiter.waits = true;
        waiter.worker = isWorker();
        resting.add(waiter.thread);
        if (waiter.worker) {
            busy--;
        }
        jumpIfIdle();
        try {
            while (!waiter.completed) {
                rest(Long.MAX_VALUE);
                if (!waiter.completed) {
                    stopIfInterrupted();
                }
            }
        } finally {
            resumed(waiter);
        }
    }

    private Waiter completed(Waiter waiter) {
        lock.lock();
        try {
            waiter.completed = true;
            if (waiter.waits) {
                resting.remove(waiter.thread);
                busy++;
                onTheirWay++;
                LockSupport.unpark(waiter.thread);
            }
        } finally {
            lock.unlock();
        }
        return waiter;
    }

    private void resumed(Waiter waiter) {
        waiter.waits = false;
        resting.remove(waiter.thread);
        if (waiter.completed) {
            onTheirWay--;
        }
        // Of threads that wait, the completion counted all as busy; of those that run, only workers are counted.
        if (waiter.completed && !waiter.worker) {
            busy--;
        } else if (!waiter.completed && waiter.worker) {
            busy++;
        }
        watchNext();
    }

    /**
     * An executor whose tasks work on this clock: each task has a thread of its own and counts as busy from its
     * submission to its end, but for its pauses.
     *
     * @return the executor
     */
    public Executor executor() {
        return task -> {
            submitted(1);
            registerSubmitter();
            Thread thread = new Thread(() -> work(task), "fake-clock-" + THREADS.incrementAndGet());
            thread.setDaemon(true);
            try {
                thread.start();
            } catch (RuntimeException | Error e) {
                submitted(-1);
                throw e;
            }
        };
    }

    /** The alarm waits like a sleeper from this moment on, and works on the clock when its time has come. */
    @Override
    public Runnable at(Instant when, Runnable task) {
        registerSubmitter();
        lock.lock();
        try {
            Thread[] self = new Thread[1];
            Sleeper[] alarm = new Sleeper[1];
            self[0] = new Thread(() -> ring(alarm[0], task), "fake-clock-" + THREADS.incrementAndGet());
            self[0].setDaemon(true);
            alarm[0] = new Sleeper(self[0], when, order++, true, null);
            sleepers.add(alarm[0]);
            self[0].start();
            wakeDue();
            return () -> callOff(alarm[0]);
        } finally {
            lock.unlock();
        }
    }

    private void callOff(Sleeper alarm) {
        lock.lock();
        try {
            if (sleepers.remove(alarm)) {
                alarm.calledOff = true;
                LockSupport.unpark(alarm.thread);
                watchNext();
            }
        } finally {
            lock.unlock();
        }
    }

    private void ring(Sleeper alarm, Runnable task) {
        lock.lock();
        try {
            awaitWaking(alarm);
            if (alarm.calledOff) {
                return;
            }
            onTheirWay--;
            workers.add(Thread.currentThread());
            watchNext();
        } catch (InterruptedException e) {
            // Nobody has this thread to interrupt it.
            throw new IllegalStateException(e);
        } finally {
            lock.unlock();
        }
        finish(task);
    }

    private void registerSubmitter() {
        lock.lock();
        try {
            submitters.removeIf(thread -> !thread.isAlive());
            if (!isWorker()) {
                submitters.add(Thread.currentThread());
            }
        } finally {
            lock.unlock();
        }
    }

    private void submitted(int by) {
        lock.lock();
        try {
            onTheirWay += by;
            busy += by;
        } finally {
            lock.unlock();
        }
    }

    private void work(Runnable task) {
        lock.lock();
        try {
            onTheirWay--;
            workers.add(Thread.currentThread());
        } finally {
            lock.unlock();
        }
        finish(task);
    }

    private void finish(Runnable task) {
        try {
            task.run();
        } finally {
            lock.lock();
            try {
                workers.remove(Thread.currentThread());
                taskLeft.signalAll();
                busy--;
                jumpIfIdle();
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean isWorker() {
        Errand errand = errands.get(Thread.currentThread());
        return workers.contains(errand == null ? Thread.currentThread() : errand.first().sender);
    }

    /** The errand on which this thread is; of no more use if its sender has given up. */
    private @Nullable Errand errand() throws InterruptedException {
        Errand errand = errands.get(Thread.currentThread());
        if (errand != null && errand.chain().anyMatch(e -> e.isOver)) {
            throw new InterruptedException("nobody waits for this any more");
        }
        return errand;
    }

    /** What this clock does about requests that threads who work on it send over sockets. */
    Errands.Proxies proxies() {
        return new Errands.Proxies() {
            @Override
            public Runnable depart() {
                Thread sender = Thread.currentThread();
                lock.lock();
                try {
                    Errand errand = new Errand(sender, errands.get(sender));
                    errands.put(sender, errand);
                    return () -> locked(() -> begin(errand));
                } finally {
                    lock.unlock();
                }
            }

            @Override
            public boolean await(CompletableFuture<?> answer) {
                Thread sender = Thread.currentThread();
                CompletableFuture<?> unused = answer.whenComplete((value, error) -> LockSupport.unpark(sender));
                return awaitAnswer(answer);
            }

            @Override
            public void arrive() {
                locked(FakeClock.this::arrived);
            }

            @Override
            public void done() {
                locked(() -> errands.remove(Thread.currentThread()));
            }
        };
    }

    /** Like {@link #wait}, but the thread works all the while, or rests with who works in its place. */
    private boolean awaitAnswer(CompletableFuture<?> answer) {
        lock.lock();
        try {
            while (!answer.isDone()) {
                if (Thread.interrupted()) {
                    recall(errands.get(Thread.currentThread()));
                    return false;
                }
                rest(Long.MAX_VALUE);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** One thread at a time: where the request has been sent again, nobody waits for the answer to the first one. */
    private void begin(Errand errand) {
        stopSleepersOn(errand);
        errands.put(Thread.currentThread(), errand);
    }

    /** This thread works by itself again, or goes on in the place of whoever sent it. */
    private void arrived() {
        Thread sender = Thread.currentThread();
        Errand errand = errands.remove(sender);
        recall(errand);
        if (errand != null && errand.within != null) {
            errands.put(sender, errand.within);
        }
    }

    /** Its sender works by itself again; who still pauses in its place stops. */
    private void recall(@Nullable Errand errand) {
        if (errand == null) {
            return;
        }
        errand.isOver = true;
        stopSleepersOn(errand);
    }

    private void stopSleepersOn(Errand errand) {
        for (Sleeper sleeper : List.copyOf(sleepers)) {
            if (sleeper.errand != null && sleeper.errand.chain().anyMatch(e -> e == errand)) {
                restsNoMore(sleeper);
                resting.add(sleeper.thread);
                if (sleeper.worker) {
                    busy++;
                }
                sleeper.worker = false;
                sleeper.errand = null;
                sleeper.thread.interrupt();
            }
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    private void jumpIfIdle() {
        if (isIdle()) {
            jump();
        }
    }

    private boolean isIdle() {
        return busy == 0
                && onTheirWay == 0
                && resting.containsAll(submitters)
                && resting.stream().noneMatch(this::mayBeLeaving);
    }

    /** Has been told to stop, or comes to look: while it queues for the lock its flag is kept elsewhere. */
    private boolean mayBeLeaving(Thread rests) {
        return rests.isInterrupted() || lock.hasQueuedThread(rests);
    }

    private void jump() {
        Sleeper next = sleepers.peek();
        if (next != null) {
            if (next.wakeAt.isAfter(now)) {
                now = next.wakeAt;
            }
            wakeDue();
        }
    }

    private void wakeDue() {
        while (!sleepers.isEmpty() && !sleepers.peek().wakeAt.isAfter(now)) {
            Sleeper due = sleepers.remove();
            due.woken = true;
            restsNoMore(due);
            onTheirWay++;
            if (due.worker) {
                busy++;
            }
            LockSupport.unpark(due.thread);
        }
        watchNext();
    }

    /** Whether everybody who seems busy waits for a lock or a result that this clock was not told of. */
    private boolean isStuck() {
        return onTheirWay == 0
                && workers.stream().noneMatch(this::runs)
                && submitters.stream().noneMatch(this::runs);
    }

    /** A thread that waits for this clock's own lock is as good as running. */
    private boolean runs(Thread thread) {
        return !resting.contains(thread)
                && (errands.containsKey(thread)
                        || thread.getState() == Thread.State.RUNNABLE
                        || thread.getState() == Thread.State.NEW
                        || lock.hasQueuedThread(thread)
                        || queues.test(thread));
    }

    /**
     * Tells of threads that queue for a lock that nobody holds for long. However slowly the machine lets the next one in,
     * they are not stuck.
     */
    void queuesAt(Predicate<Thread> waiting) {
        lock.lock();
        try {
            queues = waiting;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "FakeClock at " + now();
    }

    private static final class Waiter {
        final Thread thread;
        boolean worker;
        boolean waits;
        boolean completed;

        Waiter(Thread thread) {
            this.thread = thread;
        }
    }

    private static final class Sleeper {
        final Thread thread;
        final Instant wakeAt;
        final long order;
        boolean worker;
        /** On which this thread pauses in another's place; else null. */
        @Nullable
        Errand errand;

        boolean woken;
        boolean calledOff;
        /** Is to look again who is the earliest: its time of watching begins anew. */
        boolean nudged;

        Sleeper(Thread thread, Instant wakeAt, long order, boolean worker, @Nullable Errand errand) {
            this.thread = thread;
            this.wakeAt = wakeAt;
            this.order = order;
            this.worker = worker;
            this.errand = errand;
        }
    }

    /** A request over a socket: one thread waits for its answer, another works on it. */
    private static final class Errand {
        final Thread sender;
        /** That on which the sender itself is, such as one whose listener sends another; null if it works for itself. */
        final @Nullable Errand within;

        boolean isOver;

        Errand(Thread sender, @Nullable Errand within) {
            this.sender = sender;
            this.within = within;
        }

        /** This one, and those within which it is. */
        Stream<Errand> chain() {
            return Stream.iterate(this, Objects::nonNull, errand -> errand.within);
        }

        Errand first() {
            return within == null ? this : within.first();
        }
    }
}

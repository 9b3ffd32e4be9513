package io.xtcmk.core.convergence;

import io.xtcmk.TimeSource;
import io.xtcmk.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads of which one runs at a time. At every request, pause and wait the running one stops, and a seed decides which goes
 * on: so a seed is an interleaving, and the same seed is the same one again. Time passes when nobody can go on, and now and
 * then before: a thread whose request takes long is overtaken by one that was only waiting.
 */
final class Interleaver implements TimeSource {
    private static final ExecutorService POOL = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "interleaved");
        thread.setDaemon(true);
        return thread;
    });
    /** One in so many times, the first sleeper goes on before its time, which then has come. */
    private static final int OVERTAKES = 6;

    private final FakeClock clock;
    private final Random random;
    private final Runnable pausing;
    private final List<Actor> actors = new ArrayList<>();
    private final Semaphore end = new Semaphore(0);
    private @Nullable Actor running;
    private @Nullable AssertionError deadlock;

    Interleaver(FakeClock clock, long seed) {
        this(clock, seed, () -> {});
    }

    /** One that tells when somebody is about to pause. */
    Interleaver(FakeClock clock, long seed, Runnable pausing) {
        this.clock = clock;
        this.pausing = pausing;
        this.random = new Random(seed);
    }

    /** A thread, and what it waits for. */
    private static final class Actor {
        private volatile boolean turn;
        private volatile @Nullable Thread thread;
        /** Whether it could go on; if not, it waits for {@link #wakeAt} or for good. */
        BooleanSupplier ready = () -> true;

        @Nullable
        Instant wakeAt;

        void go() {
            turn = true;
            LockSupport.unpark(thread);
        }

        /** Waits without touching the interruption, by which all see that it has been interrupted. */
        void awaitTurn() {
            thread = Thread.currentThread();
            while (!turn) {
                if (isInterrupted()) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            turn = false;
        }

        boolean canGoOn(Instant now) {
            return ready.getAsBoolean() || (wakeAt != null && !wakeAt.isAfter(now)) || isInterrupted();
        }

        boolean isInterrupted() {
            Thread mine = thread;
            return mine != null && mine.isInterrupted();
        }
    }

    /** Adds a thread, which begins when its turn comes. */
    void execute(Runnable task) {
        begin(new Actor(), task);
    }

    @Override
    public Runnable at(Instant when, Runnable task) {
        AtomicBoolean calledOff = new AtomicBoolean();
        Actor alarm = new Actor();
        alarm.ready = calledOff::get;
        alarm.wakeAt = when;
        begin(alarm, () -> {
            if (!calledOff.get()) {
                task.run();
            }
        });
        return () -> calledOff.set(true);
    }

    private void begin(Actor actor, Runnable task) {
        actors.add(actor);
        POOL.execute(() -> {
            Thread.interrupted();
            actor.awaitTurn();
            try {
                task.run();
            } finally {
                // What was meant for this task must not reach the pool's next.
                Thread.interrupted();
                actors.remove(actor);
                passOn();
            }
        });
    }

    /** Lets all threads run to their ends; those that they add, too. */
    void run() {
        passOn();
        end.acquireUninterruptibly();
        if (deadlock != null) {
            throw deadlock;
        }
    }

    /** A point at which another thread may go on. */
    void step() {
        await(() -> true, null);
    }

    /** The same for a transport, which gives up when its thread is told to stop. */
    void stepOrThrow() {
        step();
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("interrupted", new InterruptedException());
        }
    }

    private void await(BooleanSupplier ready, @Nullable Instant wakeAt) {
        Actor me = running;
        if (me == null) {
            throw new IllegalStateException("not one of the interleaved threads");
        }
        me.ready = ready;
        me.wakeAt = wakeAt;
        passOn();
        me.awaitTurn();
    }

    /** Lets one of those go on that can; lets time pass until one can. */
    private void passOn() {
        if (actors.isEmpty()) {
            end.release();
            return;
        }
        List<Actor> ready = ready();
        Actor sleeper = firstSleeper();
        if (ready.isEmpty() && sleeper == null) {
            deadlock = new AssertionError(actors.size() + " threads wait for each other");
            end.release();
            return;
        }
        boolean told = !ready.isEmpty() && ready.get(0).isInterrupted();
        boolean overtakes = sleeper != null && !told && (ready.isEmpty() || random.nextInt(OVERTAKES) == 0);
        Actor next = overtakes ? wake(sleeper) : ready.get(random.nextInt(ready.size()));
        next.ready = () -> true;
        next.wakeAt = null;
        running = next;
        next.go();
    }

    /** Who can go on; who has been interrupted notices it before anything else happens. */
    private List<Actor> ready() {
        List<Actor> told = actors.stream().filter(Actor::isInterrupted).toList();
        return told.isEmpty()
                ? actors.stream().filter(a -> a.canGoOn(clock.now())).toList()
                : told;
    }

    private @Nullable Actor firstSleeper() {
        Actor first = null;
        for (Actor actor : actors) {
            Instant at = actor.wakeAt;
            if (at != null && !actor.canGoOn(clock.now()) && (first == null || at.isBefore(first.wakeAt))) {
                first = actor;
            }
        }
        return first;
    }

    private Actor wake(Actor sleeper) {
        clock.advance(Duration.between(clock.now(), sleeper.wakeAt));
        return sleeper;
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        pausing.run();
        if (!duration.isNegative()
                && !duration.isZero()
                && !Thread.currentThread().isInterrupted()) {
            await(() -> false, clock.now().plus(duration));
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted in a pause of " + duration);
        }
    }

    @Override
    public <T> T await(CompletableFuture<T> result) throws InterruptedException, ExecutionException {
        while (!result.isDone() && !Thread.currentThread().isInterrupted()) {
            await(result::isDone, null);
        }
        return result.get();
    }
}

package io.xtcmk.testing.http;

import io.xtcmk.testing.RecordedCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The latest calls, in the order in which they were answered. */
final class Journal {
    /** A test that makes more calls than this by accident should not run out of memory. */
    private static final int CAPACITY = 10_000;

    private final Deque<RecordedCall> calls = new ArrayDeque<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> notices = new ConcurrentLinkedQueue<>();
    private final ReentrantLock notifying = new ReentrantLock();

    /** Not a record: the same listener may subscribe twice, and each subscription ends by itself. */
    private static final class Subscription {
        final Consumer<RecordedCall> listener;

        Subscription(Consumer<RecordedCall> listener) {
            this.listener = listener;
        }
    }

    /** Adds a call. Its caller holds the world's lock, so that the order is that of the answers. */
    synchronized void add(RecordedCall call) {
        if (calls.size() == CAPACITY) {
            calls.removeFirst();
        }
        calls.addLast(call);
        for (Subscription subscription : subscriptions) {
            notices.add(() -> notify(subscription, call));
        }
    }

    private void notify(Subscription subscription, RecordedCall call) {
        if (subscriptions.contains(subscription)) {
            subscription.listener.accept(call);
        }
    }

    /**
     * Has listeners hear of the calls added so far, unless another thread is doing that: it takes these along, and this one
     * does not wait for it. A listener may itself call the fake, by whatever thread, and wait for the answer; it hears of
     * that call after it has returned. For the same reason the world's lock is not held here.
     */
    void notifyListeners() {
        // Whoever adds a notice while the lock is being given up finds it taken: so look again after that.
        while (!notices.isEmpty() && !notifying.isHeldByCurrentThread() && notifying.tryLock()) {
            try {
                for (Runnable notice = notices.poll(); notice != null; notice = notices.poll()) {
                    notice.run();
                }
            } finally {
                notifying.unlock();
            }
        }
    }

    Runnable subscribe(Consumer<RecordedCall> listener) {
        Subscription subscription = new Subscription(listener);
        subscriptions.add(subscription);
        return () -> subscriptions.remove(subscription);
    }

    synchronized List<RecordedCall> calls() {
        return List.copyOf(calls);
    }

    synchronized void clear() {
        calls.clear();
    }
}

package io.xtcmk.testing.http;

import io.xtcmk.testing.RecordedCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The calls made, the latest of them: bounded, with a count of what was dropped. */
public final class Journal {
    private static final int CAPACITY = 10_000;

    private final Deque<RecordedCall> calls = new ArrayDeque<>();
    private final List<Consumer<RecordedCall>> listeners = new CopyOnWriteArrayList<>();
    private long dropped;

    /** Has every further call told to a listener, one at a time. */
    public void tell(Consumer<RecordedCall> listener) {
        listeners.add(listener);
    }

    /** Tells a listener no more. */
    public void forget(Consumer<RecordedCall> listener) {
        listeners.remove(listener);
    }

    public synchronized void add(RecordedCall call) {
        if (calls.size() == CAPACITY) {
            calls.removeFirst();
            dropped++;
        }
        calls.addLast(call);
        listeners.forEach(listener -> listener.accept(call));
    }

    public synchronized List<RecordedCall> calls() {
        return List.copyOf(calls);
    }

    public synchronized long dropped() {
        return dropped;
    }

    public synchronized void clear() {
        calls.clear();
        dropped = 0;
    }
}

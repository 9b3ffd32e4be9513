package io.xtcmk.testing.http;

import io.xtcmk.testing.RecordedCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The calls made, the latest of them: bounded, with a count of what was dropped. */
public final class Journal {
    private static final int CAPACITY = 10_000;

    private final Deque<RecordedCall> calls = new ArrayDeque<>();
    private long dropped;

    public synchronized void add(RecordedCall call) {
        if (calls.size() == CAPACITY) {
            calls.removeFirst();
            dropped++;
        }
        calls.addLast(call);
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

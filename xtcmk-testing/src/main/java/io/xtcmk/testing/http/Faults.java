package io.xtcmk.testing.http;

import io.xtcmk.testing.Fault;
import io.xtcmk.testing.InjectedFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The faults that tests have injected, and how often each has struck. */
final class Faults {
    private final List<Entry> entries = new ArrayList<>();

    /** Adds a fault; {@code route} is the one that it is bound to, or null. */
    synchronized InjectedFault add(Fault fault, @Nullable Route route) {
        Entry entry = new Entry(fault, route);
        entries.add(entry);
        return entry;
    }

    /** Those that have not struck as often as they should. */
    synchronized List<InjectedFault> pending() {
        return List.copyOf(entries);
    }

    synchronized void clear() {
        entries.clear();
    }

    /** What strikes a call of this route, if anything; counts the call. */
    synchronized Optional<Fault.Effect> strike(Route route) {
        for (Entry entry : List.copyOf(entries)) {
            if ((entry.route == null || entry.route.equals(route)) && ++entry.calls > entry.fault.afterCalls()) {
                entry.strikes++;
                if (entry.strikes == entry.fault.times()) {
                    entries.remove(entry);
                }
                return Optional.of(entry.fault.effect());
            }
        }
        return Optional.empty();
    }

    private final class Entry implements InjectedFault {
        private final Fault fault;
        private final @Nullable Route route;
        private int calls;
        private int strikes;

        Entry(Fault fault, @Nullable Route route) {
            this.fault = fault;
            this.route = route;
        }

        @Override
        public Fault fault() {
            return fault;
        }

        @Override
        public int strikes() {
            synchronized (Faults.this) {
                return strikes;
            }
        }

        @Override
        public void remove() {
            synchronized (Faults.this) {
                entries.remove(this);
            }
        }

        @Override
        public String toString() {
            return fault + ", struck " + strikes() + " times";
        }
    }
}

package io.xtcmk.testing.http;

import io.xtcmk.testing.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Long-running operations. What an operation does is done when its time has come, by whoever looks first: a poll, or
 * any other request that arrives later ({@link #settle}).
 */
public final class Operations {
    private final World world;
    private boolean settling;

    public Operations(World world) {
        this.world = world;
    }

    /**
     * Begins an operation.
     *
     * @param name its name, for the first answer's {@code operation} where the service has that
     * @param duration how long it takes
     * @param work what happens at its end: gives the final answer's body (or null), or throws its failure
     * @return the operation
     */
    public Operation begin(String name, Duration duration, Supplier<@Nullable Object> work) {
        return begin(world.ids().uuid().toString(), name, duration, work);
    }

    /** The same, of an id of its own. */
    public Operation begin(String id, String name, Duration duration, Supplier<@Nullable Object> work) {
        Operation operation = new Operation(id, name, world.now(), world.after(duration), work, null, null);
        world.table(Operation.class).put(operation.id(), operation);
        settle();
        return world.table(Operation.class).find(operation.id()).orElseThrow();
    }

    /**
     * Ends every operation whose time has come, in the order of their ends. The dispatcher's services call it before they answer; so do those that an
     * operation's own work asks for something, which must not begin it again.
     */
    public void settle() {
        if (settling) {
            return;
        }
        settling = true;
        try {
            for (Operation due = firstDue(); due != null; due = firstDue()) {
                Operation ending = due;
                world.table(Operation.class).put(due.id(), world.asOf(due.endsAt(), () -> end(ending)));
            }
        } finally {
            settling = false;
        }
    }

    private @Nullable Operation firstDue() {
        Instant now = world.now();
        return world
                .table(Operation.class)
                .where(o -> o.work() != null && !o.endsAt().isAfter(now))
                .stream()
                .min(Comparator.comparing(Operation::endsAt))
                .orElse(null);
    }

    private static Operation end(Operation operation) {
        try {
            Object result = operation.work() == null ? null : operation.work().get();
            return new Operation(
                    operation.id(), operation.name(), operation.beganAt(), operation.endsAt(), null, result, null);
        } catch (AzureError failure) {
            return new Operation(
                    operation.id(), operation.name(), operation.beganAt(), operation.endsAt(), null, null, failure);
        }
    }

    /** The operation of this id. */
    public Optional<Operation> find(String id) {
        settle();
        return world.table(Operation.class).find(id);
    }

    /**
     * A long-running operation.
     *
     * @param id its GUID
     * @param name what it does, as the service calls it
     * @param beganAt when it began
     * @param endsAt when it ends
     * @param work what is still to be done at its end; null once it is done
     * @param result the final body, or null
     * @param failure why it failed, or null
     */
    public record Operation(
            String id,
            String name,
            Instant beganAt,
            Instant endsAt,
            @Nullable Supplier<@Nullable Object> work,
            @Nullable Object result,
            @Nullable AzureError failure) {

        public boolean isRunning() {
            return work != null;
        }
    }
}

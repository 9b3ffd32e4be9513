package io.xtcmk.core.engine;

import io.xtcmk.model.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a step's resource stands, as a look found it.
 *
 * @param value the resource; null where it is not there, or where nobody may know before an earlier step is done
 * @param differences what is otherwise than asked and may be changed
 * @param conflicts what is otherwise than asked and is not ours to change
 * @param <T> the step's result
 */
public record State<T>(@Nullable T value, List<Difference> differences, List<Difference> conflicts) {

    /** It is not there. */
    public static <T> State<T> absent() {
        return new State<>(null, List.of(), List.of());
    }

    /** It is not there, and not ours to make. */
    public static <T> State<T> missing(String property) {
        return new State<>(null, List.of(), List.of(new Difference(property, "to be there", "not there")));
    }

    /** It was deleted, and can be brought back. */
    public static <T> State<T> deleted(String when) {
        return new State<>(null, List.of(new Difference("deleted", "recovered", when)), List.of());
    }

    /** It is there, as asked. */
    public static <T> State<T> agrees(T value) {
        return new State<>(value, List.of(), List.of());
    }

    /** It is there; the differences, if any, may be changed. */
    public static <T> State<T> differs(T value, List<Difference> differences) {
        return new State<>(value, List.copyOf(differences), List.of());
    }

    /** It is there; the conflicts, if any, forbid to go on. */
    public static <T> State<T> conflicts(T value, List<Difference> conflicts) {
        return new State<>(value, List.of(), List.copyOf(conflicts));
    }

    /** It is there; the conflicts, if any, forbid to go on. */
    public static <T> State<T> differs(T value, List<Difference> differences, List<Difference> conflicts) {
        return new State<>(value, List.copyOf(differences), List.copyOf(conflicts));
    }

    /** All that is otherwise than asked, conflicts first. */
    public List<Difference> all() {
        List<Difference> all = new ArrayList<>(conflicts);
        all.addAll(differences);
        return all;
    }

    public Optional<T> found() {
        return Optional.ofNullable(value);
    }

    public boolean isAbsent() {
        return value == null;
    }

    public boolean isDeleted() {
        return value == null && !differences.isEmpty();
    }

    public boolean isAsAsked() {
        return value != null && differences.isEmpty() && conflicts.isEmpty();
    }
}

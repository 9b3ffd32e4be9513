package io.xtcmk.core.engine;

import io.xtcmk.model.Difference;
import java.util.List;

/** Thrown by a step that does not find its resource as asked, in something that is not ours to change. */
public final class Conflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Difference> differences;
    private final String fix;
    private final boolean missing;

    /**
     * A conflict.
     *
     * @param differences expected against actual
     * @param fix what to do about it, as a sentence
     */
    public Conflict(List<Difference> differences, String fix) {
        this(differences, fix, false);
    }

    private Conflict(List<Difference> differences, String fix, boolean missing) {
        super(String.join("; ", differences.stream().map(Difference::toString).toList()), null, false, false);
        this.differences = List.copyOf(differences);
        this.fix = fix;
        this.missing = missing;
    }

    /**
     * The resource is not there, and not ours to make.
     *
     * @param name what is missing
     * @param fix what to do about it, as a sentence
     */
    public static Conflict missing(String name, String fix) {
        return new Conflict(State.missing(name).conflicts(), fix, true);
    }

    public boolean isMissing() {
        return missing;
    }

    public List<Difference> differences() {
        return differences;
    }

    public String fix() {
        return fix;
    }
}

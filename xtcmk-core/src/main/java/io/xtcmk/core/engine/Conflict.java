package io.xtcmk.core.engine;

import io.xtcmk.model.Difference;
import java.util.List;

/** Thrown by a step that finds its resource otherwise than asked, in something that is not ours to change. */
public final class Conflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Difference> differences;
    private final String fix;

    /**
     * A conflict.
     *
     * @param differences expected against actual
     * @param fix what to do about it, as a sentence
     */
    public Conflict(List<Difference> differences, String fix) {
        super(String.join("; ", differences.stream().map(Difference::toString).toList()), null, false, false);
        this.differences = List.copyOf(differences);
        this.fix = fix;
    }

    public List<Difference> differences() {
        return differences;
    }

    public String fix() {
        return fix;
    }
}

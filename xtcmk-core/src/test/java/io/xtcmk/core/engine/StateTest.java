package io.xtcmk.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.model.Difference;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How things can stand. */
class StateTest {
    private static final Difference MAY_CHANGE = new Difference("sku", "a", "b");
    private static final Difference FORBIDS = new Difference("region", "here", "there");

    @Test
    void absent_isNotThere() {
        State<String> state = State.absent();

        assertThat(state.isAbsent()).isTrue();
        assertThat(state.isAsAsked()).isFalse();
        assertThat(state.found()).isEmpty();
        assertThat(state.all()).isEmpty();
    }

    @Test
    void missing_isNotThere_andThatForbidsToGoOn() {
        State<String> state = State.missing("vault");

        assertThat(state.isAbsent()).isTrue();
        assertThat(state.conflicts()).containsExactly(new Difference("vault", "to be there", "not there"));
    }

    @Test
    void agreeing_isAsAsked() {
        assertThat(State.agrees("it").isAsAsked()).isTrue();
        assertThat(State.agrees("it").isAbsent()).isFalse();
        assertThat(State.agrees("it").found()).contains("it");
    }

    @Test
    void noDifferences_areAsAsked() {
        assertThat(State.differs("it", List.of()).isAsAsked()).isTrue();
        assertThat(State.conflicts("it", List.of()).isAsAsked()).isTrue();
    }

    @Test
    void anyDifference_isNotAsAsked() {
        assertThat(State.differs("it", List.of(MAY_CHANGE)).isAsAsked()).isFalse();
        assertThat(State.conflicts("it", List.of(FORBIDS)).isAsAsked()).isFalse();
    }

    @Test
    void conflicts_areToldFirst() {
        State<String> state = State.differs("it", List.of(MAY_CHANGE), List.of(FORBIDS));

        assertThat(state.all()).containsExactly(FORBIDS, MAY_CHANGE);
        assertThat(state.differences()).containsExactly(MAY_CHANGE);
        assertThat(state.conflicts()).containsExactly(FORBIDS);
    }
}

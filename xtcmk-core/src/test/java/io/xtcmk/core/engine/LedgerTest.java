package io.xtcmk.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xtcmk.model.StepOutcome.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run knows of a step after each way in which a try can end. */
class LedgerTest {
    private final Ledger ledger = new Ledger();
    private final Named step = new Named("step");
    private final Named other = new Named("other");

    private record Named(String name) implements TestStep {}

    private static AzureFailure failure(int status) {
        return new AzureFailure(status, "Code", "why", null, null, null);
    }

    @Test
    void stepThatIsNotDone_hasNoValue() {
        assertThat(ledger.isDone(step)).isFalse();
        assertThat(ledger.isFresh(step)).isFalse();
        assertThat(ledger.isNew(step)).isFalse();
        assertThat(ledger.find(step)).isEmpty();
        assertThatThrownBy(() -> ledger.value(step))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("step is not done");
    }

    @Test
    void stepThatIsDone_hasItsValue_andNoOtherHas() {
        ledger.add(step, Done.unchanged("value"));

        assertThat(ledger.isDone(step)).isTrue();
        assertThat(ledger.value(step)).isEqualTo("value");
        assertThat(ledger.isDone(other)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatWasCreated_isFresh(Change change) {
        ledger.add(step, new Done<>("value", change));

        assertThat(ledger.isFresh(step)).isEqualTo(change == Change.CREATED);
        assertThat(ledger.isNew(step)).isEqualTo(change == Change.CREATED);
    }

    @Test
    void lostAnswer_leavesUncertain_andWhatIsFoundThenIsTakenForThatTrys() {
        ledger.making(step, Change.CREATED);
        ledger.failed(step, failure(504));

        assertThat(ledger.isUncertain(step)).isTrue();
        Done<String> told = ledger.told(step, Done.unchanged("found"));
        ledger.add(step, told);
        assertThat(told).isEqualTo(Done.created("found"));
        assertThat(ledger.isFresh(step)).isTrue();
        assertThat(ledger.isNew(step)).as("it may be another's after all").isFalse();
    }

    @Test
    void lostAnswerToAChange_isToldAsAChange() {
        ledger.making(step, Change.UPDATED);
        ledger.failed(step, failure(0));

        assertThat(ledger.told(step, Done.unchanged("found"))).isEqualTo(Done.updated("found"));
    }

    @Test
    void whatIsDoneAfterALostAnswer_isToldAsItIs() {
        ledger.making(step, Change.CREATED);
        ledger.failed(step, failure(500));

        assertThat(ledger.told(step, Done.updated("mended"))).isEqualTo(Done.updated("mended"));
    }

    @Test
    void refusal_leavesNoDoubt() {
        ledger.making(step, Change.CREATED);
        ledger.failed(step, failure(409));

        assertThat(ledger.isUncertain(step)).isFalse();
        assertThat(ledger.told(step, Done.unchanged("found"))).isEqualTo(Done.unchanged("found"));
    }

    /** The first try was refused; that the second could not even look tells nothing of it. */
    @Test
    void lookThatFails_leavesNoDoubtAboutATryThatIsOver() {
        ledger.making(step, Change.CREATED);
        ledger.failed(step, failure(429));
        ledger.failed(step, failure(503));

        assertThat(ledger.isUncertain(step)).isFalse();
    }

    @Test
    void doubt_isOfOneStepOnly() {
        ledger.making(step, Change.CREATED);
        ledger.failed(step, failure(500));

        assertThat(ledger.isUncertain(other)).isFalse();
        assertThat(ledger.told(other, Done.unchanged("found"))).isEqualTo(Done.unchanged("found"));
    }
}

package io.xtcmk.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.xtcmk.model.Difference;
import io.xtcmk.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a step is tried again, after which pause, and when no longer. */
class PerseveranceTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final FakeClock clock = new FakeClock(START);
    private final Deque<AzureFailure> failures = new ArrayDeque<>();
    /** At which second each try was. */
    private final List<Long> tries = new ArrayList<>();

    /** What is found by each look; nothing, when there is no more. */
    private final Deque<State<String>> finds = new ArrayDeque<>();

    private int looks;
    private @Nullable Duration patience;
    private boolean races;
    private boolean certainlyAbsent;

    private final class Stumbling implements TestStep {
        @Override
        public String name() {
            return "stumbling";
        }

        @Override
        public State<String> look(Ledger ledger) {
            looks++;
            return finds.isEmpty() ? State.absent() : finds.remove();
        }

        @Override
        public boolean isCertainlyAbsent(Ledger ledger) {
            return certainlyAbsent;
        }

        @Override
        public Done<String> make(Ledger ledger, State<String> state) {
            tries.add(Duration.between(START, clock.now()).toSeconds());
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            return Done.created("made");
        }

        /** What is waited for is the failure's code. */
        @Override
        public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
            return failure.status() == 403
                    ? Optional.ofNullable(patience).map(p -> new Waiting(failure.code(), START.plus(p)))
                    : Optional.empty();
        }

        @Override
        public boolean isRace(AzureFailure failure) {
            return races && failure.status() == 409;
        }
    }

    private Done<String> ensure() {
        return new Perseverance<>(new Stumbling(), new Ledger(), new Retry(clock)).ensure();
    }

    private <E extends Throwable> E failed(Class<E> type) {
        return catchThrowableOfType(type, this::ensure);
    }

    private void failing(int times, int status, String code, @Nullable Duration retryAfter) {
        for (int i = 0; i < times; i++) {
            failures.add(new AzureFailure(status, code, "why", null, retryAfter, null));
        }
    }

    @Test
    void passingFailures_areFollowedByLongerPauses() {
        failing(5, 503, "Busy", null);

        assertThat(ensure()).isEqualTo(Done.created("made"));
        assertThat(tries).containsExactly(0L, 1L, 3L, 7L, 15L, 31L);
    }

    /** The answer was lost, but not the request: what is there now is this run's doing. */
    @Test
    void whatIsFoundAfterALostAnswer_isTakenForItsTrys() {
        finds.add(State.absent());
        finds.add(State.agrees("found"));
        failing(1, 504, "Lost", null);
        assertThat(ensure()).isEqualTo(Done.created("found"));

        finds.add(State.differs("other", List.of(new Difference("sku", "a", "b"))));
        finds.add(State.agrees("changed"));
        failing(1, 504, "Lost", null);
        assertThat(ensure()).isEqualTo(Done.updated("changed"));

        finds.add(State.absent());
        finds.add(State.agrees("another's"));
        failing(1, 429, "Refused", null);
        assertThat(ensure()).isEqualTo(Done.unchanged("another's"));
    }

    @Test
    void whatCannotBeThere_isNotLookedFor_unlessAnAnswerWasLost() {
        certainlyAbsent = true;
        assertThat(ensure()).isEqualTo(Done.created("made"));
        assertThat(looks).isZero();

        failing(1, 429, "Refused", null);
        assertThat(ensure()).isEqualTo(Done.created("made"));
        assertThat(looks).isZero();

        finds.add(State.agrees("found"));
        failing(1, 504, "Lost", null);
        assertThat(ensure()).isEqualTo(Done.created("found"));
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void sixthPassingFailure_isTheLast() {
        failing(6, 503, "Busy", null);

        assertThat(failed(AzureFailure.class).code()).isEqualTo("Busy");
        assertThat(tries).hasSize(6);
    }

    @Test
    void servicesOwnPause_isKept_upToFiveMinutes() {
        failing(1, 429, "Throttled", Duration.ofMinutes(5));
        assertThat(ensure().value()).isEqualTo("made");
        assertThat(tries).containsExactly(0L, 300L);

        failing(1, 429, "Throttled", Duration.ofMinutes(5).plusSeconds(1));
        assertThat(failed(AzureFailure.class).code()).isEqualTo("Throttled");
    }

    @Test
    void refusal_isNotRepeated() {
        failing(1, 400, "Bad", null);

        assertThat(failed(AzureFailure.class).code()).isEqualTo("Bad");
        assertThat(tries).containsExactly(0L);
    }

    @Test
    void raceThatIsLost_isRunAgainFiveTimes() {
        races = true;
        failing(5, 409, "Conflict", null);
        assertThat(ensure().value()).isEqualTo("made");
        assertThat(tries).containsExactly(0L, 1L, 3L, 7L, 15L, 31L);

        failing(6, 409, "Conflict", null);
        assertThat(failed(AzureFailure.class).code()).isEqualTo("Conflict");
    }

    @Test
    void notYet_isWaitedFor_withPausesOfHalfAMinuteAtMost() {
        patience = Duration.ofMinutes(10);
        failing(7, 403, "role", null);

        assertThat(ensure().value()).isEqualTo("made");
        assertThat(tries).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 61L, 91L);
    }

    @Test
    void patience_endsAtItsDeadlineAndNotBefore() {
        patience = Duration.ofSeconds(10);
        failing(99, 403, "role", null);

        Retry.NotYet notYet = failed(Retry.NotYet.class);
        assertThat(tries).containsExactly(0L, 1L, 3L, 7L, 10L);
        assertThat(notYet.what()).isEqualTo("role");
        assertThat(notYet.waited()).isEqualTo(Duration.ofSeconds(10));
        assertThat(notYet.probes()).isEqualTo(5);
        assertThat(notYet.last().code()).isEqualTo("role");
        assertThat(notYet).hasMessage("waited PT10S for role");
    }

    @Test
    void noPatience_isOneLook() {
        patience = Duration.ZERO;
        failing(1, 403, "role", null);

        assertThat(failed(Retry.NotYet.class).probes()).isEqualTo(1);
        assertThat(tries).containsExactly(0L);
    }

    @Test
    void servicesPauseWhileWaiting_makesOursLongerAndNeverShorter() {
        patience = Duration.ofMinutes(10);
        failing(1, 403, "role", Duration.ofSeconds(20));
        failing(2, 403, "role", Duration.ZERO);

        assertThat(ensure().value()).isEqualTo("made");
        assertThat(tries).containsExactly(0L, 20L, 22L, 26L);
    }

    /** What comes next was not visible before: patience, its pauses and its count begin afresh. */
    @Test
    void otherThingThatIsNotYet_isWaitedForAfresh() {
        patience = Duration.ofSeconds(20);
        failing(3, 403, "consent", null);
        failing(99, 403, "role", null);

        Retry.NotYet notYet = failed(Retry.NotYet.class);
        assertThat(tries).containsExactly(0L, 1L, 3L, 7L, 8L, 10L, 14L, 20L);
        assertThat(notYet.probes()).isEqualTo(5);
        assertThat(notYet.waited()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void interruption_isToldAsOne() {
        failing(1, 503, "Busy", null);
        Thread.currentThread().interrupt();

        assertThat(failed(Retry.Interrupted.class)).hasMessage("interrupted");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whoWantsToKnowSoon_triesThreeTimesWithinSeconds() {
        Retry brief = Retry.brief(clock);
        List<Long> asked = new ArrayList<>();

        AzureFailure failure = catchThrowableOfType(
                AzureFailure.class,
                () -> brief.call(() -> {
                    asked.add(Duration.between(START, clock.now()).toSeconds());
                    throw new AzureFailure(503, "Busy", "why", null, null, null);
                }));

        assertThat(failure.code()).isEqualTo("Busy");
        assertThat(asked).containsExactly(0L, 1L, 3L);
    }

    @Test
    void whoWantsToKnowSoon_doesNotWaitLongerThanTenSeconds() {
        List<Long> asked = new ArrayList<>();

        AzureFailure failure = catchThrowableOfType(
                AzureFailure.class,
                () -> Retry.brief(clock).call(() -> {
                    asked.add(Duration.between(START, clock.now()).toSeconds());
                    throw new AzureFailure(
                            429, "Throttled", "why", null, Duration.ofSeconds(asked.size() == 1 ? 10 : 11), null);
                }));

        assertThat(failure.code()).isEqualTo("Throttled");
        assertThat(asked).containsExactly(0L, 10L);
    }
}

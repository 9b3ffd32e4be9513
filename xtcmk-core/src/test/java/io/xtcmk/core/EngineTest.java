package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.util.ClientOptions;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.engine.Telemetry;
import io.xtcmk.core.engine.Terms;
import io.xtcmk.core.engine.TestStep;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.ResourceConflictException;
import io.xtcmk.model.Difference;
import io.xtcmk.model.Plan;
import io.xtcmk.model.StepOutcome;
import io.xtcmk.testing.FakeSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;

/** Order, concurrency, failures and cancelling, with steps made by hand. */
class EngineTest extends EncryptionScenario {
    private static final Telemetry TELEMETRY = new Telemetry(new ClientOptions());
    private final List<String> begun = new CopyOnWriteArrayList<>();

    /** A step that takes its time, and perhaps fails. */
    private record Hand(EngineTest test, String name, int seconds, boolean fails, List<Step<?>> needs)
            implements TestStep {
        @Override
        public Done<String> make(Ledger ledger, State<String> state) {
            test.begun.add(name);
            try {
                test.azure.clock().pause(Duration.ofSeconds(seconds));
            } catch (InterruptedException e) {
                throw new io.xtcmk.core.engine.Retry.Interrupted(e);
            }
            if (fails) {
                throw new AzureFailure(400, "Broken" + name, "it broke", "id-" + name, null, null);
            }
            return Done.created(name);
        }
    }

    private Hand step(String name, int seconds, Step<?>... needs) {
        return new Hand(this, name, seconds, false, List.of(needs));
    }

    private Hand failing(String name, int seconds) {
        return new Hand(this, name, seconds, true, List.of());
    }

    private Terms terms(Consumer<StepOutcome> listener) {
        return new Terms("ensure", TELEMETRY, provider(), listener, null);
    }

    private static Phase<List<StepOutcome>> phase(Step<?>... steps) {
        return new Phase<>(List.of(steps), Ledger::outcomes);
    }

    @Test
    void failure_letsRunningStepsEndAndStartsNoOthers() {
        Hand slow = step("slow", 5);
        Hand broken = failing("broken", 1);
        Hand after = step("after", 1, slow);

        CrossTenantCmkException e = (CrossTenantCmkException)
                catchThrowable(() -> phase(slow, broken, after).run(terms(o -> {})));

        assertThat(e.step()).isEqualTo("broken");
        assertThat(changes(e.done())).containsExactly("slow CREATED");
        assertThat(begun).containsExactlyInAnyOrder("slow", "broken");
    }

    @Test
    void severalFailures_areOneWithTheOthersBehindIt() {
        Throwable e = catchThrowable(
                () -> phase(failing("first", 1), failing("second", 2)).run(terms(o -> {})));

        assertThat(((CrossTenantCmkException) e).step()).isEqualTo("first");
        assertThat(e.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                        CrossTenantCmkException.class,
                        other -> assertThat(other.step()).isEqualTo("second"));
    }

    @Test
    void listener_isCalledByOneAtATime() {
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean crowded = new AtomicBoolean();
        Step<?>[] steps = new Step<?>[20];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = step("s" + i, 1);
        }
        AtomicInteger calls = new AtomicInteger();

        phase(steps).run(terms(outcome -> {
            calls.incrementAndGet();
            crowded.compareAndSet(false, inside.incrementAndGet() > 1);
            inside.decrementAndGet();
        }));

        assertThat(calls).hasValue(20);
        assertThat(crowded).isFalse();
    }

    @Test
    void listenersException_failsTheCall() {
        IllegalArgumentException mine = new IllegalArgumentException("mine");
        Hand first = step("first", 1);
        assertThatThrownBy(() -> phase(first, step("second", 1, first)).run(terms(outcome -> {
                    throw mine;
                })))
                .isSameAs(mine);
        assertThat(begun).containsExactly("first");
    }

    @Test
    void executorOfTheCaller_isUsed() {
        AtomicInteger tasks = new AtomicInteger();
        TenantConnection connection = withExecutor(task -> {
            tasks.incrementAndGet();
            azure.clock().executor().execute(task);
        });
        phase(step("one", 1), step("two", 1)).run(new Terms("ensure", TELEMETRY, connection, o -> {}, null));
        assertThat(tasks).hasValueGreaterThanOrEqualTo(2);
    }

    private TenantConnection withExecutor(java.util.concurrent.Executor executor) {
        return TenantConnection.builder()
                .tenantId(contoso.tenantId())
                .subscriptionId(contoso.subscriptionId())
                .credential(contoso.credential())
                .httpClient(azure.httpClient())
                .timeSource(azure.clock())
                .executor(executor)
                .build();
    }

    /** Waits for something that no clock has to do with, until it is interrupted. */
    private Step<?> stuck(CountDownLatch began, CountDownLatch interrupted) {
        return new Stuck(this, began, interrupted);
    }

    private record Stuck(EngineTest test, CountDownLatch began, CountDownLatch interrupted) implements TestStep {
        @Override
        public String name() {
            return "stuck";
        }

        @Override
        public Done<String> make(Ledger ledger, State<String> state) {
            began.countDown();
            try {
                new CountDownLatch(1).await();
                return Done.created("never");
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw new io.xtcmk.core.engine.Retry.Interrupted(e);
            }
        }
    }

    @Test
    void interruptedCaller_isTold_andItsStepsAreInterrupted() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicReference<Throwable> told = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            told.set(catchThrowable(() -> phase(stuck(began, interrupted)).run(terms(o -> {}))));
            flag.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        assertThat(began.await(10, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();

        caller.join(10_000);
        assertThat(told.get()).isInstanceOf(CancellationException.class);
        assertThat(flag).as("the thread's flag").isTrue();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void cancelledSubscription_interruptsItsSteps() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Disposable subscription =
                phase(stuck(began, interrupted)).runAsync(terms(o -> {})).subscribe();
        assertThat(began.await(10, TimeUnit.SECONDS)).isTrue();

        subscription.dispose();

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    // what a step finds, and what it throws

    /** A step that is as it is told, with a word for each of its ways to end. */
    private record Told(EngineTest test, String name, Supplier<State<String>> looks, List<Step<?>> needs)
            implements TestStep {
        @Override
        public State<String> look(Ledger ledger) {
            for (Step<?> needed : needs) {
                test.begun.add(name + " knows " + ledger.find(needed).isPresent());
            }
            return looks.get();
        }

        @Override
        public Done<String> make(Ledger ledger, State<String> state) {
            return state.isAbsent() ? Done.created(name) : Done.updated(name);
        }
    }

    private Told told(String name, Supplier<State<String>> looks, Step<?>... needs) {
        return new Told(this, name, looks, List.of(needs));
    }

    private static final Difference DIFFERENCE = new Difference("sku", "a", "b");

    @Test
    void plan_tellsWhatEachStepWouldDo_andLooksOnWithWhatIsThere() {
        Told there = told("there", () -> State.agrees("it"));
        Told absent = told("absent", State::absent);
        Told other = told("other", () -> State.differs("it", List.of(DIFFERENCE)), there, absent);
        Told wrong = told("wrong", () -> State.conflicts("it", List.of(DIFFERENCE)));

        Plan plan = phase(there, absent, other, wrong).plan(terms(o -> {}));

        assertThat(plan.steps())
                .extracting(step -> step.step() + " " + step.action())
                .containsExactly("there NONE", "absent CREATE", "other UPDATE", "wrong CONFLICT");
        assertThat(plan.steps().get(2).differences()).containsExactly(DIFFERENCE);
        assertThat(begun).containsExactly("other knows true", "other knows false");
    }

    @Test
    void conflict_isToldWithDifferencesAndFix() {
        Told wrong = told("wrong", () -> State.conflicts("it", List.of(DIFFERENCE)));

        ResourceConflictException e = catchThrowableOfType(
                ResourceConflictException.class, () -> phase(wrong).run(terms(o -> {})));

        assertThat(e.differences()).containsExactly(DIFFERENCE);
        assertThat(e.fix()).isEqualTo("Choose another name, or change it by hand to what is expected.");
    }

    @Test
    void refusal_isForWhoseStepItIs() {
        Told refused = told("refused", () -> {
            throw new AzureFailure(403, "AuthorizationFailed", "no", null, null, null);
        });

        CrossTenantCmkException e = catchThrowableOfType(
                CrossTenantCmkException.class, () -> phase(refused).run(terms(o -> {})));
        CrossTenantCmkException planned = catchThrowableOfType(
                CrossTenantCmkException.class, () -> phase(refused).plan(terms(o -> {})));

        assertThat(e.actor()).isEqualTo(CrossTenantCmkException.Actor.PROVIDER);
        assertThat(planned).hasSameClassAs(e).hasMessage(e.getMessage());
    }

    /** A fault of ours, or of a listener's, reaches the caller as it is, wherever it comes from. */
    @Test
    void otherThrowables_reachTheCallerAsTheyAre() {
        List<Throwable> faults = List.of(new IllegalStateException("ours"), new AssertionError("an error"));
        for (Throwable fault : faults) {
            Told broken = told("broken", () -> {
                throw sneaky(fault);
            });
            Phase<String> late = new Phase<>(List.of(told("fine", () -> State.agrees("it"))), ledger -> {
                throw sneaky(fault);
            });
            Phase<?> early = new Phase<>(List.of(new NeedsNothingThatIs(this, fault)), Ledger::outcomes);

            assertThatThrownBy(() -> phase(broken).run(terms(o -> {}))).isSameAs(fault);
            assertThatThrownBy(() -> phase(broken).plan(terms(o -> {}))).isSameAs(fault);
            assertThatThrownBy(() -> late.run(terms(o -> {}))).isSameAs(fault);
            assertThatThrownBy(() -> early.run(terms(o -> {}))).isSameAs(fault);
        }
    }

    private static RuntimeException sneaky(Throwable fault) {
        if (fault instanceof Error error) {
            throw error;
        }
        return (RuntimeException) fault;
    }

    /** Cannot say what it needs. */
    private record NeedsNothingThatIs(EngineTest test, Throwable fault) implements TestStep {
        @Override
        public String name() {
            return "needy";
        }

        @Override
        public List<Step<?>> needs() {
            throw sneaky(fault);
        }
    }

    // on the caller's own thread

    private Terms onThisThread(@Nullable Duration timeout) {
        return new Terms("ensure", TELEMETRY, withExecutor(Runnable::run), o -> {}, timeout);
    }

    /** Whoever interrupted the thread of a step meant it for the whole call, and for whose thread it is. */
    @Test
    void interruptedStep_endsTheCall_andItsThreadKnows() {
        Told stopped = told("stopped", () -> {
            throw new io.xtcmk.core.engine.Retry.Interrupted(new InterruptedException());
        });

        assertThatThrownBy(() -> phase(stopped).run(onThisThread(null))).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(() -> phase(stopped).plan(onThisThread(null))).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    /** The clock can be set back only when nobody works or waits on it. */
    @Test
    void callThatIsOver_leavesNoAlarm() {
        FakeSnapshot before = azure.snapshot();
        Told fine = told("fine", () -> State.agrees("it"));

        phase(fine).run(onThisThread(Duration.ofMinutes(1)));
        azure.restore(before);
        phase(fine).plan(onThisThread(Duration.ofMinutes(1)));
        azure.restore(before);

        Sinks.One<String> stop = Sinks.one();
        Told stopping = told("stopping", () -> {
            stop.tryEmitValue("now").orThrow();
            return State.agrees("it");
        });
        var unused = phase(stopping)
                .runAsync(onThisThread(Duration.ofMinutes(1)))
                .takeUntilOther(stop.asMono())
                .subscribe();
        azure.restore(before);
        assertThat(Thread.interrupted())
                .as("a step's interruption is not its thread's")
                .isFalse();
    }
}

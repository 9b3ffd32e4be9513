package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.xtcmk.TenantConnection;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.engine.Terms;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.StepOutcome;
import io.xtcmk.model.TenantId;
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
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** Order, concurrency, failures and cancelling, with steps made by hand. */
class EngineTest extends EncryptionScenario {
    private final List<String> begun = new CopyOnWriteArrayList<>();

    /** A step that takes its time, and perhaps fails. */
    private record Hand(EngineTest test, String name, int seconds, boolean fails, List<Step<?>> needs)
            implements Step<String> {
        @Override
        public TenantId tenantId() {
            return test.contoso.tenantId();
        }

        @Override
        public String resource() {
            return "resource " + name;
        }

        @Override
        public List<RequiredRole> roles() {
            return List.of();
        }

        @Override
        public State<String> look(Ledger ledger) {
            return State.absent();
        }

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
        return new Terms(provider(), listener, null);
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
        phase(step("one", 1), step("two", 1)).run(new Terms(connection, o -> {}, null));
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

    private record Stuck(EngineTest test, CountDownLatch began, CountDownLatch interrupted) implements Step<String> {
        @Override
        public String name() {
            return "stuck";
        }

        @Override
        public TenantId tenantId() {
            return test.contoso.tenantId();
        }

        @Override
        public String resource() {
            return "stuck";
        }

        @Override
        public List<RequiredRole> roles() {
            return List.of();
        }

        @Override
        public State<String> look(Ledger ledger) {
            return State.absent();
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
        Thread caller = new Thread(() ->
                told.set(catchThrowable(() -> phase(stuck(began, interrupted)).run(terms(o -> {})))));
        caller.start();
        assertThat(began.await(10, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();

        caller.join(10_000);
        assertThat(told.get()).isInstanceOf(CancellationException.class);
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
}

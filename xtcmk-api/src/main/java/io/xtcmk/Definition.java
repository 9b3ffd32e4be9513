package io.xtcmk;

import io.xtcmk.model.Plan;
import io.xtcmk.model.StepOutcome;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * What all fluent definitions have in common. A definition checks each argument at once and sends nothing before its
 * terminal verb. It can run again: that is how to recover from a failure, and how to check.
 *
 * <p>Terminal verbs block. Each has an {@code ...Async()} twin that does the same on the connection's executor once
 * somebody subscribes, and stops when the subscription is cancelled. Any terminal verb throws a
 * {@link io.xtcmk.exception.CallTimeoutException} if {@link #timeout} is set and over, and a
 * {@link java.util.concurrent.CancellationException} if the calling thread is interrupted. A definition is not
 * thread-safe.
 *
 * @param <D> the definition itself
 */
public interface Definition<D extends Definition<D>> {

    /**
     * Reports the outcome of each step when it is done, on the thread that ran the step. Independent steps run
     * concurrently, but the listener is called by one thread at a time. If it throws, the call fails with its exception.
     *
     * @param listener receives each outcome
     * @return this definition
     */
    D onStep(Consumer<StepOutcome> listener);

    /**
     * How long to wait until a change takes effect: replication in the directory, a new credential, a new role. The
     * default is what Azure documents, counted from the change: ten minutes for roles and credentials
     * (learn.microsoft.com/azure/role-based-access-control/troubleshooting), two minutes for the directory.
     *
     * @param timeout counted from the beginning of the wait; zero not to wait at all
     * @return this definition
     */
    D propagationTimeout(Duration timeout);

    /**
     * How long a whole call may take, on the connection's clock. By default it takes as long as its steps need. When the
     * time is over, the running steps are interrupted, and the call ends at once with a
     * {@link io.xtcmk.exception.CallTimeoutException} that lists the finished and the running steps. Nobody knows how far
     * a running step got; running the call again finds out. Azure still carries out a request that it has accepted.
     *
     * @param timeout counted from the call of a terminal verb or {@link #plan()}, or from the subscription to its twin;
     *     more than zero, and at most a day
     * @return this definition
     */
    D timeout(Duration timeout);

    /**
     * Finds out what the terminal verb would do. Only reads.
     *
     * @return the plan
     * @throws IllegalStateException if the definition is incomplete; the message names everything that is missing
     * @throws io.xtcmk.exception.CrossTenantCmkException if something could not be read
     */
    Plan plan();

    /**
     * Does what {@link #plan()} does, once somebody subscribes.
     *
     * @return emits the plan
     */
    Mono<Plan> planAsync();
}

package io.xtcmk;

import io.xtcmk.model.Plan;
import io.xtcmk.model.StepOutcome;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * What all fluent definitions have in common. A definition sends nothing before its terminal verb, checks each argument
 * at once, and can be used again: running it twice is how to recover, and how to check.
 *
 * <p>Terminal verbs block; each has an {@code ...Async()} twin that does the same on the connection's executor once it is
 * subscribed to, and stops when the subscription is cancelled. Not safe to change from several threads at once.
 *
 * @param <D> the definition itself
 */
public interface Definition<D extends Definition<D>> {

    /**
     * Tells each step's outcome as it happens, on the thread that did the step. Steps run at the same time where they can;
     * the listener is called by one thread at a time. An exception of the listener's fails the call.
     *
     * @param listener is told
     * @return this definition
     */
    D onStep(Consumer<StepOutcome> listener);

    /**
     * How long to wait for what has been done to become visible: replication in the directory, new credentials, new
     * roles. The default waits as long as Azure documents, counted from when the thing was done: ten minutes for roles and
     * credentials (learn.microsoft.com/azure/role-based-access-control/troubleshooting), two minutes for the directory.
     *
     * @param timeout from the beginning of the wait; zero to not wait at all
     * @return this definition
     */
    D propagationTimeout(Duration timeout);

    /**
     * How long a whole call may take, on the connection's clock; without it, as long as its steps need. When the time is
     * over, the steps under way are told to stop, and the call ends at once with a
     * {@link io.xtcmk.exception.CallTimeoutException}, which tells what is done and what was under way; of the latter,
     * nobody knows how far it came, and running again finds out. A request that Azure has taken is not taken back.
     *
     * @param timeout from the call of a terminal verb or {@link #plan()}, or from the subscription to their twins; more than
     *     zero, and a day at the most
     * @return this definition
     */
    D timeout(Duration timeout);

    /**
     * Finds out what the terminal verb would do, by reading only.
     *
     * @return the plan
     * @throws IllegalStateException if the definition is incomplete; the message names all that is missing
     * @throws io.xtcmk.exception.CrossTenantCmkException if something could not be read
     */
    Plan plan();

    /**
     * As {@link #plan()}, when subscribed to.
     *
     * @return the plan to come
     */
    Mono<Plan> planAsync();
}

package io.xtcmk.core.engine;

import io.xtcmk.model.Plan;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * The steps of a terminal verb, each after those that it needs, and what their results add up to. Runs blocking or
 * subscribed to, by the same code; or only looks.
 *
 * @param steps the steps
 * @param result makes the verb's result of the finished steps
 * @param <R> the verb's result
 */
public record Phase<R>(List<Step<?>> steps, Function<Ledger, R> result) {

    /** Does it, and waits for the end. */
    public R run(Terms terms) {
        return new Run<>(steps, result, terms).start().await();
    }

    /** Does it when subscribed to; stops when the subscription is cancelled. */
    public Mono<R> runAsync(Terms terms) {
        return subscribed(() -> new Run<>(steps, result, terms).start());
    }

    /** Looks only. */
    public Plan plan(Terms terms) {
        return new Looking(steps, terms).start().await();
    }

    /** Looks only, when subscribed to. */
    public Mono<Plan> planAsync(Terms terms) {
        return subscribed(() -> new Looking(steps, terms).start());
    }

    private static <R> Mono<R> subscribed(Supplier<Call<R>> start) {
        return Mono.defer(() -> {
            Call<R> call = start.get();
            return Mono.fromFuture(call.result(), true).doOnCancel(call::cancel);
        });
    }
}

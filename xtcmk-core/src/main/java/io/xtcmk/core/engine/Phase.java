package io.xtcmk.core.engine;

import com.azure.core.util.Context;
import com.azure.core.util.tracing.Tracer;
import io.xtcmk.model.Plan;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

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
        return new Run<>(steps, result, terms).start(Context.NONE).await();
    }

    /** Does it when subscribed to; stops when the subscription is cancelled. */
    public Mono<R> runAsync(Terms terms) {
        return subscribed(caller -> new Run<>(steps, result, terms).start(caller));
    }

    /** Looks only. */
    public Plan plan(Terms terms) {
        return new Looking(steps, terms).start(Context.NONE).await();
    }

    /** Looks only, when subscribed to. */
    public Mono<Plan> planAsync(Terms terms) {
        return subscribed(caller -> new Looking(steps, terms).start(caller));
    }

    /** A subscriber's span: in the subscription's context, under the key that azure-core's clients use. */
    static Context caller(ContextView subscription) {
        return subscription
                .getOrEmpty(Tracer.PARENT_TRACE_CONTEXT_KEY)
                .map(span -> new Context(Tracer.PARENT_TRACE_CONTEXT_KEY, span))
                .orElse(Context.NONE);
    }

    private static <R> Mono<R> subscribed(Function<Context, Call<R>> start) {
        return Mono.deferContextual(subscription -> {
            Call<R> call = start.apply(caller(subscription));
            return Mono.fromFuture(call.result(), true).doOnCancel(call::cancel);
        });
    }
}

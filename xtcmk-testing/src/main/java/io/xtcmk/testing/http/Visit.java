package io.xtcmk.testing.http;

import io.xtcmk.testing.Fault.Effect;
import io.xtcmk.testing.RecordedCall;
import io.xtcmk.testing.world.World;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the fake: it arrives, a fault may strike it, it is answered and recorded.
 *
 * <p>{@link #proceed} takes as many of these steps as it can, under the world's lock, and returns how long the request
 * then waits on the clock. It waits without the lock, so that others are answered meanwhile. A request that nothing delays
 * takes all its steps in one go. So it is answered at the time at which it arrived, even if other threads move the clock,
 * and the times in the journal never step back.
 */
final class Visit {
    private final World world;
    private final VisitContext context;
    private Supplier<Duration> nextStep;
    private @Nullable Supplier<Answer> outcome;

    Visit(World world, VisitContext context, Request request) {
        this.world = world;
        this.context = context;
        this.nextStep = () -> arrive(request);
    }

    /** A request that has a service and a route. */
    private record Arrival(Exchange exchange, Service service, Route route, Instant at) {}

    /**
     * Goes on until the request has to wait, or is over.
     *
     * @return how long it waits before it can go on; zero if it is over
     */
    Duration proceed() {
        Duration wait = Duration.ZERO;
        while (outcome == null && wait.isZero()) {
            wait = nextStep.get();
        }
        return wait;
    }

    /**
     * What the client sees, once the request is over.
     *
     * @throws UncheckedIOException if a fault broke the connection
     */
    Answer outcome() {
        if (outcome == null) {
            throw new IllegalStateException("the request is not over");
        }
        return outcome.get();
    }

    private Duration arrive(Request request) {
        Exchange exchange = new Exchange(world, request);
        Service service = context.router().service(request);
        Responder.checkResolves(service, exchange);
        Route route = context.router().route(service, exchange);
        Arrival arrival = new Arrival(exchange, service, route, world.now());
        nextStep = () -> strike(arrival);
        return context.latencies().of(route);
    }

    /** A fault strikes after the latency: whoever gives up before that has not met it. */
    private Duration strike(Arrival arrival) {
        Optional<Effect> effect = context.faults().strike(arrival.route);
        nextStep = () -> end(arrival, effect);
        return effect.map(FaultEffects::delay).orElse(Duration.ZERO);
    }

    private Duration end(Arrival arrival, Optional<Effect> effect) {
        Answer recorded;
        try {
            Answer answer = effect.map(e -> struck(arrival, e)).orElseGet(() -> served(arrival));
            outcome = () -> answer;
            recorded = answer;
        } catch (UncheckedIOException broken) {
            outcome = () -> {
                throw broken;
            };
            recorded = Answer.empty(RecordedCall.NO_ANSWER);
        }
        context.journal()
                .add(Recorder.record(
                        arrival.exchange, recorded, arrival.service, arrival.route, arrival.at, world.now()));
        return Duration.ZERO;
    }

    private Answer struck(Arrival arrival, Effect effect) {
        Optional<Answer> instead = FaultEffects.instead(effect, arrival.service, arrival.exchange);
        if (instead.isPresent()) {
            return instead.get();
        }
        if (effect instanceof Effect.Lag lag) {
            context.staleness().begin(arrival.service, lag.by());
        }
        return FaultEffects.onTheWayBack(effect, served(arrival));
    }

    private Answer served(Arrival arrival) {
        if (arrival.exchange.isRead()) {
            return context.staleness().seen(arrival.service, () -> answer(arrival));
        }
        Answer answer = answer(arrival);
        if (answer.status() < 400) {
            world.changed();
        }
        return answer;
    }

    private static Answer answer(Arrival arrival) {
        return Responder.answer(arrival.service, arrival.route, arrival.exchange);
    }
}

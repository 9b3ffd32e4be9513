package io.xtcmk.testing.http;

import io.xtcmk.testing.Fault;
import io.xtcmk.testing.InjectedFault;
import io.xtcmk.testing.RecordedCall;
import io.xtcmk.testing.world.World;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The front door of the fake, for the requests of clients and for those that its services make of each other. */
public final class Dispatcher {
    private final World world;
    private final Router router;
    private final Latencies latencies = new Latencies();
    private final Faults faults = new Faults();
    private final Staleness staleness;
    private final Journal journal = new Journal();
    private final VisitContext context;

    public Dispatcher(World world, List<Service> services) {
        this.world = world;
        this.router = new Router(services);
        this.staleness = new Staleness(world);
        this.context = new VisitContext(router, latencies, faults, staleness, journal);
    }

    /**
     * Answers a client's request.
     *
     * @throws UncheckedIOException with an {@link UnknownHostException}, if the host has no address
     * @throws InterruptedException if the thread is interrupted while the request waits on the clock
     */
    public Answer dispatch(String method, URI url, Map<String, String> headers, byte[] body)
            throws InterruptedException {
        Visit visit = new Visit(world, context, new Request(method, url, headers, body));
        Duration wait = world.locked(visit::proceed);
        while (!wait.isZero()) {
            world.clock().pause(wait);
            wait = world.locked(visit::proceed);
        }
        journal.notifyListeners();
        return visit.outcome();
    }

    /**
     * Answers a request that one of Azure's services makes of another, such as storage's to Key Vault: by the same
     * routes and checks, but it takes no time and is not in the journal, and firewalls that trust Azure's services let it
     * pass.
     */
    public Answer internal(String method, URI url, Map<String, String> headers, byte[] body) {
        return world.locked(() -> {
            Request request = new Request(method, url, headers, body);
            Exchange exchange = new Exchange(world, request);
            exchange.sentByAzure();
            Service service = router.service(request);
            Responder.checkResolves(service, exchange);
            return Responder.answer(service, router.route(service, exchange), exchange);
        });
    }

    /**
     * Why no connection to a host can be had, if none can.
     *
     * @param scheme http or https
     * @param host the host's name
     * @return a sentence, or empty if a service of this Azure listens there
     */
    public Optional<String> unreachable(String scheme, String host) {
        Optional<Service> service = router.find(scheme, host);
        if (service.isEmpty()) {
            return Optional.of(Router.noService(scheme, host));
        }
        boolean resolves = world.locked(() -> service.get().resolves(host));
        return resolves ? Optional.empty() : Optional.of(host + " has no address: nothing of that name is there");
    }

    public List<Service> services() {
        return router.services();
    }

    /**
     * The route of this method and template.
     *
     * @throws IllegalArgumentException if there is none; the message names those nearest
     */
    public Route routeNamed(String method, String template) {
        return router.named(method, template);
    }

    // what tests have gone wrong or take time

    /** Makes each answer of a route take this long on the clock. */
    public void latency(String method, String template, Duration duration) {
        latencies.set(routeNamed(method, template), duration);
    }

    /**
     * Adds a fault.
     *
     * @throws IllegalArgumentException if it is bound to a route that there is not
     */
    public InjectedFault inject(Fault fault) {
        return faults.add(
                fault,
                fault.route()
                        .map(name -> name.split(" ", 2))
                        .map(name -> routeNamed(name[0], name[1]))
                        .orElse(null));
    }

    /** Faults that have not struck as often as they should. */
    public List<InjectedFault> pendingFaults() {
        return faults.pending();
    }

    /** From now on readers see everything at once. */
    public void catchUp() {
        world.locked(staleness::end);
    }

    // the journal

    public List<RecordedCall> calls() {
        return journal.calls();
    }

    public void clearCalls() {
        journal.clear();
    }

    /**
     * Has a listener hear of every further call, one at a time and in the order of {@link #calls}.
     *
     * @return ends it
     */
    public Runnable onCall(Consumer<RecordedCall> listener) {
        return journal.subscribe(listener);
    }
}

package io.xtcmk.testing.http;

import io.xtcmk.testing.Fault;
import io.xtcmk.testing.Fault.Effect;
import io.xtcmk.testing.InjectedFault;
import io.xtcmk.testing.RecordedCall;
import io.xtcmk.testing.world.World;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the service and route for a request, lets time pass, has the handler answer under the world's lock, records. */
public final class Dispatcher {
    private final World world;
    private final List<Service> services;
    private final Journal journal;
    private final Map<Route, Duration> latencies = new ConcurrentHashMap<>();
    private final Faults faults = new Faults();
    private final Staleness staleness;

    public Dispatcher(World world, List<Service> services, Journal journal) {
        this.world = world;
        this.services = List.copyOf(services);
        this.journal = journal;
        this.staleness = new Staleness(world);
    }

    public List<Service> services() {
        return services;
    }

    /** Makes each answer of a route take this long on the clock. */
    public void latency(String method, String template, Duration duration) {
        latencies.put(routeNamed(method, template), duration);
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

    /** Forgets what readers are not to see yet. */
    public void catchUp() {
        world.locked(staleness::end);
    }

    /**
     * The route of this method and template.
     *
     * @throws IllegalArgumentException if there is none; the message names those nearest
     */
    public Route routeNamed(String method, String template) {
        return services.stream()
                .flatMap(s -> s.routes().stream())
                .filter(r -> r.method().equalsIgnoreCase(method) && r.template().equalsIgnoreCase(template))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no route is called \"" + method + " " + template
                        + "\"; the nearest are " + nearest(method, template)));
    }

    /**
     * Answers a request.
     *
     * @throws UncheckedIOException with an {@link UnknownHostException}, if the host has no address
     * @throws InterruptedException if the thread is interrupted while a latency passes
     */
    public Answer dispatch(String method, URI url, Map<String, String> headers, byte[] body)
            throws InterruptedException {
        Exchange exchange = new Exchange(world, method, url, path(url), query(url), headers, body);
        Instant began = world.now();
        Service service = serviceOf(url);
        Route route = match(service, exchange);
        Duration latency = latencies.get(route);
        if (latency != null) {
            world.clock().pause(latency);
        }
        Optional<Effect> effect = faults.strike(route);
        try {
            Answer answer = effect.isPresent()
                    ? struck(effect.get(), service, route, exchange)
                    : world.locked(() -> answerAndTell(service, route, exchange));
            journal.add(Recorder.record(exchange, answer, service, route, began, world.now()));
            return answer;
        } catch (UncheckedIOException noAnswer) {
            Answer none = Answer.empty(RecordedCall.NO_ANSWER);
            journal.add(Recorder.record(exchange, none, service, route, began, world.now()));
            throw noAnswer;
        }
    }

    private Answer struck(Effect effect, Service service, Route route, Exchange exchange) throws InterruptedException {
        if (effect instanceof Effect.Fail fail) {
            return refused(service, Struck.failed(fail), exchange);
        } else if (effect instanceof Effect.Throttle throttle) {
            return refused(service, Struck.throttled(service, throttle, world.now()), exchange);
        } else if (effect instanceof Effect.Page page) {
            return Struck.page(page.status());
        } else if (effect instanceof Effect.Reset) {
            throw Struck.reset();
        } else if (effect instanceof Effect.Refuse) {
            throw Struck.refused();
        } else if (effect instanceof Effect.TimeOut timeOut) {
            world.clock().pause(timeOut.after());
            throw Struck.timedOut();
        } else if (effect instanceof Effect.Delay delay) {
            world.clock().pause(delay.by());
        } else if (effect instanceof Effect.Lag lag) {
            world.locked(() -> staleness.begin(service, lag.by()));
        }
        Answer answer = world.locked(() -> answerAndTell(service, route, exchange));
        if (effect instanceof Effect.DropReply) {
            throw Struck.reset();
        } else if (effect instanceof Effect.Truncate) {
            return Struck.truncated(answer);
        }
        return effect instanceof Effect.Garble ? Struck.garbled(answer) : answer;
    }

    private Answer refused(Service service, AzureError refusal, Exchange exchange) {
        return world.locked(() -> service.finish(rendered(service, refusal, exchange), exchange));
    }

    /**
     * Answers a request that one of Azure's services makes of another, such as storage's to Key Vault: by the same
     * routes and checks, but it takes no time and is not in the journal, and firewalls that trust Azure's services let it pass.
     */
    public Answer internal(String method, URI url, Map<String, String> headers, byte[] body) {
        Exchange exchange = new Exchange(world, method, url, path(url), query(url), headers, body);
        exchange.sentByAzure();
        Service service = serviceOf(url);
        Route route = match(service, exchange);
        return world.locked(() -> answer(service, route, exchange));
    }

    private Service serviceOf(URI url) {
        String host = String.valueOf(url.getHost());
        Service service = service(url.getScheme(), host)
                .orElseThrow(() -> new UnsupportedRouteError(noService(url.getScheme(), host) + "; it plays "
                        + services.stream().map(Service::name).toList()));
        world.locked(() -> {
            checkResolves(service, host);
            return null;
        });
        return service;
    }

    private Optional<Service> service(String scheme, String host) {
        return services.stream()
                .filter(s -> s.serves(host) && s.scheme().equals(scheme))
                .findFirst();
    }

    private static String noService(String scheme, String host) {
        return "the fake plays no service at " + scheme + "://" + host + ", and never calls out";
    }

    /**
     * Why no connection to a host can be had, if none can.
     *
     * @param scheme http or https
     * @param host the host's name
     * @return a sentence, or empty if a service of this Azure listens there
     */
    public Optional<String> unreachable(String scheme, String host) {
        Optional<Service> service = service(scheme, host);
        if (service.isEmpty()) {
            return Optional.of(noService(scheme, host));
        }
        boolean resolves = world.locked(() -> service.get().resolves(host));
        return resolves ? Optional.empty() : Optional.of(host + " has no address: nothing of that name is there");
    }

    private static void checkResolves(Service service, String host) {
        if (!service.resolves(host)) {
            throw new UncheckedIOException(new UnknownHostException("Failed to resolve '" + host + "'"));
        }
    }

    private Route match(Service service, Exchange exchange) {
        for (Route route : service.routes()) {
            if (route.method().equals(exchange.method())) {
                Optional<Map<String, String>> parameters = route.match(exchange.path());
                if (parameters.isPresent()) {
                    exchange.matched(parameters.get());
                    return route;
                }
            }
        }
        throw new UnsupportedRouteError("the fake does not know " + exchange.method() + " " + exchange.origin()
                + exchange.path() + "; the nearest that it knows are "
                + nearest(exchange.method(), exchange.path()));
    }

    private Answer answerAndTell(Service service, Route route, Exchange exchange) {
        boolean reads = exchange.method().equals("GET") || exchange.method().equals("HEAD");
        Answer answer = reads
                ? staleness.seen(service, () -> answer(service, route, exchange))
                : answer(service, route, exchange);
        if (!reads && answer.status() < 400) {
            world.changed();
        }
        return answer;
    }

    private Answer answer(Service service, Route route, Exchange exchange) {
        // The resource behind the host may have gone while the request was on its way.
        checkResolves(service, String.valueOf(exchange.host()));
        Answer answer;
        try {
            service.authenticate(exchange, route);
            answer = route.handler().apply(exchange);
        } catch (AzureError refusal) {
            answer = rendered(service, refusal, exchange);
        }
        return service.finish(answer, exchange);
    }

    private static Answer rendered(Service service, AzureError refusal, Exchange exchange) {
        Answer answer = service.render(refusal, exchange);
        for (Map.Entry<String, String> header : refusal.headers().entrySet()) {
            answer = answer.header(header.getKey(), header.getValue());
        }
        return answer;
    }

    private List<String> nearest(String method, String path) {
        return services.stream()
                .flatMap(s -> s.routes().stream())
                .sorted(Comparator.comparingInt((Route r) -> -likeness(r, method, path)))
                .limit(3)
                .map(Route::toString)
                .toList();
    }

    private static int likeness(Route route, String method, String path) {
        List<String> words = List.of(path.toLowerCase(java.util.Locale.ROOT).split("[/(]", -1));
        int common = (int)
                List.of(route.template().toLowerCase(java.util.Locale.ROOT).split("[/(]", -1)).stream()
                        .filter(w -> !w.isEmpty() && words.contains(w))
                        .count();
        return 2 * common + (route.method().equals(method) ? 1 : 0);
    }

    /** One leading slash, no doubled or trailing ones, percent-decoded. */
    private static String path(URI url) {
        String raw = Optional.ofNullable(url.getRawPath()).orElse("");
        // Microsoft's clients also double slashes by encoding them, in a scope that begins with one
        String path = URLDecoder.decode("/" + raw.replace("+", "%2B"), StandardCharsets.UTF_8)
                .replaceAll("/{2,}", "/");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static Map<String, String> query(URI url) {
        return parseForm(Optional.ofNullable(url.getRawQuery()).orElse(""));
    }

    /** Names and values of a query string or a form body, decoded; of a repeated name the last. What is no encoding stays. */
    public static Map<String, String> parseForm(String text) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                form.put(decoded(name), decoded(value));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return text;
        }
    }
}

package io.xtcmk.testing.http;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the service that listens at a host, and the service's route for a request. */
final class Router {
    private static final int SUGGESTIONS = 3;

    private final List<Service> services;

    Router(List<Service> services) {
        this.services = List.copyOf(services);
    }

    List<Service> services() {
        return services;
    }

    /** The service that listens at a host, if the fake has it. */
    Optional<Service> find(String scheme, String host) {
        return services.stream()
                .filter(s -> s.serves(host) && s.scheme().equals(scheme))
                .findFirst();
    }

    /** Why {@link #find} finds none. */
    static String noService(String scheme, String host) {
        return "the fake plays no service at " + scheme + "://" + host + ", and never calls out";
    }

    /**
     * The service that a request is for.
     *
     * @throws UnsupportedRouteError if the fake does not have it
     */
    Service service(Request request) {
        String scheme = String.valueOf(request.url().getScheme());
        String host = String.valueOf(request.url().getHost());
        return find(scheme, host)
                .orElseThrow(() -> new UnsupportedRouteError(noService(scheme, host) + "; it plays "
                        + services.stream().map(Service::name).toList()));
    }

    /**
     * The first route of a service that fits a request, which gets its parameters.
     *
     * @throws UnsupportedRouteError if the service has none; the message names those nearest
     */
    Route route(Service service, Exchange exchange) {
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

    /**
     * The route of this method and template.
     *
     * @throws IllegalArgumentException if there is none; the message names those nearest
     */
    Route named(String method, String template) {
        return routes().filter(
                        r -> r.method().equalsIgnoreCase(method) && r.template().equalsIgnoreCase(template))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no route is called \"" + method + " " + template
                        + "\"; the nearest are " + nearest(method, template)));
    }

    private Stream<Route> routes() {
        return services.stream().flatMap(s -> s.routes().stream());
    }

    private List<String> nearest(String method, String path) {
        return routes().sorted(Comparator.comparingInt((Route r) -> -likeness(r, method, path)))
                .limit(SUGGESTIONS)
                .map(Route::toString)
                .toList();
    }

    /** Common words count double, so that the right path with another method comes before the right method. */
    private static int likeness(Route route, String method, String path) {
        Set<String> words = words(path).collect(Collectors.toSet());
        int common = (int) words(route.template())
                .filter(w -> !w.isEmpty() && words.contains(w))
                .count();
        return 2 * common + (route.method().equals(method) ? 1 : 0);
    }

    private static Stream<String> words(String path) {
        return Stream.of(path.toLowerCase(Locale.ROOT).split("[/(]", -1));
    }
}

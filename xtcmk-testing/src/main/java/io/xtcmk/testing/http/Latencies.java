package io.xtcmk.testing.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long the answers of routes take, where a test has set that. */
final class Latencies {
    private final Map<Route, Duration> byRoute = new ConcurrentHashMap<>();

    void set(Route route, Duration duration) {
        byRoute.put(route, duration);
    }

    Duration of(Route route) {
        return byRoute.getOrDefault(route, Duration.ZERO);
    }
}

package io.xtcmk.testing;

/** The fake's tables of routes, for tests in other packages. */
public final class RouteTables {
    private RouteTables() {}

    /**
     * Whether a route answers a request.
     *
     * @param path decoded, without a trailing slash
     */
    public static boolean know(FakeAzure azure, String method, String host, String path) {
        return azure.supported().stream()
                .filter(s -> s.serves(host))
                .flatMap(s -> s.routes().stream())
                .anyMatch(r -> r.method().equals(method) && r.match(path).isPresent());
    }
}

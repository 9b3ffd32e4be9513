package io.xtcmk.testing.http;

import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.util.Map;

/** Has a service answer a request: checks the caller, calls the route's handler, words a refusal as the service does. */
final class Responder {
    private Responder() {}

    static Answer answer(Service service, Route route, Exchange exchange) {
        // The resource behind the host may have gone while the request waited.
        checkResolves(service, exchange);
        Answer answer;
        try {
            service.authenticate(exchange, route);
            answer = route.handler().apply(exchange);
        } catch (AzureError refusal) {
            return refusal(service, refusal, exchange);
        }
        return service.finish(answer, exchange);
    }

    static Answer refusal(Service service, AzureError refusal, Exchange exchange) {
        Answer answer = service.render(refusal, exchange);
        for (Map.Entry<String, String> header : refusal.headers().entrySet()) {
            answer = answer.header(header.getKey(), header.getValue());
        }
        return service.finish(answer, exchange);
    }

    static void checkResolves(Service service, Exchange exchange) {
        String host = String.valueOf(exchange.host());
        if (!service.resolves(host)) {
            throw new UncheckedIOException(new UnknownHostException("Failed to resolve '" + host + "'"));
        }
    }
}

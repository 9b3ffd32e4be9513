package io.xtcmk.testing.http;

import java.util.List;

/** One of Azure's services as the fake plays it: which hosts it answers on, its routes, and how it refuses. */
public interface Service {

    /** The service's name in the table of what is supported. */
    String name();

    /** Whether this service answers on the host, in any cloud. */
    boolean serves(String host);

    /** How it is spoken to: https, as all that Azure has for the public. */
    default String scheme() {
        return "https";
    }

    /**
     * Whether a host that this service serves has an address now. Where each customer's resource has a host of its own,
     * one that is not (yet) there has none, and no request arrives at all.
     */
    default boolean resolves(String host) {
        return true;
    }

    /** Whether the bodies of its requests and answers are the customers' data, of which the journal keeps nothing. */
    default boolean carriesData() {
        return false;
    }

    /** The table of routes, in the order in which they are tried. */
    List<Route> routes();

    /**
     * Finds out who calls, or refuses; called before the handler, for every route. Services that need a token check its
     * signature, audience and time here and tell the exchange by {@link Exchange#calledBy}; then what the route needs.
     */
    void authenticate(Exchange exchange, Route route);

    /** The refusal of a caller who sends too many requests. */
    default AzureError throttled() {
        return AzureError.of(429, "TooManyRequests", "Too many requests. Please try again later.");
    }

    /** The refusal as this service words it. */
    Answer render(AzureError error, Exchange exchange);

    /** Adds what every answer of this service carries, such as request ids. */
    Answer finish(Answer answer, Exchange exchange);
}

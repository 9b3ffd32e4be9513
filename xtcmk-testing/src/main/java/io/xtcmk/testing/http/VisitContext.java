package io.xtcmk.testing.http;

/**
 * What every visit passes on its way.
 *
 * @param router finds its service and route
 * @param latencies how long its answer takes
 * @param faults may strike it
 * @param staleness may show it an older world
 * @param journal keeps it
 */
record VisitContext(Router router, Latencies latencies, Faults faults, Staleness staleness, Journal journal) {}

package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Operations;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.http.Service;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Azure Resource Manager: one front door, behind which each resource provider has its own table of routes. */
public final class ArmService implements Service {
    private static final Set<String> HOSTS =
            Set.of("management.azure.com", "management.usgovcloudapi.net", "management.chinacloudapi.cn");

    private final Operations operations;
    private final ArmAuthentication authentication;
    private final ArmThrottle throttle;
    private final List<Route> routes;

    /**
     * Resource Manager over the tables of its providers.
     *
     * @param world the state
     * @param tokens checks the callers' tokens
     * @param operations the long-running operations
     * @param tables the providers' tables, in the order in which they are tried
     */
    public ArmService(World world, Tokens tokens, Operations operations, List<ArmRoutes> tables) {
        this.operations = operations;
        this.throttle = new ArmThrottle(world);
        this.authentication = new ArmAuthentication(world, tokens, throttle);
        this.routes = tables.stream().flatMap(t -> t.routes().stream()).toList();
    }

    @Override
    public String name() {
        return "Azure Resource Manager";
    }

    @Override
    public boolean serves(String host) {
        return HOSTS.contains(host.toLowerCase(Locale.ROOT));
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public void authenticate(Exchange exchange, Route route) {
        operations.settle();
        if (exchange.apiVersion().isBlank()) {
            throw AzureError.ofGateway(
                    400,
                    "MissingApiVersionParameter",
                    "The api-version query parameter (?api-version=) is required for all requests.");
        }
        authentication.check(exchange, route);
    }

    @Override
    public Answer render(AzureError error, Exchange exchange) {
        return exchange.method().equals("HEAD")
                ? Answer.empty(error.status())
                : Answer.json(error.status(), Arm.errorBody(error));
    }

    @Override
    public Answer finish(Answer answer, Exchange exchange) {
        return ArmHeaders.added(answer, exchange, throttle.remaining(exchange));
    }
}

package io.xtcmk.testing.imds;

import io.xtcmk.testing.entra.ManagedIdentities;
import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.http.Service;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a workload gets its managed identities' tokens: the Instance Metadata Service of virtual machines, and App
 * Service's local endpoint. The real ones know the workload by the machine on which they run; here a request says which
 * workload sends it.
 */
public final class ImdsService implements Service {
    /** The host of the Instance Metadata Service. */
    public static final String IMDS_HOST = "169.254.169.254";
    /** App Service's endpoint, as its environment variable would name it. */
    public static final String APP_SERVICE_ENDPOINT = "http://127.0.0.1:41741/msi/token";
    /** Set on the way by a workload's HTTP client; App Service's secret header does the same. */
    public static final String WORKLOAD_HEADER = "x-fake-workload";

    private static final Set<String> HOSTS = Set.of(IMDS_HOST, "127.0.0.1", "localhost");
    private static final long LIFETIME = 86399;

    private final World world;
    private final Tokens tokens;
    private final List<Route> routes = List.of(
            Route.of("GET", "/metadata/identity/oauth2/token", "-", "a token, as on a virtual machine", this::imds),
            Route.of("GET", "/msi/token", "-", "a token, as in App Service", this::appService));

    public ImdsService(World world, Tokens tokens) {
        this.world = world;
        this.tokens = tokens;
    }

    @Override
    public String name() {
        return "Managed identity endpoint";
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public boolean serves(String host) {
        return HOSTS.contains(host);
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public void authenticate(Exchange exchange, Route route) {
        // Whoever can reach these endpoints is trusted; the required header only keeps forwarded requests out.
    }

    private Answer imds(Exchange exchange) {
        if (exchange.header("Metadata").filter("true"::equalsIgnoreCase).isEmpty()) {
            throw invalid("Required metadata header not specified");
        }
        return token(exchange, exchange.header(WORKLOAD_HEADER).orElse(Workload.ANYONE));
    }

    private Answer appService(Exchange exchange) {
        String secret = exchange.header("X-IDENTITY-HEADER")
                .filter(h -> !h.isEmpty() && world.table(Workload.class).find(h).isPresent())
                .orElseThrow(() -> AzureError.of(401, "unauthorized", "The X-IDENTITY-HEADER is missing or wrong."));
        return token(exchange, secret);
    }

    private Answer token(Exchange exchange, String workloadId) {
        String audience = exchange.query("resource")
                .filter(r -> !r.isBlank())
                .orElseThrow(() -> invalid("Required query variable 'resource' is missing"));
        Resource identity = identity(exchange, workloadId);
        if (!ManagedIdentities.cloud(world, identity).knows(Tokens.withoutSlash(audience))) {
            throw AzureError.of(
                    400,
                    "invalid_resource",
                    "AADSTS500011: The resource principal named " + audience + " was not found in the tenant.");
        }
        long now = Tokens.seconds(world.now());
        return Answer.ok(Json.object(
                "access_token", ManagedIdentities.token(world, tokens, identity, audience),
                "client_id", clientId(identity),
                "expires_in", Long.toString(LIFETIME),
                "expires_on", Long.toString(now + LIFETIME),
                "ext_expires_in", Long.toString(LIFETIME),
                "not_before", Long.toString(now),
                "resource", audience,
                "token_type", "Bearer"));
    }

    /** The identity that the request names, or the workload's only one. */
    private Resource identity(Exchange exchange, String workloadId) {
        List<Resource> assigned = world.table(Workload.class).find(workloadId).stream()
                .flatMap(w -> w.identities(world).stream())
                .toList();
        List<Resource> wanted =
                assigned.stream().filter(i -> isWanted(exchange, i)).toList();
        if (wanted.isEmpty()) {
            throw invalid("Identity not found");
        }
        if (wanted.size() > 1) {
            throw invalid("Multiple user assigned identities exist, please specify the clientId / resourceId of the"
                    + " identity in the token request");
        }
        return wanted.get(0);
    }

    private static boolean isWanted(Exchange exchange, Resource identity) {
        Map<String, String> names = Map.of(
                "client_id", clientId(identity),
                "object_id", identity.text("properties.principalId").orElse(""),
                "principal_id", identity.text("properties.principalId").orElse(""),
                "mi_res_id", identity.id(),
                "msi_res_id", identity.id());
        return names.entrySet().stream()
                .allMatch(n -> exchange.query(n.getKey())
                        .map(n.getValue()::equalsIgnoreCase)
                        .orElse(true));
    }

    private static String clientId(Resource identity) {
        return identity.text("properties.clientId").orElse("");
    }

    private static AzureError invalid(String description) {
        return AzureError.of(400, "invalid_request", description);
    }

    @Override
    public Answer render(AzureError error, Exchange exchange) {
        return Answer.json(error.status(), Json.object("error", error.code(), "error_description", error.message()));
    }

    @Override
    public Answer finish(Answer answer, Exchange exchange) {
        return answer.header("Server", "IMDS/150.870.65.1854");
    }
}

package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Caller;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.http.Service;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Cloud;
import io.xtcmk.testing.world.World;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Microsoft Graph: applications, their federated identity credentials, and service principals. */
public final class GraphService implements Service {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final String JSON =
            "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
    private static final String READ = Permissions.READ;
    private static final String CREATE = Permissions.CREATE;
    private static final String WRITE = Permissions.WRITE;

    private final Tokens tokens;
    private final Permissions permissions;
    private final GraphThrottle throttle;
    private final List<Route> routes = new ArrayList<>();

    public GraphService(World world, Tokens tokens) {
        this.tokens = tokens;
        this.permissions = new Permissions(world);
        this.throttle = new GraphThrottle(world);
        DeletedItems deleted = new DeletedItems(world, permissions);
        Applications applications = new Applications(world, permissions, deleted);
        applicationRoutes(applications);
        credentialRoutes(new FederatedCredentials(world, applications));
        servicePrincipalRoutes(new ServicePrincipals(world, permissions, deleted));
        directoryRoutes(new DirectoryObjects(world), deleted);
        userRoutes(new Users(world), new Policies(world));
    }

    private void applicationRoutes(Applications applications) {
        add("GET", "/applications", READ, "list", applications::list);
        add("POST", "/applications", CREATE, "create", applications::create);
        application("GET", "", READ, "get", applications::get);
        application("PATCH", "", WRITE, "update, or upsert by uniqueName", applications::update);
        application("DELETE", "", WRITE, "delete, softly", applications::delete);
        application("POST", "/addPassword", WRITE, "add a client secret", applications::addPassword);
        application("POST", "/removePassword", WRITE, "remove a client secret", applications::removePassword);
    }

    private void credentialRoutes(FederatedCredentials credentials) {
        String all = "/federatedIdentityCredentials";
        String byName = all + "(name='{name}')";
        String one = all + "/{credential}";
        application("GET", all, READ, "list", credentials::list);
        application("POST", all, WRITE, "create", credentials::create);
        application("GET", byName, READ, "get", credentials::get);
        application("PATCH", byName, WRITE, "update or upsert", credentials::update);
        application("DELETE", byName, WRITE, "delete", credentials::delete);
        application("GET", one, READ, "get by id or name", credentials::get);
        application("PATCH", one, WRITE, "update by id or name", credentials::update);
        application("DELETE", one, WRITE, "delete by id or name", credentials::delete);
    }

    private void servicePrincipalRoutes(ServicePrincipals principals) {
        add("GET", "/servicePrincipals", READ, "list", principals::list);
        add("POST", "/servicePrincipals", WRITE, "create", principals::create);
        for (String key : List.of("(appId='{appId}')", "/{id}")) {
            add("GET", "/servicePrincipals" + key, READ, "get", principals::get);
            add("PATCH", "/servicePrincipals" + key, WRITE, "update, or upsert by appId", principals::update);
            add("DELETE", "/servicePrincipals" + key, WRITE, "delete, softly", principals::delete);
        }
    }

    private void directoryRoutes(DirectoryObjects objects, DeletedItems deleted) {
        String items = "/directory/deletedItems";
        add("GET", items + "/microsoft.graph.application", READ, "list", deleted::applications);
        add("GET", items + "/microsoft.graph.servicePrincipal", READ, "list", deleted::servicePrincipals);
        add("GET", items + "/{id}", READ, "get", deleted::get);
        add("POST", items + "/{id}/restore", WRITE, "restore", deleted::restore);
        add("DELETE", items + "/{id}", WRITE, "delete for good", deleted::purge);
        add("POST", "/directoryObjects/getByIds", READ, "find by ids", objects::getByIds);
        add("GET", "/organization", READ, "the tenant", objects::organization);
    }

    private void userRoutes(Users users, Policies policies) {
        add("GET", "/me", READ, "the user who calls", users::me);
        add("GET", "/users", READ, "list", users::list);
        add("GET", "/users/{id}", READ, "get by id or name", users::get);
        add("GET", "/policies/authorizationPolicy", READ, "what users may do", policies::get);
        add("PATCH", "/policies/authorizationPolicy", Permissions.POLICY, "change what users may do", policies::update);
    }

    /** A route on an application by each of its keys: id, client id, unique name. */
    private void application(
            String method, String below, String needs, String summary, Function<Exchange, Answer> handler) {
        for (String key : List.of("(appId='{appId}')", "(uniqueName='{uniqueName}')", "/{id}")) {
            add(method, "/applications" + key + below, needs, summary, handler);
        }
    }

    private void add(String method, String path, String needs, String summary, Function<Exchange, Answer> handler) {
        routes.add(Route.of(method, "/{version}" + path, needs, summary, handler));
    }

    @Override
    public String name() {
        return "Microsoft Graph";
    }

    @Override
    public boolean serves(String host) {
        return Cloud.ofGraphHost(host).isPresent();
    }

    @Override
    public List<Route> routes() {
        return Collections.unmodifiableList(routes);
    }

    @Override
    public void authenticate(Exchange exchange, Route route) {
        String version = exchange.parameter("version");
        if (!Set.of("v1.0", "beta").contains(version)) {
            throw AzureError.of(400, "BadRequest", "Invalid version: " + version);
        }
        exchange.calledBy(caller(exchange));
        permissions.check(exchange, route.needs());
        throttle.check(exchange);
        Query.check(exchange);
    }

    private Caller caller(Exchange exchange) {
        String header = exchange.header("Authorization").orElse("");
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw GraphErrors.unauthenticated("Access token is empty.");
        }
        String token = header.substring(7).trim();
        Map<String, Object> claims = Tokens.claims(token)
                .filter(c -> tokens.isGenuine(token))
                .orElseThrow(() -> GraphErrors.unauthenticated("Access token validation failure. Invalid signature."));
        String audience = Tokens.withoutSlash(Json.text(claims, "aud").orElse(""));
        if (!audience.equalsIgnoreCase("https://" + exchange.host()) && !audience.equals(Cloud.GRAPH_APP_ID)) {
            throw GraphErrors.unauthenticated("Access token validation failure. Invalid audience.");
        }
        if (!tokens.isCurrent(claims)) {
            throw GraphErrors.unauthenticated("Lifetime validation failed, the token is expired.");
        }
        return Tokens.caller(claims);
    }

    @Override
    public Answer render(AzureError error, Exchange exchange) {
        Map<String, Object> inner = Json.object(
                "date", DATE.format(exchange.now()),
                "request-id", exchange.requestId().toString(),
                "client-request-id", clientRequestId(exchange));
        return Answer.json(
                error.status(),
                Json.object(
                        "error",
                        Json.object(
                                "code",
                                error.code(),
                                "message",
                                error.message(),
                                "details",
                                error.details().isEmpty() ? Json.ABSENT : error.details(),
                                "innerError",
                                inner)));
    }

    @Override
    public Answer finish(Answer answer, Exchange exchange) {
        Answer finished = answer.header("request-id", exchange.requestId().toString())
                .header("client-request-id", clientRequestId(exchange))
                .header("Strict-Transport-Security", "max-age=31536000")
                .header("x-ms-ags-diagnostic", "{\"ServerInfo\":{\"DataCenter\":\"West Europe\",\"Slice\":\"E\"}}");
        boolean isRefusal = answer.status() >= 400;
        if (!isRefusal) {
            finished = finished.header("odata-version", "4.0");
        }
        for (Map.Entry<String, String> header : throttle.headers(exchange).entrySet()) {
            finished = finished.header(header.getKey(), header.getValue());
        }
        return answer.body().length == 0
                ? finished
                : finished.header("Content-Type", isRefusal ? "application/json" : JSON);
    }

    private static String clientRequestId(Exchange exchange) {
        return exchange.header("client-request-id").orElse(exchange.requestId().toString());
    }
}

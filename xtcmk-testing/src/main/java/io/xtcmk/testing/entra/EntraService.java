package io.xtcmk.testing.entra;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.http.Service;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Cloud;
import io.xtcmk.testing.world.World;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Microsoft Entra ID's sign-in endpoints. */
public final class EntraService implements Service {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final List<Route> routes;

    public EntraService(World world, Tokens tokens) {
        TokenEndpoint token = new TokenEndpoint(world, tokens);
        Discovery discovery = new Discovery(world, tokens);
        Consent consent = new Consent(world);
        UserSignIn users = new UserSignIn(world, tokens);
        this.routes = List.of(
                Route.of(
                        "POST",
                        "/{tenant}/oauth2/v2.0/token",
                        "-",
                        "client credentials, password, refresh token",
                        token::v2),
                Route.of("POST", "/{tenant}/oauth2/token", "-", "client credentials, version 1.0", token::v1),
                Route.of("GET", "/{tenant}/oauth2/v2.0/token", "-", "refused", EntraService::onlyPost),
                Route.of("GET", "/common/discovery/instance", "-", "known clouds", discovery::instance),
                Route.of("GET", "/common/userrealm/{user}", "-", "who signs a user in", users::realm),
                Route.of(
                        "GET",
                        "/{tenant}/v2.0/.well-known/openid-configuration",
                        "-",
                        "endpoints and issuer",
                        discovery::v2Configuration),
                Route.of(
                        "GET",
                        "/{tenant}/.well-known/openid-configuration",
                        "-",
                        "endpoints and issuer, version 1.0",
                        discovery::v1Configuration),
                Route.of("GET", "/{tenant}/discovery/v2.0/keys", "-", "signing keys", discovery::keys),
                Route.of("GET", "/{tenant}/discovery/keys", "-", "signing keys", discovery::keys),
                Route.of("GET", "/{tenant}/v2.0/adminconsent", "-", "consent page", consent::page),
                Route.of("GET", "/{tenant}/adminconsent", "-", "consent page, version 1.0", consent::page),
                Route.of("GET", "/{tenant}/oauth2/authorize", "-", "sign-in and consent page", consent::page),
                Route.of("GET", "/{tenant}/oauth2/v2.0/authorize", "-", "sign-in and consent page", consent::page));
    }

    @Override
    public String name() {
        return "Microsoft Entra ID";
    }

    @Override
    public boolean serves(String host) {
        return Cloud.ofLoginHost(host).isPresent();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public void authenticate(Exchange exchange, Route route) {
        // This is where callers come to be authenticated.
    }

    /** Entra gives no number of its own for it; RFC 6749 has the word. */
    @Override
    public AzureError throttled() {
        return Aadsts.of(429, "temporarily_unavailable", 0, "The server is too busy. Please try again later.");
    }

    @Override
    public Answer render(AzureError error, Exchange exchange) {
        String number = error.innerCode().orElse("0");
        String trace = exchange.requestId().toString();
        String correlation = exchange.header("client-request-id").orElse(trace);
        String timestamp = TIMESTAMP.format(exchange.now());
        return Answer.json(
                error.status(),
                Json.object(
                        "error",
                        error.code(),
                        "error_description",
                        Aadsts.line(error) + " Trace ID: " + trace + " Correlation ID: " + correlation + " Timestamp: "
                                + timestamp,
                        "error_codes",
                        List.of(Long.parseLong(number)),
                        "timestamp",
                        timestamp,
                        "trace_id",
                        trace,
                        "correlation_id",
                        correlation,
                        "error_uri",
                        exchange.origin() + "/error?code=" + number));
    }

    @Override
    public Answer finish(Answer answer, Exchange exchange) {
        Answer finished = answer.header("Cache-Control", "no-store, no-cache")
                .header("Pragma", "no-cache")
                .header("x-ms-request-id", exchange.requestId().toString());
        return exchange.header("client-request-id")
                .filter(id -> exchange.header("return-client-request-id").isPresent())
                .map(id -> finished.header("client-request-id", id))
                .orElse(finished);
    }

    private static Answer onlyPost(Exchange exchange) {
        throw Aadsts.of(
                400,
                Aadsts.INVALID_REQUEST,
                900561,
                "The endpoint only accepts POST requests. Received a GET request.");
    }
}

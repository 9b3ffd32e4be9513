package io.xtcmk.testing.entra;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.http.UrlEncoded;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Application.Password;
import io.xtcmk.testing.world.Cloud;
import io.xtcmk.testing.world.Directory;
import io.xtcmk.testing.world.ServicePrincipal;
import io.xtcmk.testing.world.Tenant;
import io.xtcmk.testing.world.World;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The token endpoint, both versions: programs by their credentials; people go to {@link UserSignIn}. */
final class TokenEndpoint {
    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Set<String> OPENID_SCOPES = Set.of("openid", "profile", "offline_access", "email");
    private static final String DEFAULT = "/.default";

    private final World world;
    private final Directory directory;
    private final AccessTokens accessTokens;
    private final FederatedExchange exchange;
    private final Resources resources;
    private final UserSignIn users;

    TokenEndpoint(World world, Tokens tokens) {
        this.world = world;
        this.directory = new Directory(world);
        this.accessTokens = new AccessTokens(world, tokens);
        this.exchange = new FederatedExchange(world, tokens);
        this.resources = new Resources(world);
        this.users = new UserSignIn(world, tokens);
    }

    /** {@code POST /{tenant}/oauth2/v2.0/token}: numbers are numbers. */
    Answer v2(Exchange request) {
        Map<String, String> form = form(request);
        if (form.containsKey("resource")) {
            throw Aadsts.of(400, Aadsts.INVALID_REQUEST, 901002, "The 'resource' request parameter is not supported.");
        }
        if (UserSignIn.GRANTS.contains(form.getOrDefault("grant_type", ""))) {
            return users.token(request, form);
        }
        String token = issue(request, form, () -> audienceOfScope(Forms.required(form, "scope")));
        return Answer.ok(Json.object(
                "token_type",
                "Bearer",
                "expires_in",
                AccessTokens.APP_LIFETIME.toSeconds(),
                "ext_expires_in",
                AccessTokens.APP_LIFETIME.toSeconds(),
                "access_token",
                token));
    }

    /** {@code POST /{tenant}/oauth2/token}: all values are strings. */
    Answer v1(Exchange request) {
        Map<String, String> form = form(request);
        String resource = Forms.required(form, "resource");
        String token = issue(request, form, () -> resource);
        long now = Tokens.seconds(world.now());
        return Answer.ok(Json.object(
                "token_type", "Bearer",
                "expires_in", Long.toString(AccessTokens.APP_LIFETIME.toSeconds()),
                "ext_expires_in", Long.toString(AccessTokens.APP_LIFETIME.toSeconds()),
                "expires_on", Long.toString(now + AccessTokens.APP_LIFETIME.toSeconds()),
                "not_before", Long.toString(now),
                "resource", resource,
                "access_token", token));
    }

    private String issue(Exchange request, Map<String, String> form, java.util.function.Supplier<String> asked) {
        checkGrant(form);
        Cloud cloud = Cloud.ofLoginHost(request.host()).orElseThrow();
        Tenant tenant = tenant(request.parameter("tenant"), cloud);
        String clientId = Forms.required(form, "client_id");
        Application application = application(clientId, tenant, cloud);
        ServicePrincipal principal = principal(application, tenant);
        String provedBy = prove(application, cloud, form);
        String audience = asked.get();
        resources.check(audience, cloud, tenant);
        return accessTokens.forApplication(principal, cloud, audience, provedBy);
    }

    private static Map<String, String> form(Exchange request) {
        return UrlEncoded.parse(new String(request.body(), StandardCharsets.UTF_8));
    }

    private static void checkGrant(Map<String, String> form) {
        String grant = Forms.required(form, "grant_type");
        if (!grant.equals("client_credentials")) {
            throw Aadsts.of(
                    400,
                    "unsupported_grant_type",
                    70003,
                    "The app requested an unsupported grant type '" + grant + "'.");
        }
    }

    private Tenant tenant(String name, Cloud cloud) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("common") || lower.equals("consumers") || lower.equals("organizations")) {
            throw Aadsts.of(
                    400,
                    Aadsts.INVALID_REQUEST,
                    9001023,
                    "The grant type is not supported over the /common or /consumers endpoints. Please use the"
                            + " /organizations or tenant-specific endpoint.");
        }
        return directory.tenant(name, cloud).orElseThrow(() -> Aadsts.tenantNotFound(name, Aadsts.INVALID_REQUEST));
    }

    private Application application(String clientId, Tenant tenant, Cloud cloud) {
        return directory
                .application(clientId, cloud)
                .filter(a -> a.tenantId().equals(tenant.id()) || a.isMultiTenant())
                .orElseThrow(() -> Aadsts.applicationNotFound(clientId, tenant.name()));
    }

    private ServicePrincipal principal(Application application, Tenant tenant) {
        ServicePrincipal principal = directory
                .servicePrincipal(tenant.id(), application.appId())
                .orElseThrow(() -> Aadsts.missingServicePrincipal(application.appId(), tenant.id()));
        if (!principal.enabled()) {
            throw Aadsts.disabled(application.appId(), application.displayName());
        }
        return principal;
    }

    /** Checks the client's proof of who it is, and says of which kind it was. */
    private String prove(Application application, Cloud cloud, Map<String, String> form) {
        if (form.containsKey("client_assertion")) {
            if (!JWT_BEARER.equals(Forms.required(form, "client_assertion_type"))) {
                throw Aadsts.of(
                        400, Aadsts.INVALID_REQUEST, 50027, "The client assertion type must be '" + JWT_BEARER + "'.");
            }
            exchange.check(application, cloud, form.getOrDefault("client_assertion", ""));
            return AccessTokens.BY_ASSERTION;
        }
        if (form.containsKey("client_secret")) {
            checkSecret(application, form.getOrDefault("client_secret", ""));
            return AccessTokens.BY_SECRET;
        }
        throw Aadsts.badClient(
                7000218,
                "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
    }

    private void checkSecret(Application application, String secret) {
        Optional<Password> password = application.passwords().stream()
                .filter(p -> p.secret().equals(secret) && !p.startsAt().isAfter(world.now()))
                .findFirst();
        if (password.isEmpty()) {
            throw Aadsts.badClient(
                    7000215,
                    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret"
                            + " value, not the client secret ID, for a secret added to app '" + application.appId()
                            + "'.");
        }
        if (!password.get().endsAt().isAfter(world.now())) {
            throw Aadsts.badClient(
                    7000222,
                    "The provided client secret keys for app '" + application.appId()
                            + "' are expired. Visit the Azure portal to create new keys for your app:"
                            + " https://aka.ms/NewClientSecret");
        }
    }

    /** The one scope that is a resource's; clients add the OpenID ones in any order. */
    private static String audienceOfScope(String scope) {
        List<String> asked = Stream.of(scope.trim().split("\\s+"))
                .filter(s -> !OPENID_SCOPES.contains(s))
                .toList();
        if (asked.size() != 1 || !asked.get(0).endsWith(DEFAULT)) {
            throw Aadsts.of(
                    400,
                    "invalid_scope",
                    1002012,
                    "The provided value for scope " + scope + " is not valid. Client credential flows must have a scope"
                            + " value with /.default suffixed to the resource identifier (application ID URI).");
        }
        return asked.get(0).substring(0, asked.get(0).length() - DEFAULT.length());
    }
}

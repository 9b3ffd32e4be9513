package io.xtcmk.testing.entra;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Cloud;
import io.xtcmk.testing.world.Directory;
import io.xtcmk.testing.world.Tenant;
import io.xtcmk.testing.world.User;
import io.xtcmk.testing.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** People who sign in to Microsoft's own programs, by name and password; and their refresh tokens. */
final class UserSignIn {
    static final Set<String> GRANTS = Set.of("password", "refresh_token");
    /** The Azure CLI and Azure PowerShell, which are in every tenant and need no consent. */
    private static final Set<String> PROGRAMS =
            Set.of("04b07795-8ddb-461a-bbee-02f9e1bf7b46", "1950a258-227b-4e31-a9cf-717495945fc2");

    private static final Set<String> OPENID_SCOPES = Set.of("openid", "profile", "offline_access", "email");
    private static final Duration REFRESH_LIFETIME = Duration.ofDays(90);
    private static final String REFRESH = "1.";

    private final World world;
    private final Tokens tokens;
    private final Directory directory;
    private final AccessTokens accessTokens;
    private final Resources resources;

    UserSignIn(World world, Tokens tokens) {
        this.world = world;
        this.tokens = tokens;
        this.directory = new Directory(world);
        this.accessTokens = new AccessTokens(world, tokens);
        this.resources = new Resources(world);
    }

    /** {@code POST /{tenant}/oauth2/v2.0/token} with one of {@link #GRANTS}. */
    Answer token(Exchange request, Map<String, String> form) {
        Cloud cloud = Cloud.ofLoginHost(request.host()).orElseThrow();
        String clientId = Forms.required(form, "client_id").toLowerCase(Locale.ROOT);
        if (!PROGRAMS.contains(clientId)) {
            throw refusedProgram(clientId, request.parameter("tenant"), cloud);
        }
        User user = Forms.required(form, "grant_type").equals("password")
                ? byPassword(request, form, cloud)
                : byRefreshToken(Forms.required(form, "refresh_token"), clientId);
        String audience = audience(Forms.required(form, "scope"));
        resources.check(audience, cloud, directory.tenant(user.tenantId()));
        return answer(user, UUID.fromString(clientId), cloud, audience);
    }

    /** Registered applications are confidential here: none lets people in without its own proof. */
    private AzureError refusedProgram(String clientId, String tenant, Cloud cloud) {
        return directory.application(clientId, cloud).isPresent()
                ? Aadsts.badClient(
                        7000218,
                        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.")
                : Aadsts.applicationNotFound(clientId, tenant);
    }

    private User byPassword(Exchange request, Map<String, String> form, Cloud cloud) {
        String name = Forms.required(form, "username");
        Tenant tenant = tenant(request.parameter("tenant"), name, cloud);
        User user = directory
                .user(tenant.id(), name)
                .orElseThrow(() -> invalidGrant(
                        50034,
                        "The user account {EUII Hidden} does not exist in the " + tenant.id()
                                + " directory. To sign into this application, the account must be added to the"
                                + " directory."));
        if (!user.password().equals(Forms.required(form, "password"))) {
            throw invalidGrant(50126, "Error validating credentials due to invalid username or password.");
        }
        return user;
    }

    /** Who does not name the tenant is looked for where the name's domain belongs. */
    private Tenant tenant(String asked, String userName, Cloud cloud) {
        String name = asked.equalsIgnoreCase("organizations") ? userName.substring(userName.indexOf('@') + 1) : asked;
        return directory.tenant(name, cloud).orElseThrow(() -> Aadsts.tenantNotFound(name, Aadsts.INVALID_REQUEST));
    }

    private User byRefreshToken(String refreshToken, String clientId) {
        String token = refreshToken.startsWith(REFRESH) ? refreshToken.substring(REFRESH.length()) : "";
        return Tokens.claims(token)
                .filter(c -> tokens.isGenuine(token)
                        && tokens.isCurrent(c)
                        && clientId.equals(Json.text(c, "refreshes").orElse("")))
                .flatMap(c -> Json.text(c, "oid"))
                .flatMap(world.users()::find)
                .orElseThrow(() -> invalidGrant(70000, "Provided grant is invalid or malformed."));
    }

    private static AzureError invalidGrant(int number, String text) {
        return Aadsts.of(400, "invalid_grant", number, text);
    }

    /** A scope is a resource's identifier and, behind the last slash, what may be done there. */
    private static String audience(String scope) {
        return Stream.of(scope.trim().split("\\s+"))
                .filter(s -> !OPENID_SCOPES.contains(s) && s.indexOf('/') >= 0)
                .map(s -> s.substring(0, s.lastIndexOf('/')))
                .findFirst()
                .orElseThrow(() -> Aadsts.of(
                        400,
                        "invalid_scope",
                        70011,
                        "The provided request must include a 'scope' input parameter. The provided value for the input"
                                + " parameter 'scope' is not valid. The scope '" + scope + "' is not valid."));
    }

    private Answer answer(User user, UUID clientId, Cloud cloud, String audience) {
        long seconds = AccessTokens.APP_LIFETIME.toSeconds();
        return Answer.ok(Json.object(
                "token_type",
                "Bearer",
                "scope",
                audience + "/user_impersonation " + audience + "/.default",
                "expires_in",
                seconds,
                "ext_expires_in",
                seconds,
                "access_token",
                accessTokens.forUser(user, clientId, cloud, audience),
                "refresh_token",
                refreshToken(user, clientId),
                "id_token",
                idToken(user, clientId, cloud),
                "client_info",
                clientInfo(user)));
    }

    private String refreshToken(User user, UUID clientId) {
        return REFRESH
                + tokens.sign(Json.object(
                        "refreshes",
                        clientId.toString(),
                        "oid",
                        user.id().toString(),
                        "exp",
                        Tokens.seconds(world.after(REFRESH_LIFETIME)),
                        "jti",
                        world.ids().hex32()));
    }

    private String idToken(User user, UUID clientId, Cloud cloud) {
        long now = Tokens.seconds(world.now());
        return tokens.sign(Json.object(
                "aud", clientId.toString(),
                "iss", cloud.v2Issuer(user.tenantId()),
                "iat", now,
                "nbf", now,
                "exp", now + AccessTokens.APP_LIFETIME.toSeconds(),
                "name", user.displayName(),
                "oid", user.id().toString(),
                "preferred_username", user.userPrincipalName(),
                "sub", user.id().toString(),
                "tid", user.tenantId().toString(),
                "ver", "2.0"));
    }

    /** By which Microsoft's libraries tell accounts apart. */
    private static String clientInfo(User user) {
        String json = new String(
                Json.write(Json.object(
                        "uid", user.id().toString(), "utid", user.tenantId().toString())),
                StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code GET /common/userrealm/{user}}: whether Entra itself signs the user in. */
    Answer realm(Exchange request) {
        Cloud cloud = Cloud.ofLoginHost(request.host()).orElseThrow();
        String name = request.parameter("user");
        String domain = name.substring(name.indexOf('@') + 1);
        boolean known = directory.tenant(domain, cloud).isPresent();
        return Answer.ok(Json.object(
                "ver",
                "1.0",
                "account_type",
                known ? "Managed" : "Unknown",
                "domain_name",
                domain,
                "cloud_instance_name",
                cloud.loginHosts().get(0),
                "cloud_audience_urn",
                "urn:federation:MicrosoftOnline"));
    }
}

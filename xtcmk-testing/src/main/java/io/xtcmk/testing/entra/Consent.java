package io.xtcmk.testing.entra;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.UrlEncoded;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.AuthorizationPolicy;
import io.xtcmk.testing.world.Cloud;
import io.xtcmk.testing.world.Directory;
import io.xtcmk.testing.world.Tenant;
import io.xtcmk.testing.world.World;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pages on which a user or an administrator installs an application: admin consent of both versions, and the authorize
 * endpoint. A person decides there, so the fake's routes only show the page; who plays the person calls
 * {@link #accept} or {@link #decline}.
 */
public final class Consent {
    private static final Set<String> SHARED = Set.of("common", "organizations");

    private final World world;
    private final Directory directory;

    public Consent(World world) {
        this.world = world;
        this.directory = new Directory(world);
    }

    /** The page that a browser sees; refusals are shown there, never sent to the redirect address. */
    Answer page(Exchange request) {
        Cloud cloud = Cloud.ofLoginHost(request.host()).orElseThrow();
        try {
            String name = request.parameter("tenant");
            Tenant tenant = SHARED.contains(name.toLowerCase(Locale.ROOT))
                    ? null
                    : directory.tenant(name, cloud).orElseThrow(() -> Aadsts.tenantNotFound(name, "invalid_request"));
            Application application = check(Ask.of(request.url()), cloud, tenant);
            return html(200, "Permissions requested: " + application.displayName());
        } catch (AzureError refusal) {
            return html(400, "Sorry, but we're having trouble signing you in. " + Aadsts.line(refusal));
        }
    }

    private static Answer html(int status, String text) {
        String safe = text.replace("&", "&amp;").replace("<", "&lt;");
        return Answer.of(
                status,
                "text/html; charset=utf-8",
                ("<!DOCTYPE html><html><body><p>" + safe + "</p></body></html>").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Somebody of the tenant accepts: the application is installed.
     *
     * @param url what was opened
     * @param tenant whose user it is
     * @param isAdministrator whether the tenant's policy about users is not about this one
     * @return where the browser is sent
     * @throws IllegalArgumentException if Entra would show an error page instead; the message has its AADSTS number
     */
    public URI accept(URI url, Tenant tenant, boolean isAdministrator) {
        Ask ask = Ask.of(url);
        Application application = checked(ask, tenant);
        if (!isAdministrator) {
            checkMayConsent(ask, application, tenant);
        }
        directory.install(application, tenant.id());
        return switch (ask.kind()) {
            case V2_ADMIN ->
                ask.redirect(
                        "admin_consent",
                        "True",
                        "tenant",
                        tenant.id().toString(),
                        "state",
                        ask.state(),
                        "scope",
                        ask.scope());
            case V1_ADMIN ->
                ask.redirect("admin_consent", "True", "tenant", tenant.id().toString(), "state", ask.state());
            case AUTHORIZE ->
                ask.redirect(
                        "code",
                        "1." + world.ids().hex32(),
                        "state",
                        ask.state(),
                        "session_state",
                        world.ids().uuid().toString());
        };
    }

    /** Microsoft's page "Unexpected error when performing consent to an application" has both sentences. */
    private void checkMayConsent(Ask ask, Application application, Tenant tenant) {
        if (ask.kind() != Kind.AUTHORIZE) {
            throw refused(application.displayName()
                    + " is requesting one or more permissions that you are not authorized to grant. Contact an"
                    + " administrator, who can consent to this application on your behalf.");
        }
        boolean installed =
                directory.servicePrincipal(tenant.id(), application.appId()).isPresent();
        if (!installed && !AuthorizationPolicy.of(world, tenant.id()).usersMayConsent()) {
            throw refused("An administrator of " + tenant.name()
                    + " has set a policy that prevents you from granting " + application.displayName()
                    + " the permissions it is requesting. Contact an administrator of " + tenant.name()
                    + ", who can grant permissions to this app on your behalf.");
        }
    }

    private static IllegalArgumentException refused(String text) {
        AzureError refusal = Aadsts.of(400, "access_denied", 90093, text);
        return new IllegalArgumentException(Aadsts.line(refusal), refusal);
    }

    /**
     * Somebody of the tenant declines.
     *
     * @return where the browser is sent
     * @throws IllegalArgumentException if Entra would show an error page instead; the message has its AADSTS number
     */
    public URI decline(URI url, Tenant tenant) {
        Ask ask = Ask.of(url);
        Application application = checked(ask, tenant);
        String description =
                "AADSTS65004: User declined to consent to access the app '" + application.displayName() + "'.";
        return ask.kind() == Kind.V2_ADMIN
                ? ask.redirect(
                        "admin_consent",
                        "True",
                        "error",
                        "consent_required",
                        "error_description",
                        description,
                        "state",
                        ask.state())
                : ask.redirect("error", "access_denied", "error_description", description, "state", ask.state());
    }

    private Application checked(Ask ask, Tenant tenant) {
        try {
            return check(ask, Cloud.of(tenant.cloud()), tenant);
        } catch (AzureError refusal) {
            throw new IllegalArgumentException(Aadsts.line(refusal), refusal);
        }
    }

    private Application check(Ask ask, Cloud cloud, @Nullable Tenant tenant) {
        if (Cloud.ofLoginHost(ask.host()).filter(cloud::equals).isEmpty()) {
            throw Aadsts.of(400, "invalid_request", 90002, "No such tenant at " + ask.host() + ".");
        }
        if (tenant != null) {
            checkTenant(ask, cloud, tenant);
        }
        String clientId = ask.required("client_id");
        if (ask.kind() == Kind.V2_ADMIN) {
            ask.required("scope");
        }
        String where = tenant == null ? ask.tenant() : tenant.name();
        Application application =
                directory.application(clientId, cloud).orElseThrow(() -> Aadsts.applicationNotFound(clientId, where));
        checkAudience(ask, application, tenant);
        checkRedirect(ask, application);
        return application;
    }

    private void checkTenant(Ask ask, Cloud cloud, Tenant tenant) {
        if (SHARED.contains(ask.tenant().toLowerCase(Locale.ROOT))) {
            return;
        }
        Tenant asked = directory
                .tenant(ask.tenant(), cloud)
                .orElseThrow(() -> Aadsts.tenantNotFound(ask.tenant(), "invalid_request"));
        if (!asked.equals(tenant)) {
            throw Aadsts.of(
                    400,
                    "invalid_request",
                    50020,
                    "User account 'admin@" + tenant.domain() + "' from identity provider does not exist in tenant '"
                            + asked.name() + "' and cannot access the application in that tenant.");
        }
    }

    private static void checkAudience(Ask ask, Application application, @Nullable Tenant tenant) {
        if (application.isMultiTenant()) {
            return;
        }
        if (SHARED.contains(ask.tenant().toLowerCase(Locale.ROOT))) {
            throw Aadsts.of(
                    400,
                    "invalid_request",
                    50194,
                    "Application '" + application.appId() + "'(" + application.displayName()
                            + ") is not configured as a multi-tenant application. Usage of the /common endpoint is not"
                            + " supported for such apps created after '10/15/2018'.");
        }
        if (tenant != null && !application.tenantId().equals(tenant.id())) {
            throw Aadsts.applicationNotFound(application.appId().toString(), tenant.name());
        }
    }

    private static void checkRedirect(Ask ask, Application application) {
        List<Object> registered = Stream.of("web", "spa", "publicClient")
                .flatMap(platform -> Json.list(application.properties(), platform + ".redirectUris").stream())
                .toList();
        if (!registered.contains(ask.required("redirect_uri"))) {
            throw Aadsts.of(
                    400,
                    "invalid_request",
                    50011,
                    "The redirect URI '" + ask.required("redirect_uri")
                            + "' specified in the request does not match the redirect URIs configured for the application '"
                            + application.appId() + "'.");
        }
    }

    private enum Kind {
        V2_ADMIN,
        V1_ADMIN,
        AUTHORIZE
    }

    /** What a consent URL asks. */
    private record Ask(String host, String tenant, Kind kind, Map<String, String> query) {

        static Ask of(URI url) {
            String[] segments = String.valueOf(url.getPath()).split("/", -1);
            if (url.getHost() == null || segments.length < 3) {
                throw new IllegalArgumentException("not a consent URL: " + url);
            }
            String path = url.getPath().toLowerCase(Locale.ROOT);
            Map<String, String> query =
                    UrlEncoded.parse(Optional.ofNullable(url.getRawQuery()).orElse(""));
            return new Ask(url.getHost(), segments[1], kind(path, url), query);
        }

        private static Kind kind(String path, URI url) {
            if (path.endsWith("/v2.0/adminconsent")) {
                return Kind.V2_ADMIN;
            }
            if (path.endsWith("/adminconsent")) {
                return Kind.V1_ADMIN;
            }
            if (path.endsWith("/oauth2/authorize") || path.endsWith("/oauth2/v2.0/authorize")) {
                return Kind.AUTHORIZE;
            }
            throw new IllegalArgumentException("not a consent URL: " + url);
        }

        @Nullable
        String state() {
            return query.get("state");
        }

        @Nullable
        String scope() {
            return query.get("scope");
        }

        String required(String name) {
            String value = query.get(name);
            if (value == null || value.isBlank()) {
                throw Aadsts.missingParameter(name);
            }
            return value;
        }

        /** The redirect address with names and values added; those without a value are left out. */
        URI redirect(@Nullable String... namesAndValues) {
            Map<String, String> added = new LinkedHashMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                String value = namesAndValues[i + 1];
                if (value != null) {
                    added.put(String.valueOf(namesAndValues[i]), value);
                }
            }
            String address = required("redirect_uri");
            StringBuilder url = new StringBuilder(address);
            char separator = address.indexOf('?') < 0 ? '?' : '&';
            for (Map.Entry<String, String> pair : added.entrySet()) {
                url.append(separator)
                        .append(pair.getKey())
                        .append('=')
                        .append(URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8));
                separator = '&';
            }
            return URI.create(url.toString());
        }
    }
}

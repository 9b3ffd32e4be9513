package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.ServicePrincipal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON shape of a service principal, and what may be written of it. */
final class ServicePrincipalBody {
    /** What can be written beside accountEnabled and displayName, with the value that it has when it was not. */
    private static final Map<String, Object> DEFAULTS = Json.object(
            "alternativeNames",
            List.of(),
            "appRoleAssignmentRequired",
            false,
            "disabledByMicrosoftStatus",
            null,
            "homepage",
            null,
            "loginUrl",
            null,
            "logoutUrl",
            null,
            "notes",
            null,
            "notificationEmailAddresses",
            List.of(),
            "preferredSingleSignOnMode",
            null,
            "preferredTokenSigningKeyThumbprint",
            null,
            "replyUrls",
            List.of(),
            "tags",
            List.of(),
            "tokenEncryptionKeyId",
            null,
            "samlSingleSignOnSettings",
            null,
            "addIns",
            List.of(),
            "appRoles",
            List.of(),
            "keyCredentials",
            List.of(),
            "oauth2PermissionScopes",
            List.of());

    private ServicePrincipalBody() {}

    /** The service principal as a GET shows it. */
    static Map<String, Object> of(ServicePrincipal principal, Optional<Application> application) {
        Map<String, Object> body = new LinkedHashMap<>(Json.object(
                "id", principal.id().toString(),
                "deletedDateTime", null,
                "accountEnabled", principal.enabled(),
                "appDisplayName", application.map(Application::displayName).orElse(null),
                "appDescription", null,
                "appId", principal.appId().toString(),
                "applicationTemplateId", null,
                "appOwnerOrganizationId",
                        application.map(a -> a.tenantId().toString()).orElse(null),
                "displayName", principal.displayName(),
                "servicePrincipalNames", names(principal, application),
                "servicePrincipalType", principal.kind().name(),
                "signInAudience", application.map(Application::signInAudience).orElse(null),
                "info",
                        Json.object(
                                "logoUrl", null,
                                "marketingUrl", null,
                                "privacyStatementUrl", null,
                                "supportUrl", null,
                                "termsOfServiceUrl", null),
                "passwordCredentials", List.of(),
                "resourceSpecificApplicationPermissions", List.of(),
                "verifiedPublisher",
                        Json.object("displayName", null, "verifiedPublisherId", null, "addedDateTime", null)));
        DEFAULTS.forEach((name, value) -> {
            Object set = principal.properties().get(name);
            body.put(name, set == null ? value : set);
        });
        return body;
    }

    private static List<Object> names(ServicePrincipal principal, Optional<Application> application) {
        List<Object> names = Json.array(principal.appId().toString());
        application.ifPresent(a -> names.addAll(Json.list(a.properties(), "identifierUris")));
        return names;
    }

    /** Refuses a body that Graph would not take, whether it creates or changes. */
    static void check(Map<String, Object> body) {
        for (String name : body.keySet()) {
            if (!DEFAULTS.containsKey(name)
                    && !List.of("appId", "accountEnabled", "displayName", "servicePrincipalType")
                            .contains(name)
                    && !name.startsWith("@odata.")) {
                throw GraphErrors.badRequest("Invalid property '" + name + "'.");
            }
        }
    }

    /** The row after a change. */
    static ServicePrincipal changed(ServicePrincipal principal, Map<String, Object> body) {
        Map<String, Object> properties = new LinkedHashMap<>(principal.properties());
        DEFAULTS.keySet().stream().filter(body::containsKey).forEach(name -> properties.put(name, body.get(name)));
        return principal
                .withProperties(properties)
                .withEnabled(Json.flag(body, "accountEnabled").orElse(principal.enabled()));
    }
}

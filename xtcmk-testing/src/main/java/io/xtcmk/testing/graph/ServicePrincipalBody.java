package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.ServicePrincipal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The JSON shape of a service principal, and what may be written of it. */
final class ServicePrincipalBody {
    /** What can be written beside accountEnabled and displayName, with the value that it has when it was not. */
    private static final Map<String, Object> DEFAULTS = Json.object(
            "alternativeNames",
            List.of(),
            "appRoleAssignmentRequired",
            false,
            "description",
            null,
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

    private static final Map<String, Object> INFO = Json.object(
            "logoUrl", null,
            "marketingUrl", null,
            "privacyStatementUrl", null,
            "supportUrl", null,
            "termsOfServiceUrl", null);

    /** How long a managed identity's certificate is good for. */
    private static final Duration CERTIFICATE = Duration.ofDays(90);

    private static final Duration CERTIFICATE_LEAD = Duration.ofMinutes(5);

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
                "createdDateTime",
                        principal.createdAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                "info", isManaged(principal) ? null : INFO,
                "passwordCredentials", List.of(),
                "resourceSpecificApplicationPermissions", List.of(),
                "verifiedPublisher",
                        Json.object("displayName", null, "verifiedPublisherId", null, "addedDateTime", null)));
        DEFAULTS.forEach((name, value) -> {
            Object set = principal.properties().get(name);
            body.put(name, set == null ? value : set);
        });
        if (isManaged(principal)) {
            body.put("keyCredentials", List.of(certificate(principal)));
        }
        return body;
    }

    private static boolean isManaged(ServicePrincipal principal) {
        return principal.kind() == ServicePrincipal.Kind.ManagedIdentity;
    }

    /** By which the platform, and nobody else, proves that it is this managed identity. */
    private static Map<String, Object> certificate(ServicePrincipal principal) {
        byte[] seed = principal.id().toString().getBytes(StandardCharsets.US_ASCII);
        Instant begin = principal.createdAt().truncatedTo(ChronoUnit.MINUTES).minus(CERTIFICATE_LEAD);
        return Json.object(
                "customKeyIdentifier",
                String.format(Locale.ROOT, "%040X", new BigInteger(1, Arrays.copyOf(sha256(seed), 20))),
                "displayName",
                "CN=" + principal.appId() + ", DC=" + principal.tenantId(),
                "endDateTime",
                begin.plus(CERTIFICATE).toString(),
                "key",
                null,
                "keyId",
                UUID.nameUUIDFromBytes(seed).toString(),
                "startDateTime",
                begin.toString(),
                "type",
                "AsymmetricX509Cert",
                "usage",
                "Verify");
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static List<Object> names(ServicePrincipal principal, Optional<Application> application) {
        List<Object> names = Json.array(principal.appId().toString());
        if (isManaged(principal)) {
            byte[] seed = principal.appId().toString().getBytes(StandardCharsets.US_ASCII);
            names.add("https://identity.azure.net/" + Base64.getEncoder().encodeToString(sha256(seed)));
        }
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

package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Application.FederatedCredential;
import io.xtcmk.testing.world.Application.Password;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The JSON shape of an application, and what may be written of it. */
final class ApplicationBody {
    private static final Set<String> AUDIENCES = Set.of(
            "AzureADMyOrg", "AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount", "PersonalMicrosoftAccount");
    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "appId",
            "createdDateTime",
            "deletedDateTime",
            "publisherDomain",
            "certification",
            "applicationTemplateId",
            "verifiedPublisher");
    private static final int LONGEST_NAME = 256;

    /** What can be written, with the value that it has when it was not. */
    private static final Map<String, Object> DEFAULTS = Json.object(
            "displayName", null,
            "uniqueName", null,
            "description", null,
            "disabledByMicrosoftStatus", null,
            "groupMembershipClaims", null,
            "identifierUris", List.of(),
            "isDeviceOnlyAuthSupported", null,
            "isFallbackPublicClient", null,
            "notes", null,
            "serviceManagementReference", null,
            "signInAudience", "AzureADandPersonalMicrosoftAccount",
            "tags", List.of(),
            "tokenEncryptionKeyId", null,
            "samlMetadataUrl", null,
            "defaultRedirectUri", null,
            "optionalClaims", null,
            "requestSignatureVerification", null,
            "servicePrincipalLockConfiguration", null,
            "authenticationBehaviors", null,
            "addIns", List.of(),
            "api",
                    Json.object(
                            "acceptMappedClaims", null,
                            "knownClientApplications", List.of(),
                            "requestedAccessTokenVersion", null,
                            "oauth2PermissionScopes", List.of(),
                            "preAuthorizedApplications", List.of()),
            "appRoles", List.of(),
            "info",
                    Json.object(
                            "logoUrl", null,
                            "marketingUrl", null,
                            "privacyStatementUrl", null,
                            "supportUrl", null,
                            "termsOfServiceUrl", null),
            "keyCredentials", List.of(),
            "parentalControlSettings",
                    Json.object("countriesBlockedForMinors", List.of(), "legalAgeGroupRule", "Allow"),
            "publicClient", Json.object("redirectUris", List.of()),
            "requiredResourceAccess", List.of(),
            "web",
                    Json.object(
                            "homePageUrl", null,
                            "logoutUrl", null,
                            "redirectUris", List.of(),
                            "redirectUriSettings", List.of(),
                            "implicitGrantSettings",
                                    Json.object(
                                            "enableAccessTokenIssuance", false,
                                            "enableIdTokenIssuance", false)),
            "spa", Json.object("redirectUris", List.of()));

    private static final String TOKEN_VERSION = "api.requestedAccessTokenVersion";
    private static final Map<String, Object> CLAIM =
            Json.object("source", null, "essential", false, "additionalProperties", List.of());

    private ApplicationBody() {}

    /** The application as a GET shows it. */
    static Map<String, Object> of(Application application, String publisherDomain) {
        Map<String, Object> body = new LinkedHashMap<>(Json.object(
                "id", application.objectId().toString(),
                "deletedDateTime",
                        Optional.ofNullable(application.deletedAt())
                                .map(Object::toString)
                                .orElse(null),
                "appId", application.appId().toString(),
                "applicationTemplateId", null,
                "createdDateTime", application.createdAt().toString(),
                "publisherDomain", publisherDomain,
                "certification", null,
                "verifiedPublisher",
                        Json.object("displayName", null, "verifiedPublisherId", null, "addedDateTime", null),
                "passwordCredentials",
                        application.passwords().stream()
                                .map(ApplicationBody::of)
                                .toList()));
        body.putAll(withDefaults(application.properties()));
        return body;
    }

    /** A secret as it is shown ever after: without the secret. */
    static Map<String, Object> of(Password password) {
        return Json.object(
                "displayName", password.displayName(),
                "endDateTime", password.endsAt().toString(),
                "hint", password.secret().substring(0, 3),
                "keyId", password.keyId().toString(),
                "secretText", null,
                "startDateTime", password.startsAt().toString());
    }

    /** A federated identity credential. */
    static Map<String, Object> of(FederatedCredential credential) {
        return Json.object(
                "id", credential.id().toString(),
                "name", credential.name(),
                "issuer", credential.issuer(),
                "subject", credential.subject(),
                "audiences", List.of(credential.audience()),
                "description", Json.orAbsent(credential.description()));
    }

    private static Map<String, Object> withDefaults(Map<String, Object> properties) {
        Map<String, Object> body = new LinkedHashMap<>();
        DEFAULTS.forEach((name, value) -> {
            Object set = properties.get(name);
            if (value instanceof Map && set instanceof Map) {
                body.put(name, filled(Json.cast(value), Json.cast(set)));
            } else {
                body.put(name, set == null ? value : set);
            }
        });
        return completed(body);
    }

    /** With what Graph works out itself. */
    private static Map<String, Object> completed(Map<String, Object> given) {
        boolean isPersonal = String.valueOf(given.get("signInAudience")).contains("PersonalMicrosoftAccount");
        // personal accounts get tokens of version 2 only
        Map<String, Object> body =
                isPersonal && Json.at(given, TOKEN_VERSION).isEmpty() ? Json.with(given, TOKEN_VERSION, 2) : given;
        body.put("appRoles", each(body, "appRoles", Json.object("origin", "Application")));
        if (body.get("optionalClaims") instanceof Map<?, ?> claims) {
            Map<String, Object> complete = new LinkedHashMap<>(Json.cast(claims));
            complete.replaceAll((token, list) -> each(Json.cast(claims), token, CLAIM));
            body.put("optionalClaims", complete);
        }
        return body;
    }

    /** The objects of a list, with what Graph adds to each. */
    private static List<Object> each(Map<String, Object> body, String name, Map<String, Object> defaults) {
        return Json.list(body, name).stream()
                .map(item -> item instanceof Map ? filled(defaults, Json.cast(item)) : item)
                .toList();
    }

    private static Map<String, Object> filled(Map<String, Object> defaults, Map<String, Object> set) {
        Map<String, Object> result = new LinkedHashMap<>(defaults);
        result.putAll(set);
        return result;
    }

    /** Refuses a body that Graph would not take, whether it creates or changes. */
    static void check(Map<String, Object> body) {
        for (String name : body.keySet()) {
            if (READ_ONLY.contains(name)) {
                throw GraphErrors.badRequest("Property '" + name + "' is read-only and cannot be set.");
            }
            if (!DEFAULTS.containsKey(name) && !name.startsWith("@odata.")) {
                throw GraphErrors.badRequest("Invalid property '" + name + "'.");
            }
        }
        if (body.containsKey("displayName")) {
            String name = Json.text(body, "displayName").orElse("");
            if (name.isBlank() || name.length() > LONGEST_NAME) {
                throw GraphErrors.invalidValue("displayName");
            }
        }
        if (body.containsKey("signInAudience")
                && !AUDIENCES.contains(Json.text(body, "signInAudience").orElse(""))) {
            throw GraphErrors.invalidValue("signInAudience");
        }
    }

    /** The properties of a new application. */
    static Map<String, Object> created(Map<String, Object> body) {
        if (!body.containsKey("displayName")) {
            throw GraphErrors.required("displayName", "Application");
        }
        check(body);
        return Json.merge(Json.object("signInAudience", DEFAULTS.get("signInAudience")), withoutAnnotations(body));
    }

    /** The properties after a change. */
    static Map<String, Object> changed(Application application, Map<String, Object> body) {
        check(body);
        Optional<String> unique = application.uniqueName();
        if (unique.isPresent()
                && body.containsKey("uniqueName")
                && !unique.get().equals(body.get("uniqueName"))) {
            throw GraphErrors.badRequest("Property 'uniqueName' is immutable and cannot be changed once it is set.");
        }
        return Json.merge(application.properties(), withoutAnnotations(body));
    }

    private static Map<String, Object> withoutAnnotations(Map<String, Object> body) {
        Map<String, Object> plain = new LinkedHashMap<>(body);
        plain.keySet().removeIf(name -> name.startsWith("@odata."));
        return plain;
    }
}

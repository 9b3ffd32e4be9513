package io.xtcmk.testing.sql;

import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Azure SQL finds wrong with a server's PUT or PATCH before it begins. */
final class ServerRequest {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Set<String> RESERVED = Set.of(
            "admin",
            "administrator",
            "sa",
            "root",
            "dbmanager",
            "loginmanager",
            "dbo",
            "guest",
            "public",
            "information_schema",
            "sys",
            "db_accessadmin",
            "db_owner");

    private ServerRequest() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static void checkName(String name) {
        if (!isName(name)) {
            throw SqlErrors.badRequest(
                    "InvalidServerName",
                    "Invalid server name supplied. It can only be made up of lowercase letters 'a'-'z', the numbers 0-9"
                            + " and the hyphen. The hyphen may not lead or trail in the name.");
        }
    }

    /** A new server needs somebody who can log in. */
    static void checkLogin(Map<String, Object> asked) {
        if (Json.flag(asked, "properties.administrators.azureADOnlyAuthentication")
                .orElse(false)) {
            return;
        }
        String login = Json.text(asked, "properties.administratorLogin").orElse("");
        if (login.isBlank()
                || RESERVED.contains(login.toLowerCase(Locale.ROOT))
                || !login.matches("[^\\s\\p{Punct}].*")) {
            throw SqlErrors.badRequest(
                    "InvalidLoginName", "'" + login + "' is not a valid login name. Please use a different value.");
        }
        checkPassword(
                login, Json.text(asked, "properties.administratorLoginPassword").orElse(""));
    }

    private static void checkPassword(String login, String password) {
        if (password.length() < 8) {
            throw SqlErrors.badRequest(
                    "PasswordTooShort", "The password is too short: it must be at least 8 characters long.");
        }
        if (password.length() > 128) {
            throw SqlErrors.badRequest("PasswordTooLong", "The provided password is too long.");
        }
        long kinds = Stream.of("[a-z]", "[A-Z]", "[0-9]", "[^a-zA-Z0-9]")
                .filter(kind -> Pattern.compile(kind).matcher(password).find())
                .count();
        boolean namesLogin = password.toLowerCase(Locale.ROOT).contains(login.toLowerCase(Locale.ROOT));
        if (kinds < 3 || namesLogin) {
            throw SqlErrors.badRequest(
                    "PasswordNotComplex",
                    "Password validation failed. The password does not meet policy requirements because it is not complex"
                            + " enough.");
        }
    }

    /** Identity, primary identity and key must fit together. */
    static void checkIdentity(Map<String, Object> server) {
        String type = Json.text(server, "identity.type").orElse("None").toLowerCase(Locale.ROOT);
        boolean userAssigned = type.contains("userassigned");
        boolean hasKey = Json.text(server, "properties.keyId").isPresent();
        Set<String> attached =
                Json.map(server, "identity.userAssignedIdentities").keySet();
        Optional<String> primary = Json.text(server, "properties.primaryUserAssignedIdentityId");
        if (userAssigned && attached.isEmpty()) {
            throw SqlErrors.badRequest(
                    "MissingIdentityId",
                    "No user assigned identity is provided when the identity type is set to UserAssigned.");
        }
        if (hasKey && !userAssigned) {
            throw SqlErrors.badRequest(
                    "InvalidIdentityTypeForKeyId", "KeyId is provided but identity type is not set to 'UserAssigned'.");
        }
        if (primary.isPresent() && attached.stream().noneMatch(primary.get()::equalsIgnoreCase)) {
            throw SqlErrors.badRequest(
                    "InvalidPrimaryIdentityId",
                    "The provided PrimaryUserAssignedIdentityId is not listed in the identities of the server.");
        }
        if (primary.isEmpty() && type.equals("userassigned")) {
            throw noPrimary(hasKey);
        }
        Json.text(server, "properties.keyId").ifPresent(ServerRequest::key);
    }

    private static AzureError noPrimary(boolean hasKey) {
        return hasKey
                ? SqlErrors.badRequest(
                        "PrimaryIdentityMissingPermissionForKeyId",
                        "KeyId is provided but PrimaryUserAssignedIdentityId is not.")
                : SqlErrors.badRequest(
                        "MissingPrimaryIdentity",
                        "PrimaryUserAssignedIdentityId is required when the identity type is UserAssigned.");
    }

    /** The key of a URL, or the refusal of what is none. */
    static KeyIdentifier key(String url) {
        try {
            return KeyIdentifier.parse(url);
        } catch (InvalidInputException e) {
            throw SqlErrors.badRequest(
                    "AzureKeyVaultMalformedVaultUri", "The provided Key Vault uri '" + url + "' is not valid.");
        }
    }
}

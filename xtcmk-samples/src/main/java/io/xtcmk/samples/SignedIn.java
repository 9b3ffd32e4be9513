package io.xtcmk.samples;

import com.azure.core.credential.TokenRequestContext;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import io.xtcmk.SqlServerEncryption.PrincipalType;
import io.xtcmk.TenantConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Who is signed in, as the access token says. A program should not look into tokens that are not for it; this one only
 * saves its reader from finding object ids.
 */
record SignedIn(UUID objectId, String name, PrincipalType type, UUID administratorId) {

    static SignedIn to(TenantConnection connection) {
        String scope = connection.environment().getResourceManagerEndpoint().replaceFirst("/$", "") + "/.default";
        String token = Objects.requireNonNull(
                        connection.credential().getTokenSync(new TokenRequestContext().addScopes(scope)))
                .getToken();
        return of(claims(token));
    }

    private static SignedIn of(Map<String, Object> claims) {
        UUID objectId = UUID.fromString(text(claims, "oid"));
        if (claims.containsKey("upn")) {
            return new SignedIn(objectId, text(claims, "upn"), PrincipalType.USER, objectId);
        }
        // Azure SQL knows an application by its client id.
        UUID clientId = UUID.fromString(text(claims, "appid"));
        return new SignedIn(objectId, "xtcmk-samples", PrincipalType.APPLICATION, clientId);
    }

    boolean isPerson() {
        return type == PrincipalType.USER;
    }

    private static String text(Map<String, Object> claims, String name) {
        return String.valueOf(claims.get(name));
    }

    private static Map<String, Object> claims(String token) {
        byte[] json = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        try (JsonReader reader = JsonProviders.createReader(json)) {
            return Objects.requireNonNull(reader.readMap(JsonReader::readUntyped));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.xtcmk.samples;

import com.azure.core.credential.TokenRequestContext;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import io.xtcmk.SqlServerEncryption.PrincipalType;
import io.xtcmk.TenantConnection;
import io.xtcmk.model.SubscriptionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who is signed in, as the access token says. A program should not look into tokens that are not for it; this one only
 * saves its reader from finding object ids.
 */
record SignedIn(UUID objectId, String name, PrincipalType type, UUID administratorId) {

    static SignedIn to(TenantConnection connection) {
        String scope = connection.environment().getResourceManagerEndpoint().replaceFirst("/$", "") + "/.default";
        TokenRequestContext request = new TokenRequestContext()
                .addScopes(scope)
                .setTenantId(connection.tenantId().toString());
        return of(claims(Objects.requireNonNull(connection.credential().getTokenSync(request))
                .getToken()));
    }

    private static SignedIn of(Map<String, Object> claims) {
        UUID objectId = UUID.fromString(text(claims, "oid").orElseThrow());
        // Only a person's token has delegated permissions. A guest's has no user principal name.
        if (claims.containsKey("scp")) {
            String name = Stream.of("upn", "unique_name", "email", "name")
                    .flatMap(claim -> text(claims, claim).stream())
                    .findFirst()
                    .orElse(objectId.toString());
            return new SignedIn(objectId, name, PrincipalType.USER, objectId);
        }
        // Azure SQL knows an application by its client id.
        UUID clientId = UUID.fromString(text(claims, "appid").orElseThrow());
        return new SignedIn(objectId, "xtcmk-samples", PrincipalType.APPLICATION, clientId);
    }

    /** The command that assigns a role. */
    String roleAssignment(String role, String scope, SubscriptionId subscriptionId) {
        return "az role assignment create --assignee-object-id " + objectId + " --assignee-principal-type "
                + (type == PrincipalType.USER ? "User" : "ServicePrincipal") + " --role \"" + role + "\" --scope "
                + scope + " --subscription " + subscriptionId;
    }

    private static Optional<String> text(Map<String, Object> claims, String name) {
        return Optional.ofNullable(claims.get(name)).map(String::valueOf);
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

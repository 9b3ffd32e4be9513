package io.xtcmk.testing.entra;

import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Cloud;
import io.xtcmk.testing.world.GraphPermission;
import io.xtcmk.testing.world.ServicePrincipal;
import io.xtcmk.testing.world.User;
import io.xtcmk.testing.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Mints access tokens with the claims of Microsoft's page "Access token claims reference". */
final class AccessTokens {
    /** A program that anybody can have proves nothing. */
    static final String BY_NOTHING = "0";
    /** How the client proved who it is, as {@code appidacr} has it: by a secret. */
    static final String BY_SECRET = "1";
    /** By an assertion or a certificate. */
    static final String BY_ASSERTION = "2";

    static final Duration APP_LIFETIME = Duration.ofSeconds(3599);
    static final Duration IDENTITY_LIFETIME = Duration.ofSeconds(86399);

    private final World world;
    private final Tokens tokens;

    AccessTokens(World world, Tokens tokens) {
        this.world = world;
        this.tokens = tokens;
    }

    /** A token for an application's service principal in its tenant. */
    String forApplication(ServicePrincipal principal, Cloud cloud, String audience, String provedBy) {
        boolean isGraphs = cloud.isGraphAudience(Tokens.withoutSlash(audience));
        List<String> roles = isGraphs ? GraphPermission.Grant.of(world, principal.id()) : List.of();
        return mint(
                cloud,
                principal.tenantId(),
                principal.appId(),
                principal.id(),
                audience,
                provedBy,
                APP_LIFETIME,
                Json.object("idtyp", "app", "roles", roles.isEmpty() ? Json.ABSENT : roles));
    }

    /** A token for a user who has signed in to one of Microsoft's own programs. */
    String forUser(User user, UUID clientId, Cloud cloud, String audience) {
        return mint(
                cloud,
                user.tenantId(),
                clientId,
                user.id(),
                audience,
                BY_NOTHING,
                APP_LIFETIME,
                Json.object(
                        "idtyp",
                        "user",
                        "name",
                        user.displayName(),
                        "scp",
                        "user_impersonation",
                        "unique_name",
                        user.userPrincipalName(),
                        "upn",
                        user.userPrincipalName()));
    }

    /** A token for a managed identity. */
    String forIdentity(Cloud cloud, UUID tenantId, UUID clientId, UUID principalId, String audience, String id) {
        return mint(
                cloud,
                tenantId,
                clientId,
                principalId,
                audience,
                BY_ASSERTION,
                IDENTITY_LIFETIME,
                Json.object("idtyp", "app", "xms_mirid", id));
    }

    private String mint(
            Cloud cloud,
            UUID tenantId,
            UUID clientId,
            UUID objectId,
            String audience,
            String provedBy,
            Duration lifetime,
            Map<String, Object> more) {
        // Only the exchange's resource asks for tokens of version 2.0; the others of this scenario take 1.0.
        boolean v2 = cloud.isExchangeAudience(audience);
        String issuer = v2 ? cloud.v2Issuer(tenantId) : cloud.v1Issuer(tenantId);
        long now = Tokens.seconds(world.now());
        Map<String, Object> claims = Json.object(
                "aud",
                v2 ? Cloud.EXCHANGE_APP_ID : audience,
                "iss",
                issuer,
                "iat",
                now,
                "nbf",
                now,
                "exp",
                now + lifetime.toSeconds(),
                "aio",
                world.ids().hex32(),
                v2 ? "azp" : "appid",
                clientId.toString(),
                v2 ? "azpacr" : "appidacr",
                provedBy,
                "idp",
                v2 ? Json.ABSENT : issuer,
                "oid",
                objectId.toString(),
                "rh",
                "1." + world.ids().hex32(),
                "sub",
                objectId.toString(),
                "tid",
                tenantId.toString(),
                "uti",
                world.ids().hex32().substring(0, 22),
                "ver",
                v2 ? "2.0" : "1.0");
        return tokens.sign(Json.merge(claims, more));
    }
}

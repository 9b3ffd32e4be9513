package io.xtcmk.testing.http;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, by its access token.
 *
 * @param tenantId the token's tenant
 * @param objectId the principal's object id in that tenant
 * @param appId the client id; of a user's token that of the program which the user has signed in to
 * @param audience the token's audience, without a trailing slash
 * @param issuer the token's issuer
 * @param managedIdentityId the resource id, where the token is a managed identity's
 * @param userPrincipalName the user's name, where the token is a user's
 * @param permissions what the token says that the program may do without a user
 */
public record Caller(
        UUID tenantId,
        UUID objectId,
        UUID appId,
        String audience,
        String issuer,
        @Nullable String managedIdentityId,
        @Nullable String userPrincipalName,
        List<String> permissions) {

    public boolean isUser() {
        return userPrincipalName != null;
    }

    /** By what Azure calls it in messages and records: a user's name, or a client id. */
    public String name() {
        return userPrincipalName == null ? appId.toString() : userPrincipalName;
    }
}

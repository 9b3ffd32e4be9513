package io.xtcmk.testing.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, by its access token.
 *
 * @param tenantId the token's tenant
 * @param objectId the principal's object id in that tenant
 * @param appId the client id
 * @param audience the token's audience, without a trailing slash
 * @param issuer the token's issuer
 * @param managedIdentityId the resource id, where the token is a managed identity's
 */
public record Caller(
        UUID tenantId,
        UUID objectId,
        UUID appId,
        String audience,
        String issuer,
        @Nullable String managedIdentityId) {}

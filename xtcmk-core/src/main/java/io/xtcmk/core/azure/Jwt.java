package io.xtcmk.core.azure;

import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.TenantId;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What an access token says of itself. Its signature is not checked: that is for the service that gets it. */
final class Jwt {
    private Jwt() {}

    /**
     * The tenant for which Entra issued a token: its claim {@code tid}
     * (learn.microsoft.com/entra/identity-platform/access-token-claims-reference).
     *
     * @return the tenant; empty if the token is opaque or has no such claim
     */
    static Optional<TenantId> tenant(String token) {
        return Json.text(claims(token), "tid").flatMap(Jwt::tenantId);
    }

    private static Map<String, Object> claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Map.of();
        }
        try {
            return Json.object(Base64.getUrlDecoder().decode(parts[1]));
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    /** A tenant's id; empty if the text is none. */
    static Optional<TenantId> tenantId(String text) {
        try {
            return Optional.of(TenantId.of(text));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }
}

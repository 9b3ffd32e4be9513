package io.xtcmk.testing.entra;

import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Cloud;
import io.xtcmk.testing.world.Directory;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.UUID;

/** Tokens for managed identities, as the hosts of resources get them. */
public final class ManagedIdentities {
    private ManagedIdentities() {}

    /**
     * A token for a user-assigned managed identity. Whether whoever asks may have it is for the caller to check.
     *
     * @param world the state
     * @param tokens signs
     * @param identity the ARM resource of type Microsoft.ManagedIdentity/userAssignedIdentities
     * @param audience what the token is for, such as {@code https://vault.azure.net} or the exchange audience
     * @return the signed token
     */
    public static String token(World world, Tokens tokens, Resource identity, String audience) {
        UUID tenantId = id(identity, "tenantId");
        return new AccessTokens(world, tokens)
                .forIdentity(
                        cloud(world, identity),
                        tenantId,
                        id(identity, "clientId"),
                        id(identity, "principalId"),
                        audience,
                        miResourceId(identity));
    }

    /** The cloud in which an identity lives. */
    public static Cloud cloud(World world, Resource identity) {
        return Cloud.of(new Directory(world).tenant(id(identity, "tenantId")).cloud());
    }

    private static UUID id(Resource identity, String property) {
        return UUID.fromString(identity.text("properties." + property)
                .orElseThrow(() -> new IllegalStateException(identity.id() + " has no " + property)));
    }

    /** The claim spells the group's segment in lower case, and the rest as the resource was made. */
    private static String miResourceId(Resource identity) {
        return identity.id().replaceFirst("(?i)/resourceGroups/", "/resourcegroups/");
    }
}

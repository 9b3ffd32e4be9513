package io.xtcmk.testing;

import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.Locale;
import java.util.Optional;

/**
 * Under which key a storage account or SQL server is, as a GET of it shows.
 *
 * @param key the customer's key, without its version unless that is pinned; empty under Microsoft's
 * @param version the version in force, if told
 * @param identityId resource id of the identity that uses it
 * @param clientId of the application through which it does
 */
record Encryption(
        Optional<String> key, Optional<String> version, Optional<String> identityId, Optional<String> clientId) {
    private static final String STORAGE = "properties.encryption.";

    /** That of a resource; empty if it is of another type. */
    static Optional<Encryption> of(World world, Resource resource) {
        String type = resource.text("type").orElse("").toLowerCase(Locale.ROOT);
        return switch (type) {
            case "microsoft.storage/storageaccounts" -> Optional.of(ofAccount(resource));
            case "microsoft.sql/servers" -> Optional.of(ofServer(world, resource));
            default -> Optional.empty();
        };
    }

    private static Encryption ofAccount(Resource account) {
        String properties = STORAGE + "keyvaultproperties.";
        return new Encryption(
                account.text(properties + "keyname")
                        .map(name -> stripped(
                                        account.text(properties + "keyvaulturi").orElse("")) + "/keys/" + name),
                account.text(properties + "currentVersionedKeyIdentifier").map(Encryption::lastSegment),
                account.text(STORAGE + "identity.userAssignedIdentity"),
                account.text(STORAGE + "identity.federatedIdentityClientId"));
    }

    private static Encryption ofServer(World world, Resource server) {
        Optional<String> protector = world.resources()
                .find(server.id() + "/encryptionProtector/current")
                .filter(p -> p.text("properties.serverKeyType")
                        .filter("AzureKeyVault"::equals)
                        .isPresent())
                .flatMap(p -> p.text("properties.uri"));
        return new Encryption(
                protector.map(uri -> uri.substring(0, uri.lastIndexOf('/'))),
                protector.map(Encryption::lastSegment),
                protector.flatMap(p -> server.text("properties.primaryUserAssignedIdentityId")),
                protector.flatMap(p -> server.text("properties.federatedClientId")));
    }

    private static String stripped(String url) {
        return url.replaceFirst("/+$", "");
    }

    private static String lastSegment(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return key.map(k -> "customer's key " + k
                        + version.map(v -> " (version " + v + ")").orElse("")
                        + identityId.map(i -> " by " + i).orElse("")
                        + clientId.map(c -> " through application " + c).orElse(""))
                .orElse("Microsoft's keys");
    }
}

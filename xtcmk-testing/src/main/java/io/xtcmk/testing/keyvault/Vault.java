package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.Tenant;
import io.xtcmk.testing.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * A vault: a resource of Resource Manager, read with Key Vault's eyes.
 *
 * @param resource the resource
 */
public record Vault(Resource resource) {
    /** The resource type. */
    public static final String TYPE = "Microsoft.KeyVault/vaults";

    public String id() {
        return resource.id();
    }

    public String name() {
        return resource.name();
    }

    public String location() {
        return resource.text("location").orElse("");
    }

    public UUID tenantId() {
        return UUID.fromString(resource.text("properties.tenantId").orElseThrow());
    }

    public Tenant tenant(World world) {
        return world.tenants().find(tenantId().toString()).orElseThrow();
    }

    /** The vault's host, in its tenant's cloud. */
    public String host(World world) {
        return (name() + tenant(world).cloud().getKeyVaultDnsSuffix()).toLowerCase(Locale.ROOT);
    }

    /** Whether the vault's host has an address by now. */
    public boolean isRegistered(World world) {
        return !resource.createdAt().plus(world.settings().vaultDns).isAfter(world.now());
    }

    public boolean isPurgeProtected() {
        return is("enablePurgeProtection");
    }

    public boolean usesRbac() {
        return is("enableRbacAuthorization");
    }

    public boolean isPremium() {
        return "premium".equalsIgnoreCase(resource.text("properties.sku.name").orElse(""));
    }

    public int retentionDays() {
        return Json.number(resource.body(), "properties.softDeleteRetentionInDays")
                .orElse(90L)
                .intValue();
    }

    /** When something deleted now goes for good. */
    public Instant purgeTime(Instant deletedAt) {
        return deletedAt.plus(Duration.ofDays(retentionDays()));
    }

    /** What can be done about a deletion, in Key Vault's words. */
    public String recoveryLevel() {
        String customized = retentionDays() == 90 ? "" : "Customized";
        return customized + "Recoverable" + (isPurgeProtected() ? "" : "+Purgeable");
    }

    boolean isPublicNetworkDisabled() {
        return "Disabled"
                .equalsIgnoreCase(
                        resource.text("properties.publicNetworkAccess").orElse(""));
    }

    boolean deniesByDefault() {
        return "Deny"
                .equalsIgnoreCase(
                        resource.text("properties.networkAcls.defaultAction").orElse(""));
    }

    boolean trustsAzureServices() {
        return resource.text("properties.networkAcls.bypass")
                .orElse("AzureServices")
                .contains("AzureServices");
    }

    /** Whether an access policy gives a principal a permission on keys. */
    boolean policyAllows(UUID objectId, String permission) {
        return Json.list(resource.body(), "properties.accessPolicies").stream()
                .map(Json::cast)
                .filter(p -> objectId.toString()
                        .equalsIgnoreCase(Json.text(p, "objectId").orElse("")))
                .anyMatch(p -> grants(p, permission));
    }

    private static boolean grants(Map<String, Object> policy, String permission) {
        List<Object> granted = Json.list(policy, "permissions.keys");
        return granted.stream()
                .map(String::valueOf)
                .anyMatch(g -> g.equalsIgnoreCase("all") || g.equalsIgnoreCase(permission));
    }

    private boolean is(String property) {
        return Json.flag(resource.body(), "properties." + property).orElse(false);
    }
}

package io.xtcmk.core.steps;

import com.azure.resourcemanager.sql.fluent.models.EncryptionProtectorInner;
import com.azure.resourcemanager.sql.fluent.models.ServerInner;
import com.azure.resourcemanager.sql.models.IdentityType;
import com.azure.resourcemanager.sql.models.ResourceIdentity;
import com.azure.resourcemanager.sql.models.ServerKeyType;
import com.azure.resourcemanager.sql.models.ServerUpdate;
import com.azure.resourcemanager.sql.models.UserIdentity;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.Look;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.Difference;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.ResourceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Azure SQL servers. */
final class SqlServerProfile implements ServiceProfile<ServerInner> {
    private static final Set<String> FRESH_GRANT = Set.of(
            "UmiMissingAkvPermissions",
            "PrimaryIdentityMissingPermissionForKeyId",
            "AzureKeyVaultMissingPermissions",
            "AdalServicePrincipalNotFound",
            "AdalGenericError");

    private final Azure azure;
    private final @Nullable SqlAdministrator administrator;

    SqlServerProfile(Azure azure, @Nullable SqlAdministrator administrator) {
        this.azure = azure;
        this.administrator = administrator;
    }

    @Override
    public String name() {
        return "sqlServer";
    }

    @Override
    public List<RequiredRole> roles(ResourceId resource, ResourceId identity) {
        return List.of(
                LeastPrivilege.sqlServerContributor(
                        LeastPrivilege.group(resource.subscriptionId(), resource.resourceGroup())),
                LeastPrivilege.managedIdentityOperator(identity.toString()));
    }

    @Override
    public Look<ServerInner> find(ResourceId resource) {
        return azure.sqlServers().find(resource.resourceGroup(), resource.name());
    }

    @Override
    public ReadSetting read(ServerInner server) {
        ResourceId id = ResourceId.of(server.id());
        KeyIdentifier key = blank(server.keyId()) ? null : KeyIdentifier.parse(server.keyId());
        ResourceId identity = blank(server.primaryUserAssignedIdentityId())
                ? null
                : ResourceId.of(server.primaryUserAssignedIdentityId());
        return new ReadSetting(
                id,
                key != null,
                key,
                null,
                identity,
                server.identity() != null
                        && ReadSetting.isAmong(server.identity().userAssignedIdentities(), identity),
                server.federatedClientId() == null ? null : new ClientId(server.federatedClientId()));
    }

    /** A protector that follows rotation makes the server name a version, though none is pinned. */
    @Override
    public List<Difference> differences(ServerInner server, CustomerKeySetting setting) {
        List<Difference> differences = setting.differences(read(server));
        boolean mayFollow =
                !differences.isEmpty() && unconfirmed(server, setting).size() < differences.size();
        return mayFollow && followsRotation(read(server).id()) ? unconfirmed(server, setting) : differences;
    }

    private boolean followsRotation(ResourceId id) {
        return Boolean.TRUE.equals(
                azure.sqlServers().protector(id.resourceGroup(), id.name()).autoRotationEnabled());
    }

    /** The answer may name the version that was the newest; the protector has the last word on it. */
    @Override
    public List<Difference> unconfirmed(ServerInner answer, CustomerKeySetting setting) {
        ReadSetting read = read(answer);
        KeyIdentifier named = read.key();
        if (setting.key().version() != null || named == null) {
            return setting.differences(read);
        }
        return setting.differences(read.withKey(named.versionless()));
    }

    @Override
    public List<Difference> settings(ServerInner server, Place place) {
        return SqlServerSettings.differences(server, place, administrator);
    }

    @Override
    public ServerInner create(Place place, CustomerKeySetting setting) {
        ServerInner server = new ServerInner()
                .withLocation(place.regionToMakeIn().name())
                .withVersion("12.0")
                .withMinimalTlsVersion(SqlServerSettings.MINIMAL_TLS)
                .withIdentity(identity(null, setting))
                .withPrimaryUserAssignedIdentityId(setting.identity().toString())
                .withFederatedClientId(setting.federatedClientId().value())
                .withKeyId(setting.key().toString());
        if (administrator == null) {
            throw new IllegalStateException("no administrator for " + place.id());
        }
        administrator.applyTo(server);
        return azure.sqlServers()
                .createOrUpdate(place.id().resourceGroup(), place.id().name(), server);
    }

    @Override
    public String preparationName() {
        return "serviceManagedKey";
    }

    /**
     * SQL checks a new application against the key in force, and refuses. The documented way leads over Microsoft's keys
     * (learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-cross-tenant, "Remarks").
     */
    @Override
    public Optional<Preparation<ServerInner>> preparation(ServerInner server, CustomerKeySetting setting) {
        ReadSetting read = read(server);
        return read.customerManaged() && !setting.federatedClientId().equals(read.federatedClientId())
                ? Optional.of(new Preparation<>(
                        List.of(new Difference("key", "Microsoft's keys", String.valueOf(read.key()))),
                        differences(server, setting),
                        () -> clear(server)))
                : Optional.empty();
    }

    @Override
    public String preparationAdvice() {
        return "A server gets another application by way of Microsoft's keys, for which the customer's key is needed once"
                + " more.";
    }

    @Override
    public ServerInner update(ServerInner server, CustomerKeySetting setting) {
        ReadSetting read = read(server);
        ServerUpdate update = new ServerUpdate()
                .withIdentity(identity(server.identity(), setting))
                .withPrimaryUserAssignedIdentityId(setting.identity().toString())
                .withFederatedClientId(setting.federatedClientId().value())
                .withKeyId(setting.key().toString());
        return azure.sqlServers().update(read.id().resourceGroup(), read.id().name(), update);
    }

    @Override
    public ServerInner clear(ServerInner server) {
        ResourceId id = ResourceId.of(server.id());
        azure.sqlServers()
                .setProtector(
                        id.resourceGroup(),
                        id.name(),
                        new EncryptionProtectorInner()
                                .withServerKeyType(ServerKeyType.SERVICE_MANAGED)
                                .withServerKeyName("ServiceManaged"));
        return find(id).value().orElse(server);
    }

    /** Identities that are there stay; ours joins them. */
    private static ResourceIdentity identity(@Nullable ResourceIdentity old, CustomerKeySetting setting) {
        Map<String, UserIdentity> all = new LinkedHashMap<>();
        if (old != null && old.userAssignedIdentities() != null) {
            old.userAssignedIdentities().keySet().forEach(id -> all.put(id, new UserIdentity()));
        }
        boolean there = all.keySet().stream().anyMatch(id -> ResourceId.of(id).equals(setting.identity()));
        if (!there) {
            all.put(setting.identity().toString(), new UserIdentity());
        }
        boolean system = old != null && IdentityTypes.includesSystemAssigned(old.type());
        return new ResourceIdentity()
                .withType(system ? IdentityType.SYSTEM_ASSIGNED_USER_ASSIGNED : IdentityType.USER_ASSIGNED)
                .withUserAssignedIdentities(all);
    }

    @Override
    public String partsName() {
        return "databases";
    }

    @Override
    public Look<List<String>> closed(ResourceId server) {
        return azure.sqlServers().inaccessibleDatabases(server.resourceGroup(), server.name());
    }

    @Override
    public void open(ResourceId server) {
        azure.sqlServers().revalidate(server.resourceGroup(), server.name());
    }

    @Override
    public boolean mayBeFreshGrant(AzureFailure failure) {
        return FRESH_GRANT.contains(failure.code());
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}

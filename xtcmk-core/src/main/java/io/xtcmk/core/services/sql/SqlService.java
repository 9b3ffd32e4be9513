package io.xtcmk.core.services.sql;

import com.azure.resourcemanager.sql.fluent.models.EncryptionProtectorInner;
import com.azure.resourcemanager.sql.fluent.models.ServerInner;
import com.azure.resourcemanager.sql.models.IdentityType;
import com.azure.resourcemanager.sql.models.ResourceIdentity;
import com.azure.resourcemanager.sql.models.ServerKeyType;
import com.azure.resourcemanager.sql.models.ServerUpdate;
import com.azure.resourcemanager.sql.models.UserIdentity;
import io.xtcmk.core.azure.Answered;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.Look;
import io.xtcmk.core.errors.ErrorCatalogue;
import io.xtcmk.core.services.CustomerKeySetting;
import io.xtcmk.core.services.EncryptedService;
import io.xtcmk.core.services.IdentityTypes;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.core.services.Preparation;
import io.xtcmk.core.services.ReadSetting;
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
public final class SqlService implements EncryptedService<ServerInner> {

    /** For the service loader. */
    public SqlService() {}

    @Override
    public String title() {
        return "Azure SQL";
    }

    @Override
    public List<ErrorCatalogue.Entry> errors() {
        return SqlErrors.ALL;
    }

    @Override
    public String type() {
        return "Microsoft.Sql/servers";
    }

    @Override
    public String label() {
        return "an Azure SQL server";
    }

    @Override
    public String name() {
        return "sqlServer";
    }

    /** learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-overview, "Requirements". */
    @Override
    public Set<Integer> keySizes() {
        return Set.of(2048, 3072);
    }

    @Override
    public RequiredRole contributor(ResourceId resource) {
        return contributorOn(LeastPrivilege.group(resource.subscriptionId(), resource.resourceGroup()));
    }

    static RequiredRole contributorOn(String scope) {
        return LeastPrivilege.azure("SQL Server Contributor", "6d8ee4ec-f05a-4a1d-8b00-a9b17e38b437", scope);
    }

    @Override
    public Look<ServerInner> find(Azure azure, ResourceId resource) {
        return SqlServers.of(azure).find(resource.resourceGroup(), resource.name());
    }

    @Override
    public ReadSetting read(ServerInner server) {
        ResourceId id = Answered.resourceId(server.id());
        KeyIdentifier key = blank(server.keyId()) ? null : Answered.key(server.keyId());
        ResourceId identity = blank(server.primaryUserAssignedIdentityId())
                ? null
                : Answered.resourceId(server.primaryUserAssignedIdentityId());
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

    /** The server's protector has the last word on the key in force. */
    @Override
    public Look<ReadSetting> setting(Azure azure, ResourceId resource) {
        return find(azure, resource).map(this::read).map(server -> withProtector(azure, server));
    }

    private static ReadSetting withProtector(Azure azure, ReadSetting server) {
        if (!server.customerManaged()) {
            return server;
        }
        EncryptionProtectorInner protector = protector(azure, server.id());
        return protector.uri() == null
                ? server
                : server.withInForce(new ReadSetting.InForce(
                        Answered.key(protector.uri()), Boolean.TRUE.equals(protector.autoRotationEnabled()), null));
    }

    private static EncryptionProtectorInner protector(Azure azure, ResourceId id) {
        return SqlServers.of(azure).protector(id.resourceGroup(), id.name());
    }

    /** A protector that follows rotation makes the server name a version, though none is pinned. */
    @Override
    public List<Difference> differences(Azure azure, ServerInner server, CustomerKeySetting setting) {
        List<Difference> differences = setting.differences(read(server));
        boolean mayFollow =
                !differences.isEmpty() && unconfirmed(server, setting).size() < differences.size();
        return mayFollow && followsRotation(azure, read(server).id()) ? unconfirmed(server, setting) : differences;
    }

    private static boolean followsRotation(Azure azure, ResourceId id) {
        return Boolean.TRUE.equals(protector(azure, id).autoRotationEnabled());
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
    public String preparationName() {
        return "serviceManagedKey";
    }

    /**
     * SQL checks a new application against the key in force, and refuses. The documented way leads over Microsoft's keys
     * (learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-cross-tenant, "Remarks").
     */
    @Override
    public Optional<Preparation<ServerInner>> preparation(Azure azure, ServerInner server, CustomerKeySetting setting) {
        ReadSetting read = read(server);
        return read.customerManaged() && !setting.federatedClientId().equals(read.federatedClientId())
                ? Optional.of(new Preparation<>(
                        List.of(new Difference("key", "Microsoft's keys", String.valueOf(read.key()))),
                        differences(azure, server, setting),
                        () -> clear(azure, server)))
                : Optional.empty();
    }

    @Override
    public String preparationAdvice() {
        return "A server gets another application by way of Microsoft's keys, for which the customer's key is needed once"
                + " more.";
    }

    @Override
    public ServerInner update(Azure azure, ServerInner server, CustomerKeySetting setting) {
        ReadSetting read = read(server);
        ServerUpdate update = new ServerUpdate()
                .withIdentity(identity(server.identity(), setting))
                .withPrimaryUserAssignedIdentityId(setting.identity().toString())
                .withFederatedClientId(setting.federatedClientId().value())
                .withKeyId(setting.key().toString());
        return SqlServers.of(azure).update(read.id().resourceGroup(), read.id().name(), update);
    }

    @Override
    public ServerInner clear(Azure azure, ServerInner server) {
        ResourceId id = Answered.resourceId(server.id());
        SqlServers.of(azure)
                .setProtector(
                        id.resourceGroup(),
                        id.name(),
                        new EncryptionProtectorInner()
                                .withServerKeyType(ServerKeyType.SERVICE_MANAGED)
                                .withServerKeyName("ServiceManaged"));
        return find(azure, id).value().orElse(server);
    }

    /** Identities that are there stay; ours joins them. */
    static ResourceIdentity identity(@Nullable ResourceIdentity old, CustomerKeySetting setting) {
        Map<String, UserIdentity> all = new LinkedHashMap<>();
        if (old != null && old.userAssignedIdentities() != null) {
            old.userAssignedIdentities().keySet().forEach(id -> all.put(id, new UserIdentity()));
        }
        boolean there =
                all.keySet().stream().anyMatch(id -> Answered.resourceId(id).equals(setting.identity()));
        if (!there) {
            all.put(setting.identity().toString(), new UserIdentity());
        }
        boolean system = old != null && IdentityTypes.includesSystemAssigned(old.type());
        return new ResourceIdentity()
                .withType(system ? IdentityType.SYSTEM_ASSIGNED_USER_ASSIGNED : IdentityType.USER_ASSIGNED)
                .withUserAssignedIdentities(all);
    }

    @Override
    public Optional<Parts> parts() {
        return Optional.of(new Databases());
    }

    /** Databases that are protected by the server's key. */
    private static final class Databases implements Parts {
        @Override
        public String name() {
            return "databases";
        }

        @Override
        public Look<List<String>> closed(Azure azure, ResourceId server) {
            return SqlServers.of(azure).inaccessibleDatabases(server.resourceGroup(), server.name());
        }

        @Override
        public void open(Azure azure, ResourceId server) {
            SqlServers.of(azure).revalidate(server.resourceGroup(), server.name());
        }
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}

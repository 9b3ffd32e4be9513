package io.xtcmk.core.services.sql;

import com.azure.core.util.Context;
import com.azure.resourcemanager.sql.SqlServerManager;
import com.azure.resourcemanager.sql.fluent.SqlManagementClient;
import com.azure.resourcemanager.sql.fluent.models.DatabaseInner;
import com.azure.resourcemanager.sql.fluent.models.EncryptionProtectorInner;
import com.azure.resourcemanager.sql.fluent.models.ServerInner;
import com.azure.resourcemanager.sql.fluent.models.ServerKeyInner;
import com.azure.resourcemanager.sql.models.EncryptionProtectorName;
import com.azure.resourcemanager.sql.models.ServerUpdate;
import io.xtcmk.core.azure.Arm;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.Look;
import io.xtcmk.core.azure.Shape;
import io.xtcmk.core.azure.Shape.Kind;
import java.util.List;
import java.util.Optional;

/** Logical SQL servers of the connection's subscription. */
public final class SqlServers {
    /** Without it a server does not tell who its Entra administrator is. */
    private static final String ADMINISTRATORS = "administrators/activedirectory";

    private static final Shape SERVER = Shape.OBJECT
            .must("location", Kind.TEXT)
            .may("identity.userAssignedIdentities", Kind.RESOURCES_BY_ID)
            // Without a key among them, a server's properties say that its key is Microsoft's: they must be the
            // server's.
            .must("properties.fullyQualifiedDomainName", Kind.TEXT)
            .may("properties.keyId", Kind.KEY_URL.orBlank())
            .may("properties.primaryUserAssignedIdentityId", Kind.RESOURCE_ID.orBlank())
            .may("properties.federatedClientId", Kind.UUID);

    private static final Shape PROTECTOR = Shape.OBJECT
            .must("properties.serverKeyType", Kind.TEXT)
            .must("properties.serverKeyName", Kind.TEXT)
            .may("properties.uri", Kind.KEY_URL.orBlank())
            .may("properties.autoRotationEnabled", Kind.BOOLEAN);

    private static final Shape KEY = Shape.OBJECT.must("name", Kind.TEXT).must("properties.serverKeyType", Kind.TEXT);

    private final SqlManagementClient client;
    private final Arm arm;

    private SqlServers(Arm arm) {
        this.arm = arm;
        this.client =
                SqlServerManager.authenticate(arm.pipeline(), arm.profile()).serviceClient();
    }

    /** Those of a connection. */
    public static SqlServers of(Azure azure) {
        return azure.client(SqlServers.class, SqlServers::new);
    }

    /** GET, with its administrators. */
    public Look<ServerInner> find(String resourceGroup, String name) {
        return Look.at(() -> arm.call(
                server(resourceGroup, name),
                () -> client.getServers()
                        .getByResourceGroupWithResponse(resourceGroup, name, ADMINISTRATORS, Context.NONE)
                        .getValue()));
    }

    /** PUT, GET of the operation until it is over, GET of the server. */
    public ServerInner createOrUpdate(String resourceGroup, String name, ServerInner server) {
        return arm.run(
                client.getServers().createOrUpdateWithResponseAsync(resourceGroup, name, server),
                server(resourceGroup, name),
                ServerInner::fromJson);
    }

    /** PATCH, GET of the operation until it is over, GET of the server. */
    public ServerInner update(String resourceGroup, String name, ServerUpdate update) {
        return arm.run(
                client.getServers().updateWithResponseAsync(resourceGroup, name, update),
                server(resourceGroup, name),
                ServerInner::fromJson);
    }

    /** GET of the key that protects the server's databases. */
    public EncryptionProtectorInner protector(String resourceGroup, String server) {
        return arm.call(
                PROTECTOR,
                () -> client.getEncryptionProtectors()
                        .getWithResponse(resourceGroup, server, EncryptionProtectorName.CURRENT, Context.NONE)
                        .getValue());
    }

    /** GET of the databases that are closed because the server's key cannot be used; not of those with keys of their own. */
    public Look<List<String>> inaccessibleDatabases(String resourceGroup, String server) {
        return Look.at(() -> arm.call(
                Shape.OBJECT.must("name", Kind.TEXT).page(),
                () -> client.getDatabases().listInaccessibleByServer(resourceGroup, server).stream()
                        .filter(database -> database.federatedClientId() == null)
                        .map(DatabaseInner::name)
                        .toList()));
    }

    /** POST revalidate of the protector, GET of the operation until it is over: closed databases are opened. */
    public void revalidate(String resourceGroup, String server) {
        arm.act(client.getEncryptionProtectors()
                .revalidateWithResponseAsync(resourceGroup, server, EncryptionProtectorName.CURRENT));
    }

    /** PUT of the protector, GET of the operation until it is over, GET of the protector. */
    public EncryptionProtectorInner setProtector(
            String resourceGroup, String server, EncryptionProtectorInner protector) {
        return arm.run(
                client.getEncryptionProtectors()
                        .createOrUpdateWithResponseAsync(
                                resourceGroup, server, EncryptionProtectorName.CURRENT, protector),
                PROTECTOR,
                EncryptionProtectorInner::fromJson);
    }

    /** GET of a key that the server knows. */
    public Optional<ServerKeyInner> findKey(String resourceGroup, String server, String keyName) {
        return Look.optional(() -> arm.call(
                KEY,
                () -> client.getServerKeys()
                        .getWithResponse(resourceGroup, server, keyName, Context.NONE)
                        .getValue()));
    }

    /** PUT of a key, GET of the operation until it is over, GET of the key. */
    public ServerKeyInner createKey(String resourceGroup, String server, String keyName, ServerKeyInner key) {
        return arm.run(
                client.getServerKeys().createOrUpdateWithResponseAsync(resourceGroup, server, keyName, key),
                KEY,
                ServerKeyInner::fromJson);
    }

    private Shape server(String resourceGroup, String name) {
        return SERVER.must("id", arm.id(resourceGroup, "Microsoft.Sql/servers", name));
    }
}

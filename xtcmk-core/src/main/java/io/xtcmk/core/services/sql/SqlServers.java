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
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Logical SQL servers of the connection's subscription. */
public final class SqlServers {
    /** Without it a server does not tell who its Entra administrator is. */
    private static final String ADMINISTRATORS = "administrators/activedirectory";

    private final SqlManagementClient client;
    private final Arm arm;

    private SqlServers(Arm arm) {
        this.client =
                SqlServerManager.authenticate(arm.pipeline(), arm.profile()).serviceClient();
        this.arm = arm;
    }

    /** Those of a connection. */
    public static SqlServers of(Azure azure) {
        return azure.client(SqlServers.class, SqlServers::new);
    }

    /** GET, with its administrators. */
    public Look<ServerInner> find(String resourceGroup, String name) {
        return Look.at(() -> arm.call(() -> client.getServers()
                .getByResourceGroupWithResponse(resourceGroup, name, ADMINISTRATORS, Context.NONE)
                .getValue()));
    }

    /** PUT, GET of the operation until it is over, GET of the server. */
    public ServerInner createOrUpdate(String resourceGroup, String name, ServerInner server) {
        return arm.run(
                client.getServers().createOrUpdateWithResponseAsync(resourceGroup, name, server),
                ServerInner::fromJson);
    }

    /** PATCH, GET of the operation until it is over, GET of the server. */
    public ServerInner update(String resourceGroup, String name, ServerUpdate update) {
        return arm.run(client.getServers().updateWithResponseAsync(resourceGroup, name, update), ServerInner::fromJson);
    }

    /** GET of the key that protects the server's databases. */
    public EncryptionProtectorInner protector(String resourceGroup, String server) {
        return arm.call(() -> client.getEncryptionProtectors()
                .getWithResponse(resourceGroup, server, EncryptionProtectorName.CURRENT, Context.NONE)
                .getValue());
    }

    /** GET of the databases that are closed because the server's key cannot be used; not of those with keys of their own. */
    public Look<List<String>> inaccessibleDatabases(String resourceGroup, String server) {
        return Look.at(() -> arm.call(() -> Objects.requireNonNull(client.getDatabases()
                        .listInaccessibleByServerAsync(resourceGroup, server)
                        .collectList()
                        .block())
                .stream()
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
                EncryptionProtectorInner::fromJson);
    }

    /** GET of a key that the server knows. */
    public Optional<ServerKeyInner> findKey(String resourceGroup, String server, String keyName) {
        return Look.optional(() -> arm.call(() -> client.getServerKeys()
                .getWithResponse(resourceGroup, server, keyName, Context.NONE)
                .getValue()));
    }

    /** PUT of a key, GET of the operation until it is over, GET of the key. */
    public ServerKeyInner createKey(String resourceGroup, String server, String keyName, ServerKeyInner key) {
        return arm.run(
                client.getServerKeys().createOrUpdateWithResponseAsync(resourceGroup, server, keyName, key),
                ServerKeyInner::fromJson);
    }
}

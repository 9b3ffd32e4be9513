package io.xtcmk.core.steps;

import com.azure.resourcemanager.sql.fluent.models.EncryptionProtectorInner;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.Look;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ResourceId;
import java.util.List;
import java.util.Locale;

/** How resources are encrypted, whatever their service, for who only reads. */
public final class ResourceSettings {
    private static final String STORAGE = "microsoft.storage/storageaccounts";
    private static final String SQL = "microsoft.sql/servers";

    private final Azure azure;

    public ResourceSettings(Azure azure) {
        this.azure = azure;
    }

    /** Whether resources of this type can be read. */
    public static boolean knows(ResourceId id) {
        return isStorage(id) || isSql(id);
    }

    private static boolean isStorage(ResourceId id) {
        return id.type().toLowerCase(Locale.ROOT).equals(STORAGE);
    }

    private static boolean isSql(ResourceId id) {
        return id.type().toLowerCase(Locale.ROOT).equals(SQL);
    }

    /** How a resource is encrypted, if it is there. */
    public Look<ReadSetting> find(ResourceId id) {
        if (isStorage(id)) {
            StorageProfile profile = new StorageProfile(azure, "");
            return profile.find(id).map(profile::read);
        }
        SqlServerProfile profile = new SqlServerProfile(azure, null);
        return profile.find(id).map(profile::read).map(this::withProtector);
    }

    /** The server's protector has the last word on the key in force. */
    private ReadSetting withProtector(ReadSetting server) {
        if (!server.customerManaged()) {
            return server;
        }
        EncryptionProtectorInner protector = azure.sqlServers()
                .protector(server.id().resourceGroup(), server.id().name());
        return protector.uri() == null
                ? server
                : server.withInForce(new ReadSetting.InForce(
                        KeyIdentifier.parse(protector.uri()),
                        Boolean.TRUE.equals(protector.autoRotationEnabled()),
                        null));
    }

    /** The parts of a resource that are closed because their key cannot be used, where the service tells them. */
    public List<String> inaccessible(ResourceId id) {
        return isSql(id) ? new SqlServerProfile(azure, null).closed(id).value().orElse(List.of()) : List.of();
    }
}

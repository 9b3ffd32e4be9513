package io.xtcmk.core.services.sql;

import com.azure.resourcemanager.sql.fluent.models.ServerInner;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.services.Blueprint;
import io.xtcmk.core.services.Blueprint.FollowUp;
import io.xtcmk.core.services.CustomerKeySetting;
import io.xtcmk.core.services.EncryptedService;
import io.xtcmk.core.services.Place;
import io.xtcmk.model.Difference;
import io.xtcmk.model.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a new server gets beside its key, and whether one that is there has it.
 *
 * @param administrator who administers a server to be made; null if it must be there already
 * @param autoRotation whether the server follows the key's rotation; null to leave it as it is
 */
public record SqlBlueprint(
        @Nullable SqlAdministrator administrator, @Nullable Boolean autoRotation) implements Blueprint<ServerInner> {
    private static final String MINIMAL_TLS = "1.2";

    /** Nor is anything stricter a difference. */
    private static final Set<String> STRICT_ENOUGH = Set.of(MINIMAL_TLS, "1.3");

    @Override
    public EncryptedService<ServerInner> service() {
        return new SqlService();
    }

    @Override
    public ServerInner create(Azure azure, Place place, CustomerKeySetting setting) {
        ServerInner server = new ServerInner()
                .withLocation(place.regionToMakeIn().name())
                .withVersion("12.0")
                .withMinimalTlsVersion(MINIMAL_TLS)
                .withIdentity(SqlService.identity(null, setting))
                .withPrimaryUserAssignedIdentityId(setting.identity().toString())
                .withFederatedClientId(setting.federatedClientId().value())
                .withKeyId(setting.key().toString());
        if (administrator == null) {
            throw new IllegalStateException("no administrator for " + place.id());
        }
        administrator.applyTo(server);
        return SqlServers.of(azure)
                .createOrUpdate(place.id().resourceGroup(), place.id().name(), server);
    }

    @Override
    public List<Difference> settings(ServerInner server, Place place) {
        List<Difference> differences = new ArrayList<>(place.differences(server.location()));
        String tls = String.valueOf(server.minimalTlsVersion());
        if (!STRICT_ENOUGH.contains(tls)) {
            differences.add(new Difference("minimalTlsVersion", MINIMAL_TLS, tls));
        }
        if (administrator != null) {
            differences.addAll(administrator.differences(server));
        }
        return differences;
    }

    @Override
    public Optional<FollowUp<?>> followUp(
            Azure azure, Step<ServerInner> step, ResourceId id, CustomerKeySetting setting) {
        return Optional.of(new FollowUp<>(
                new EncryptionProtectorStep(azure, step, id, setting.key(), autoRotation),
                protector -> Optional.ofNullable(protector.key())));
    }
}

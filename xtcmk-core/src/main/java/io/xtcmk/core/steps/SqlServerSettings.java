package io.xtcmk.core.steps;

import com.azure.resourcemanager.sql.fluent.models.ServerInner;
import io.xtcmk.model.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a new server gets beside its key, and whether one that is there has it. */
final class SqlServerSettings {
    static final String MINIMAL_TLS = "1.2";

    /** Nor is anything stricter a difference. */
    private static final Set<String> STRICT_ENOUGH = Set.of(MINIMAL_TLS, "1.3");

    private SqlServerSettings() {}

    static List<Difference> differences(ServerInner server, Place place, @Nullable SqlAdministrator administrator) {
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
}

package io.xtcmk.testing.sql;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The database from which a new one is made: copied, replicated, or restored as of a time. */
final class DatabaseSource {
    private static final Set<String> MODES = Set.of("copy", "secondary", "onlinesecondary", "pointintimerestore");

    private DatabaseSource() {}

    /** The database that a request for a new one names, if it is to be made from one. */
    static Optional<Resource> of(Exchange exchange) {
        Map<String, Object> asked = Json.map(exchange.json(), "properties");
        String mode = Json.text(asked, "createMode").orElse("Default").toLowerCase(java.util.Locale.ROOT);
        // data warehouses are restored from what the other property names
        if (!MODES.contains(mode) || Json.text(asked, "sourceResourceId").isPresent()) {
            return Optional.empty();
        }
        String id = Json.text(asked, "sourceDatabaseId")
                .orElseThrow(
                        () -> SqlErrors.badRequest("MissingSourceDatabaseId", "Missing source database identifier."));
        return Optional.of(exchange.world()
                .resources()
                .find(id)
                .orElseThrow(
                        () -> AzureError.of(404, "SourceDatabaseNotFound", "The source database does not exist.")));
    }
}

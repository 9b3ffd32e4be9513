package io.xtcmk.testing.sql;

import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.arm.ArmOperations;
import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Operations;
import io.xtcmk.testing.http.Operations.Operation;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How Azure SQL does what takes long: 202 at once, and the outcome, good or bad, at the operation's URL. */
final class SqlOperations {
    /** In seconds, the least that Azure SQL says; of databases and deletions it says 15. */
    private static final String RETRY_AFTER = "1";

    private static final String LOCATION = "/providers/Microsoft.Sql/locations/{location}/";

    private final World world;
    private final Operations operations;

    SqlOperations(World world, Operations operations) {
        this.world = world;
        this.operations = operations;
    }

    List<Route> routes() {
        return List.of(
                Route.of(
                        "GET",
                        Arm.GROUP + LOCATION + "{kind}AzureAsyncOperation/{operation}",
                        "-",
                        "how an operation goes",
                        this::status),
                Route.of(
                        "GET",
                        Arm.GROUP + LOCATION + "{kind}OperationResults/{operation}",
                        "-",
                        "what came of an operation",
                        this::result));
    }

    /** Azure SQL tells when to ask again even of what is done, but never of transparent data encryption. */
    private Answer status(Exchange exchange) {
        Answer answer = ArmOperations.status(ArmOperations.find(operations, exchange.parameter("operation")));
        return exchange.parameter("kind").equalsIgnoreCase(SqlDatabases.TDE_KIND)
                ? answer
                : answer.header("Retry-After", RETRY_AFTER);
    }

    private Answer result(Exchange exchange) {
        return ArmOperations.result(exchange, ArmOperations.find(operations, exchange.parameter("operation")));
    }

    /** Begins an operation at the place where the server is. */
    Answer begin(
            Exchange exchange,
            String busyId,
            Resource server,
            String kind,
            String name,
            Supplier<@Nullable Object> work) {
        return begin(exchange, busyId, Arm.location(server.text("location").orElse("")), kind, name, work);
    }

    /**
     * Begins an operation on a server, or refuses while another one is under way there.
     *
     * @param busyId the id of what has one operation at a time: the server or, for its own, a database
     * @param kind the URL's word for it, such as {@code server}
     * @param name the answer's word for it, such as {@code UpsertLogicalServer}
     * @param work what happens at its end
     */
    Answer begin(
            Exchange exchange,
            String busyId,
            String location,
            String kind,
            String name,
            Supplier<@Nullable Object> work) {
        if (isBusy(busyId)) {
            throw exchange.maybeParameter("database")
                    .map(SqlErrors::busyDatabase)
                    .orElseGet(() -> SqlErrors.busy(exchange.parameter("server")));
        }
        Operation operation = operations.begin(name, world.settings().sqlOperation, work);
        world.table(Busy.class).put(busyId, new Busy(operation.id()));
        String path = Arm.groupId(exchange) + "/providers/Microsoft.Sql/locations/" + location + "/" + kind;
        return Answer.json(202, Json.object("operation", name, "startTime", Arm.time(operation.beganAt())))
                .header("Location", ArmOperations.url(exchange, path + "OperationResults/" + operation.id()))
                .header(
                        "Azure-AsyncOperation",
                        ArmOperations.url(exchange, path + "AzureAsyncOperation/" + operation.id()))
                .header("Retry-After", RETRY_AFTER)
                .header("x-ms-request-id", operation.id());
    }

    /** Refuses while an operation on the server itself is under way. */
    void checkIdle(Resource server) {
        if (isBusy(server.id())) {
            throw SqlErrors.busy(server.name());
        }
    }

    /** Whether an operation on the server, or on the database, is under way. */
    boolean isBusy(String id) {
        return world.table(Busy.class)
                .find(id)
                .flatMap(b -> operations.find(b.operationId()))
                .filter(Operation::isRunning)
                .isPresent();
    }

    /** The latest operation on a server or database. */
    record Busy(String operationId) {}
}

package io.xtcmk.core.engine;

import io.xtcmk.TenantConnection;
import io.xtcmk.TimeSource;
import io.xtcmk.model.StepOutcome;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a call is to be run.
 *
 * @param verb the public method that is called, which names the call's span
 * @param telemetry where the call and its steps are observed
 * @param connection with whose executor and clock
 * @param listener is told each step's outcome
 * @param timeout how long the whole call may take, or null
 */
public record Terms(
        String verb,
        Telemetry telemetry,
        TenantConnection connection,
        Consumer<StepOutcome> listener,
        @Nullable Duration timeout) {

    Executor executor() {
        return Executors.of(connection);
    }

    TimeSource time() {
        return connection.timeSource();
    }
}

package io.xtcmk.core.engine;

import com.azure.core.util.ClientOptions;
import com.azure.core.util.Context;
import com.azure.core.util.TelemetryAttributes;
import com.azure.core.util.logging.ClientLogger;
import com.azure.core.util.metrics.DoubleHistogram;
import com.azure.core.util.metrics.Meter;
import com.azure.core.util.metrics.MeterProvider;
import com.azure.core.util.tracing.SpanKind;
import com.azure.core.util.tracing.StartSpanOptions;
import com.azure.core.util.tracing.Tracer;
import com.azure.core.util.tracing.TracerProvider;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be observed of calls and steps, as Azure's own clients have it: a span for each call and each step, a log line
 * and a measurement for each step. They name steps, tenants, resources and error codes, and nothing else: no token, no body.
 *
 * <p>azure-core finds OpenTelemetry if azure-core-tracing-opentelemetry or azure-core-metrics-opentelemetry is there, and the
 * connection's client options configure both. The spans of HTTP requests are azure-core's own, below the step's span.
 */
public final class Telemetry {
    private static final String LIBRARY = "xtcmk";
    private static final String DURATION = "xtcmk.step.duration";
    private static final ClientLogger LOGGER = new ClientLogger(Telemetry.class);

    private final Tracer tracer;
    private final Meter meter;
    private final DoubleHistogram durations;

    /**
     * Tracer and meter of a connection, which all of its calls share.
     *
     * @param options the connection's
     */
    public Telemetry(ClientOptions options) {
        tracer = TracerProvider.getDefaultProvider().createTracer(LIBRARY, null, null, options.getTracingOptions());
        meter = MeterProvider.getDefaultProvider().createMeter(LIBRARY, null, options.getMetricsOptions());
        durations = meter.createDoubleHistogram(DURATION, "How long a step took", "s");
    }

    /**
     * Begins the span of a call, on the caller's thread, so that it belongs to the caller's span.
     *
     * @param verb the public method that is called, such as {@code createFederatedApp}
     * @param parent the caller's context; empty for what the thread has
     */
    Context begin(String verb, Context parent) {
        return tracer.isEnabled()
                ? tracer.start("CrossTenantCmk." + verb, new StartSpanOptions(SpanKind.INTERNAL), parent)
                : parent;
    }

    /** Ends the span of a call. */
    void end(Context call, @Nullable Throwable failure) {
        if (tracer.isEnabled()) {
            tracer.end(failure == null ? null : failure.getClass().getSimpleName(), null, call);
        }
    }

    /** Does work that has no steps as a call of its own, whose span is the thread's while it lasts. */
    public <T> T observe(String verb, Context parent, Supplier<T> work) {
        Context span = begin(verb, parent);
        AutoCloseable scope = tracer.isEnabled() ? tracer.makeSpanCurrent(span) : () -> {};
        Throwable failure = null;
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            close(scope);
            end(span, failure);
        }
    }

    private static void close(AutoCloseable scope) {
        try {
            scope.close();
        } catch (Exception e) {
            // A tracer's scope throws nothing; its type says so only as a formality.
            LOGGER.atVerbose().log("a span's scope could not be closed", e);
        }
    }

    /** Begins a step's span on the thread that runs the step: azure-core's spans of requests look for it there. */
    Observed begin(Step<?> step, Context call) {
        if (!tracer.isEnabled()) {
            return new Observed(step, call, () -> {});
        }
        StartSpanOptions options = new StartSpanOptions(SpanKind.INTERNAL)
                .setAttribute("xtcmk.step", step.name())
                .setAttribute("xtcmk.tenant", step.tenantId().toString())
                .setAttribute("xtcmk.resource", step.resource());
        Context span = tracer.start(LIBRARY + "." + step.name(), options, parent(call));
        return new Observed(step, span, tracer.makeSpanCurrent(span));
    }

    /**
     * The call's span as the parent, and nothing else of its context: azure-core's tracer marks a context in which it began
     * an internal span, and suppresses further ones there, since a client's method that calls another one is one span.
     */
    private static Context parent(Context call) {
        return call.getData(Tracer.PARENT_TRACE_CONTEXT_KEY)
                .map(span -> new Context(Tracer.PARENT_TRACE_CONTEXT_KEY, span))
                .orElse(Context.NONE);
    }

    /** A step under way. */
    final class Observed {
        private final Step<?> step;
        private final Context span;
        private final AutoCloseable scope;

        private Observed(Step<?> step, Context span, AutoCloseable scope) {
            this.step = step;
            this.span = span;
            this.scope = scope;
        }

        /**
         * The step is over.
         *
         * @param outcome what was done, or the error's code
         * @param isFailure whether it failed
         * @param took how long it took, on the connection's clock
         */
        void end(String outcome, boolean isFailure, Duration took) {
            close(scope);
            if (tracer.isEnabled()) {
                tracer.setAttribute("xtcmk.outcome", outcome, span);
                tracer.end(isFailure ? outcome : null, null, span);
            }
            measure(outcome, took);
            LOGGER.atInfo()
                    .addKeyValue("step", step.name())
                    .addKeyValue("tenant", step.tenantId().toString())
                    .addKeyValue("resource", step.resource())
                    .addKeyValue("outcome", outcome)
                    .addKeyValue("took", took.toString())
                    .log(isFailure ? "step failed" : "step done");
        }

        private void measure(String outcome, Duration took) {
            if (durations.isEnabled()) {
                Map<String, Object> names = new LinkedHashMap<>();
                names.put("step", step.name());
                names.put("outcome", outcome);
                TelemetryAttributes attributes = meter.createAttributes(names);
                durations.record(took.toMillis() / 1000.0, attributes, span);
            }
        }
    }
}

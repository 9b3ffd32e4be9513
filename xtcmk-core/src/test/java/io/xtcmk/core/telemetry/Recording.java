package io.xtcmk.core.telemetry;

import com.azure.core.util.ClientOptions;
import com.azure.core.util.Context;
import com.azure.core.util.MetricsOptions;
import com.azure.core.util.TelemetryAttributes;
import com.azure.core.util.TracingOptions;
import com.azure.core.util.metrics.DoubleHistogram;
import com.azure.core.util.metrics.LongCounter;
import com.azure.core.util.metrics.LongGauge;
import com.azure.core.util.metrics.Meter;
import com.azure.core.util.metrics.MeterProvider;
import com.azure.core.util.tracing.SpanKind;
import com.azure.core.util.tracing.StartSpanOptions;
import com.azure.core.util.tracing.Tracer;
import com.azure.core.util.tracing.TracerProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What azure-core's tracing and metrics are given, where a connection's client options ask for it. */
public final class Recording {
    public final List<Span> spans = new CopyOnWriteArrayList<>();
    public final List<String> measurements = new CopyOnWriteArrayList<>();
    public final List<Double> values = new CopyOnWriteArrayList<>();
    private static final ThreadLocal<Span> CURRENT = new ThreadLocal<>();

    /** A span, with its parent's name. */
    public static final class Span {
        public final String name;
        public final String parent;
        public final Map<String, Object> attributes = new java.util.concurrent.ConcurrentHashMap<>();
        public volatile String end = "not ended";

        Span(String name, String parent) {
            this.name = name;
            this.parent = parent;
        }

        @Override
        public String toString() {
            return parent + " > " + name + " " + attributes + " " + end;
        }
    }

    /** Whether a span is this thread's. */
    public static boolean isInSpan() {
        return CURRENT.get() != null;
    }

    public ClientOptions options() {
        return new ClientOptions()
                .setTracingOptions(new RecordedTracing(this))
                .setMetricsOptions(new RecordedMetrics(this));
    }

    static final class RecordedTracing extends TracingOptions {
        final Recording recording;

        RecordedTracing(Recording recording) {
            super(Tracers.class);
            this.recording = recording;
        }
    }

    static final class RecordedMetrics extends MetricsOptions {
        final Recording recording;

        RecordedMetrics(Recording recording) {
            super(Meters.class);
            this.recording = recording;
        }
    }

    /** Found by azure-core. */
    public static final class Tracers implements TracerProvider {
        @Override
        public Tracer createTracer(String name, String version, String namespace, TracingOptions options) {
            return new RecordingTracer(options instanceof RecordedTracing recorded ? recorded.recording : null);
        }
    }

    private record RecordingTracer(Recording recording) implements Tracer {
        /** As azure-core-tracing-opentelemetry has it: of internal spans in one context, only the first is one. */
        private static final String IN_A_CLIENTS_METHOD = "client-method-call-flag";

        private static final String SUPPRESSED = "suppressed-span-flag";

        @Override
        public boolean isEnabled() {
            return recording != null;
        }

        @Override
        public Context start(String name, Context context) {
            return start(name, new StartSpanOptions(SpanKind.INTERNAL), context);
        }

        @Override
        public Context start(String name, StartSpanOptions options, Context context) {
            if (options.getSpanKind() == SpanKind.INTERNAL && is(IN_A_CLIENTS_METHOD, context)) {
                return context.addData(SUPPRESSED, true);
            }
            String parent = context.getData(PARENT_TRACE_CONTEXT_KEY)
                    .or(() -> Optional.ofNullable(CURRENT.get()))
                    .map(p -> p instanceof Span span ? span.name : String.valueOf(p))
                    .orElse("none");
            Span span = new Span(name, parent);
            if (options.getAttributes() != null) {
                span.attributes.putAll(options.getAttributes());
            }
            recording.spans.add(span);
            return context.addData(PARENT_TRACE_CONTEXT_KEY, span)
                    .addData(IN_A_CLIENTS_METHOD, true)
                    .addData(SUPPRESSED, false);
        }

        private static boolean is(String flag, Context context) {
            return context.getData(flag).filter(Boolean.TRUE::equals).isPresent();
        }

        @Override
        public void end(String error, Throwable throwable, Context context) {
            // azure-core's clients end what they never began, where nothing is traced.
            if (recording != null && !is(SUPPRESSED, context)) {
                span(context).end = error == null ? "ok" : error;
            }
        }

        @Override
        public void setAttribute(String key, String value, Context context) {
            if (!is(SUPPRESSED, context)) {
                span(context).attributes.put(key, value);
            }
        }

        @Override
        public AutoCloseable makeSpanCurrent(Context context) {
            if (recording == null || is(SUPPRESSED, context)) {
                return () -> {};
            }
            Span before = CURRENT.get();
            CURRENT.set(span(context));
            return () -> CURRENT.set(before);
        }

        private static Span span(Context context) {
            return (Span) context.getData(PARENT_TRACE_CONTEXT_KEY).orElseThrow();
        }
    }

    /** Found by azure-core. */
    public static final class Meters implements MeterProvider {
        @Override
        public Meter createMeter(String name, String version, MetricsOptions options) {
            return new RecordingMeter(options instanceof RecordedMetrics recorded ? recorded.recording : null);
        }
    }

    private record Attributes(Map<String, Object> values) implements TelemetryAttributes {}

    private record RecordingMeter(Recording recording) implements Meter {
        @Override
        public DoubleHistogram createDoubleHistogram(String name, String description, String unit) {
            boolean enabled = recording != null;
            return new DoubleHistogram() {
                @Override
                public void record(double value, TelemetryAttributes attributes, Context context) {
                    recording.values.add(value);
                    recording.measurements.add(name + " " + ((Attributes) attributes).values() + " " + unit);
                }

                @Override
                public boolean isEnabled() {
                    return enabled;
                }
            };
        }

        @Override
        public LongCounter createLongCounter(String name, String description, String unit) {
            throw new UnsupportedOperationException("not counted");
        }

        @Override
        public LongCounter createLongUpDownCounter(String name, String description, String unit) {
            throw new UnsupportedOperationException("not counted");
        }

        @Override
        public LongGauge createLongGauge(String name, String description, String unit) {
            throw new UnsupportedOperationException("not gauged");
        }

        @Override
        public TelemetryAttributes createAttributes(Map<String, Object> attributes) {
            return new Attributes(attributes);
        }

        @Override
        public boolean isEnabled() {
            return recording != null;
        }

        @Override
        public void close() {}
    }
}

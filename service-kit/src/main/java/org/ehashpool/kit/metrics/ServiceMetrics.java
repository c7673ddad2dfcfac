package org.ehashpool.kit.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Supplier;

/** The metrics of one service. Names are given without the prefix, in Micrometer's dotted form. */
public final class ServiceMetrics implements AutoCloseable {
    /** Prometheus' own text format, for a scraper that does not say what it reads. */
    public static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    /** OpenMetrics, for a scraper that asks for it. */
    public static final String OPEN_METRICS_FORMAT = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final String prefix;

    private ServiceMetrics(String service) {
        this.prefix = "ehash." + service.replace('-', '.') + ".";
    }

    /**
     * Metrics with what the JVM, the process and the build say of themselves.
     *
     * @param service in kebab-case
     */
    public static ServiceMetrics create(String service, String version) {
        ServiceMetrics metrics = new ServiceMetrics(service);
        SeriesLimit limit = new SeriesLimit();
        metrics.registry.config().meterFilter(limit);
        metrics.gauge(
                "metrics.series.refused", "Meters refused because their name has too many series", limit::refused);
        for (MeterBinder binder : List.of(
                new ClassLoaderMetrics(),
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics(),
                new FileDescriptorMetrics())) {
            binder.bindTo(metrics.registry);
        }
        metrics.collections.bindTo(metrics.registry);
        metrics.gauge(
                "build.info",
                "Always 1; its labels say what runs",
                () -> 1,
                "version",
                version,
                "java",
                Runtime.version().toString());
        return metrics;
    }

    /**
     * A count of events.
     *
     * @param labels name, value, name, value …; values from a small known set
     */
    public Counter counter(String name, String description, String... labels) {
        return Counter.builder(prefix + name)
                .description(description)
                .tags(labels)
                .register(registry);
    }

    /**
     * A distribution of durations: count, sum and the recent maximum.
     *
     * @param labels name, value, name, value …; values from a small known set
     */
    public Timer timer(String name, String description, String... labels) {
        return Timer.builder(prefix + name)
                .description(description)
                .tags(labels)
                .register(registry);
    }

    /**
     * A figure that is read when it is scraped, on another thread than the one that changes it.
     *
     * @param labels name, value, name, value …; values from a small known set
     */
    public Meter gauge(String name, String description, Supplier<Number> value, String... labels) {
        return Gauge.builder(prefix + name, value)
                .description(description)
                .tags(Tags.of(labels))
                .strongReference(true)
                .register(registry);
    }

    /** For libraries that register their own meters, and for kinds of meters that have no method here. */
    public MeterRegistry registry() {
        return registry;
    }

    /**
     * All metrics as text. Takes milliseconds: not for an event loop.
     *
     * @param format {@link #TEXT_FORMAT} or {@link #OPEN_METRICS_FORMAT}
     */
    public String scrape(String format) {
        return registry.scrape(format);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}

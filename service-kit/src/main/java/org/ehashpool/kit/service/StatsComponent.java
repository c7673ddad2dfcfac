package org.ehashpool.kit.service;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.http.StateReport;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.stats.StatsConfig;
import org.ehashpool.kit.stats.StatsPublisher;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.stats.message.StatsMessage;

/** Tells a statistics service, from before a service's components start until after they have stopped. */
final class StatsComponent implements Component {
    private final StatsConfig config;
    private final ServiceIdentity identity;
    private final String host;
    private final StatsPublisher publisher;
    private volatile int httpPort;

    private StatsComponent(
            StatsConfig config,
            HostPort http,
            ServiceIdentity identity,
            StateReport report,
            Vertx vertx,
            ServiceMetrics metrics,
            ServiceProcess process) {
        this.config = config;
        this.identity = identity;
        this.host = http.host();
        this.publisher = new StatsPublisher(
                config,
                new StatsPublisher.Given(
                        identity.bootId(),
                        config.spool().orElseGet(() -> spool(identity)),
                        this::hello,
                        report::identity,
                        report::report,
                        vertx,
                        process.clock(),
                        process.nanoTime(),
                        process.random(),
                        metrics));
    }

    /** Empty if nobody is to be told. */
    static Optional<StatsComponent> of(
            StatsConfig config,
            HttpConfig http,
            ServiceIdentity identity,
            StateReport report,
            Vertx vertx,
            ServiceMetrics metrics,
            ServiceProcess process) {
        return config.url()
                .map(url -> new StatsComponent(config, http.listen(), identity, report, vertx, metrics, process));
    }

    StatsSink sink() {
        return publisher;
    }

    /** With the port that the HTTP server got. */
    StatsComponent at(int port) {
        httpPort = port;
        return this;
    }

    @Override
    public String name() {
        return "stats";
    }

    @Override
    public Future<Void> start() {
        return publisher.start();
    }

    @Override
    public Future<Void> stop() {
        return publisher.stop();
    }

    private StatsMessage.Hello hello(String bootId) {
        String base = config.endpoint()
                .map(URI::toString)
                .map(uri -> uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri)
                .orElseGet(() -> "http://" + new HostPort(host, httpPort));
        return new StatsMessage.Hello(
                StatsMessage.VERSION,
                StatsMessage.VERSION,
                identity.service(),
                identity.instance(),
                bootId,
                config.token().map(Secret::reveal).orElseThrow(),
                new StatsMessage.Endpoints(base + "/health/live", base + "/api/v1/state"));
    }

    private static Path spool(ServiceIdentity identity) {
        return DataDirectory.base()
                .resolve("stats-spool")
                .resolve(identity.service())
                .resolve(identity.instance());
    }
}

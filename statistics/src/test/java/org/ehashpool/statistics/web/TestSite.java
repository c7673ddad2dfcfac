package org.ehashpool.statistics.web;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.http.HealthChecks;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.http.HttpEndpoint;
import org.ehashpool.kit.http.StateReport;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.statistics.figures.FilledDatabase;

/** A site on a database of its own, at a time that the test sets. */
final class TestSite implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-11-23T12:34:56.789Z");

    final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    final FilledDatabase database;
    private final Vertx vertx = Vertx.vertx();
    private final HttpEndpoint endpoint;
    private final StatisticsWeb web;
    private final HttpClient client = HttpClient.newHttpClient();

    /** While it is set, nothing can be read. */
    volatile boolean broken;

    TestSite(String schema) throws Exception {
        this(schema, 100);
    }

    TestSite(String schema, int mostViewers) throws Exception {
        this(schema, mostViewers, PoolPages.site(Optional.empty()));
    }

    TestSite(String schema, int mostViewers, Site site) throws Exception {
        database = FilledDatabase.empty(schema);
        ServiceMetrics metrics = ServiceMetrics.create("pool-stats", "0.1.0");
        endpoint = new HttpEndpoint(
                vertx,
                new HttpConfig(
                        new HostPort("127.0.0.1", 0),
                        new ByteSize(65_536),
                        1024,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Optional.empty()),
                () -> true,
                new HealthChecks(vertx),
                new StateReport(JsonObject::new),
                metrics);
        web = new StatisticsWeb(
                site,
                endpoint.router(),
                vertx,
                FigureReader.of(
                        () -> {
                            if (broken) {
                                throw new IllegalStateException("the test broke it");
                            }
                            return database.database();
                        },
                        now::get),
                now::get,
                System::nanoTime,
                metrics,
                mostViewers);
        endpoint.listen().await(10, TimeUnit.SECONDS);
        web.start().await(10, TimeUnit.SECONDS);
    }

    String address(String path) {
        return "http://127.0.0.1:" + endpoint.port() + path;
    }

    HttpResponse<String> get(String path, String accept) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(address(path)))
                        .header("Accept", accept)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a body, by way of a proxy that names the client. */
    HttpResponse<String> post(String path, String client, String type, String body) throws Exception {
        return this.client.send(
                HttpRequest.newBuilder(URI.create(address(path)))
                        .header("Content-Type", type)
                        .header("X-Forwarded-For", client)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Lines of events, as they come. */
    HttpResponse<InputStream> stream(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(address(path)))
                        .header("Accept-Encoding", "gzip")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    @Override
    public void close() {
        web.stop().await();
        endpoint.close(Duration.ofSeconds(1)).await();
        client.close();
        vertx.close().await();
        database.close();
    }
}

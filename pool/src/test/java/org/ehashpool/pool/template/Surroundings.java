package org.ehashpool.pool.template;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.sv2.ConnectionIds;
import org.ehashpool.kit.sv2.Sv2Environment;
import org.ehashpool.kit.sv2.link.HandshakeWorkers;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.mining.job.TemplateJobs;
import org.ehashpool.noise.curve.CurveSelection;

/** A process around the template side. */
public final class Surroundings implements AutoCloseable {
    public final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    public final ServiceMetrics metrics = ServiceMetrics.create("pool", "test");
    public final Sv2Environment environment;
    private final HandshakeWorkers workers = new HandshakeWorkers(2, 64);

    public Surroundings() {
        SecureRandom random = new SecureRandom();
        environment = new Sv2Environment(
                vertx,
                CurveSelection.select(random).curve(),
                random,
                Clock.systemUTC(),
                workers,
                metrics.registry(),
                "pool",
                new ConnectionIds());
    }

    /** Providers in this order, with short delays. */
    public TemplateProviders providers(TemplateJobs.Settings jobs, ScriptedProvider... order) {
        TemplateProvidersConfig config = new TemplateProvidersConfig(
                List.of(order).stream().map(ScriptedProvider::url).toList(),
                false,
                Duration.ofMillis(500),
                Duration.ofMinutes(30),
                Duration.ofSeconds(1),
                true,
                new ByteSize(16 << 20));
        return new TemplateProviders(
                config,
                jobs,
                new JobNumbers(),
                () -> environment,
                Clock.systemUTC(),
                System::nanoTime,
                metrics,
                "test");
    }

    @Override
    public void close() {
        ScriptedProvider.await(vertx.close());
        workers.close();
        metrics.close();
    }
}

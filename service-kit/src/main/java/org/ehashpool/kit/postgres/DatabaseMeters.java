package org.ehashpool.kit.postgres;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.function.IntSupplier;

/** What is measured of a {@link Database}, beside the pool's own figures ({@code hikaricp_…}). */
final class DatabaseMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final Gauge admittedGauge;

    final Timer committed;
    final Timer failed;
    final Counter retried;
    final Counter refused;

    DatabaseMeters(MeterRegistry registry, String schema, IntSupplier admitted) {
        this.registry = registry;
        Tags tags = Tags.of("schema", schema);
        committed = Timer.builder("ehash.database.transaction")
                .description("Transactions, from admission to the answer, waiting and retries included")
                .tags(tags.and("outcome", "committed"))
                .register(registry);
        failed = Timer.builder("ehash.database.transaction")
                .description("Transactions, from admission to the answer, waiting and retries included")
                .tags(tags.and("outcome", "failed"))
                .register(registry);
        retried = Counter.builder("ehash.database.retries")
                .description("Transactions run again after a deadlock or a serialization failure")
                .tags(tags)
                .register(registry);
        refused = Counter.builder("ehash.database.refused")
                .description("Transactions refused because too many were waiting")
                .tags(tags)
                .register(registry);
        admittedGauge = Gauge.builder("ehash.database.admitted", admitted, IntSupplier::getAsInt)
                .description("Transactions that run or wait")
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /** The counts stay; a gauge would go on reading a database that is closed. */
    @Override
    public void close() {
        registry.remove(admittedGauge);
    }
}

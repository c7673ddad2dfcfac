package org.ehashpool.statistics;

import java.nio.file.Path;
import java.util.List;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.DatabaseComponent;
import org.ehashpool.kit.postgres.DatabaseConfig;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.statistics.fold.ClockRule;
import org.ehashpool.statistics.ingest.Ingest;
import org.ehashpool.statistics.listen.ListenConfig;
import org.ehashpool.statistics.listen.SenderConfig;
import org.ehashpool.statistics.listen.StatsListener;
import org.ehashpool.statistics.retention.Retention;
import org.ehashpool.statistics.retention.RetentionConfig;
import org.ehashpool.statistics.sampling.Sampling;
import org.ehashpool.statistics.sampling.SamplingConfig;
import org.ehashpool.statistics.store.StatisticsSchema;
import org.ehashpool.statistics.watch.HealthWatch;
import org.ehashpool.statistics.watch.WatchConfig;
import org.ehashpool.statistics.watch.WatchedConfig;

/** What a statistics service consists of, but for its pages. */
public final class Statistics {
    private final DatabaseComponent database;
    private final StatsListener listener;
    private final List<Component> components;

    /**
     * The parts of a service's configuration.
     *
     * @param services that are asked besides those that tell
     */
    public record Settings(
            DatabaseConfig database,
            ListenConfig listen,
            List<SenderConfig> senders,
            WatchConfig watch,
            List<WatchedConfig> services,
            SamplingConfig sampling,
            RetentionConfig retention) {

        public Settings {
            senders = List.copyOf(senders);
            services = List.copyOf(services);
        }
    }

    /**
     * The parts, not yet started.
     *
     * @param schema its name
     * @param wholeService the service whose shares are the whole
     */
    public Statistics(Settings settings, String schema, String wholeService, ServiceContext context) {
        PostgresConfig postgres = settings.database()
                .resolve(context.identity().service(), System.getenv(), Path.of(System.getProperty("user.home")));
        database = new DatabaseComponent(
                () -> Database.open(
                        postgres,
                        StatisticsSchema.named(schema),
                        context.metrics().registry(),
                        context.random()),
                context.health());
        Ingest ingest = new Ingest(
                context, database::database, new ClockRule(settings.retention().late()));
        listener = new StatsListener(
                context, settings.listen(), settings.senders(), settings.watch().hosts(), wholeService, ingest);
        components = List.of(
                database,
                ingest,
                new Sampling(context, settings.sampling(), ingest),
                new Retention(context, settings.retention(), database::database, ingest),
                new HealthWatch(context, settings.watch(), settings.services(), database::database),
                listener);
    }

    /** In the order in which they start. */
    public List<Component> components() {
        return components;
    }

    /**
     * The database, for those who show figures.
     *
     * @throws IllegalStateException before it was opened
     */
    public Database database() {
        return database.database();
    }

    /** The port of the listener, once it is started. */
    public int port() {
        return listener.port();
    }
}
